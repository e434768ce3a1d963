namespace ParticleImages;

/// <summary>Rows of another source as runs of neighbours, so that each run is one read.</summary>
internal sealed class SelectedSource : EventSource
{
    private readonly EventSource source;
    private readonly (int Start, int Count)[] runs;

    // Where each run begins in this view; one more than there are runs.
    private readonly int[] firsts;

    private SelectedSource(EventSource source, (int Start, int Count)[] runs)
    {
        this.source = source;
        this.runs = runs;
        firsts = new int[runs.Length + 1];
        for (int i = 0; i < runs.Length; i++)
        {
            firsts[i + 1] = checked(firsts[i] + runs[i].Count);
        }
    }

    public override string Name => source.Name;

    public override int Count => firsts[^1];

    public override ImageShape ImageShape => source.ImageShape;

    public static SelectedSource OfRanges(EventSource source, (int Start, int Count)[] runs) => new(source, runs);

    public static SelectedSource OfRows(EventSource source, ReadOnlySpan<int> rows)
    {
        var runs = new List<(int Start, int Count)>();
        foreach (int row in rows)
        {
            if (row < 0 || row >= source.Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rows), row, $"{source.Name} has {source.Count} events, numbered from 0.");
            }

            if (runs.Count > 0 && runs[^1].Start + runs[^1].Count == row)
            {
                runs[^1] = (runs[^1].Start, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((row, 1));
            }
        }

        return new SelectedSource(source, [.. runs]);
    }

    internal override (EventSource Source, int Row, int Count) OriginOf(int row)
    {
        (int rowWithin, int left) = NextRun(row, Count);
        (EventSource origin, int rowThere, int following) = source.OriginOf(rowWithin);
        return (origin, rowThere, Math.Min(left, following));
    }

    protected override void ReadImages(int start, Span<float> images)
    {
        int values = ImageShape.Values;
        for (int done = 0; done < images.Length / values;)
        {
            (int row, int count) = NextRun(start + done, (images.Length / values) - done);
            source.ReadImagesFor(row, images.Slice(done * values, count * values));
            done += count;
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> labels)
    {
        for (int done = 0; done < labels.Length;)
        {
            (int row, int count) = NextRun(start + done, labels.Length - done);
            source.ReadLabels(row, labels.Slice(done, count));
            done += count;
        }
    }

    // The source's group, as far as this view follows it forward.
    protected override EventGroup GroupFromCore(int row)
    {
        int run = RunOf(row);
        int rowWithin = runs[run].Start + row - firsts[run];
        EventGroup group = source.GroupFrom(rowWithin);
        int end = rowWithin + group.Count;
        int count = Math.Min(group.Count, firsts[run + 1] - row);
        for (int next = run + 1; next < runs.Length; next++)
        {
            (int start, int length) = runs[next];
            if (start < runs[next - 1].Start + runs[next - 1].Count || start >= end)
            {
                break;
            }

            count += Math.Min(length, end - start);
        }

        return new EventGroup(count, group.IsForwardOnly);
    }

    private (int Row, int Count) NextRun(int index, int wanted)
    {
        int run = RunOf(index);
        int within = index - firsts[run];
        return (runs[run].Start + within, Math.Min(wanted, runs[run].Count - within));
    }

    private int RunOf(int index)
    {
        int found = Array.BinarySearch(firsts, index);
        int run = found >= 0 ? found : ~found - 1;
        while (runs[run].Count == 0)
        {
            run++;
        }

        return run;
    }
}
