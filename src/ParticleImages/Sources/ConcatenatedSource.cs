namespace ParticleImages;

internal sealed class ConcatenatedSource : EventSource
{
    // How many sources a name lists.
    private const int Named = 3;

    private readonly EventSource[] sources;
    private readonly bool leaveOpen;

    // Where each source begins in this view; one more than there are sources.
    private readonly int[] firsts;

    public ConcatenatedSource(EventSource[] sources, bool leaveOpen, string parameter)
    {
        this.sources = sources;
        this.leaveOpen = leaveOpen;
        firsts = new int[sources.Length + 1];
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i].ImageShape != ImageShape)
            {
                throw new ArgumentException(
                    $"{sources[0].Name} has images of {ImageShape} pixels, {sources[i].Name} of {sources[i].ImageShape}. "
                    + "Only sources of one size can follow each other.",
                    parameter);
            }

            if ((long)firsts[i] + sources[i].Count > int.MaxValue)
            {
                throw new ArgumentException(
                    $"{sources[i].Name} has {sources[i].Count} events, those before it {firsts[i]}: together more than {int.MaxValue}.",
                    parameter);
            }

            firsts[i + 1] = firsts[i] + sources[i].Count;
        }

        Name = string.Join(" + ", sources.Take(Named).Select(source => source.Name))
            + (sources.Length > Named ? $" and {sources.Length - Named} more" : string.Empty);
    }

    public override string Name { get; }

    public override int Count => firsts[^1];

    public override ImageShape ImageShape => sources[0].ImageShape;

    internal override (EventSource Source, int Row, int Count) OriginOf(int row)
    {
        (int index, int rowWithin, _) = Find(row, 1);
        return sources[index].OriginOf(rowWithin);
    }

    protected override void ReadImages(int start, Span<float> images)
    {
        int values = ImageShape.Values;
        for (int done = 0; done < images.Length / values;)
        {
            (int index, int row, int count) = Find(start + done, (images.Length / values) - done);
            sources[index].ReadImagesFor(row, images.Slice(done * values, count * values));
            done += count;
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> labels)
    {
        for (int done = 0; done < labels.Length;)
        {
            (int index, int row, int count) = Find(start + done, labels.Length - done);
            sources[index].ReadLabels(row, labels.Slice(done, count));
            done += count;
        }
    }

    protected override EventGroup GroupFromCore(int row)
    {
        (int index, int rowWithin, _) = Find(row, 1);
        return sources[index].GroupFrom(rowWithin);
    }

    protected override void Dispose(bool disposing)
    {
        if (!leaveOpen)
        {
            foreach (EventSource source in sources)
            {
                source.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    // The source that an event is in, its row there, and how many of the wanted are.
    private (int Index, int Row, int Count) Find(int row, int wanted)
    {
        int found = Array.BinarySearch(firsts, row);
        int index = found >= 0 ? found : ~found - 1;

        // Empty sources begin where the next does; the search may have found any of them.
        while (firsts[index + 1] == firsts[index])
        {
            index++;
        }

        return (index, row - firsts[index], Math.Min(wanted, firsts[index + 1] - row));
    }
}
