namespace ParticleImages.Formats.Parquet;

/// <summary>Events whose images are lists of lists of numbers, a row an event.</summary>
internal sealed class NestedEventSource : EventSource
{
    private readonly ParquetFile file;
    private readonly ParquetColumn images;
    private readonly ParquetColumn? labels;
    private readonly int constantLabel;
    private readonly ImageAxes axes;
    private readonly GroupRows rows;
    private readonly ReadingTurn turn = new();

    // The repetition levels of any one event: all images are of one shape.
    private readonly int[] pattern;

    // One row group of images at a time, for the next range.
    private float[] values = [];
    private int loaded = -1;

    private readonly double[] storedLabels;
    private readonly bool[] hasLabels;
    private double[] labelBuffer = [];

    /// <summary>Reads the first row group, since only its values tell the images' size.</summary>
    public NestedEventSource(ParquetFile file, ParquetColumn images, EventLayout layout, EventDatasets datasets)
    {
        this.file = file;
        this.images = images;
        constantLabel = layout.ConstantLabel ?? 0;
        if (images.Depth is not (1 or 2 or 3) || (images.Depth == 1 && layout.LayerCount is null) || !images.IsNumber)
        {
            throw images.Refuse(
                $"The images '{images.Name}' of {file.Path} are of type {images.TypeName}; lists of lists (rows, columns), or three of them "
                + "with channels, of numbers are read. Name another column with EventLayout.Default.Images(name).");
        }

        labels = LabelColumn.Find(file, layout, datasets, images.Name);
        rows = new GroupRows(file.Rows);
        if (rows.Count == 0)
        {
            throw images.Refuse($"{file.Path} has no events, and so no image tells how large images are. Leave the file out.");
        }

        int first = rows.GroupOf(0);
        int count = images.Read(first, ref values);
        long[] lengths = [rows.Count, .. LengthsOf(images.Repetition(count), out pattern)];
        axes = ImageAxes.Of(lengths, layout, file.Path, images.Name, datasets.IsUsual(images.Name));
        Layout = axes.Found(images.Name, labels?.Name, lengths);
        CheckPattern(first, count);
        loaded = first;
        storedLabels = labels is null ? [] : new double[axes.Count];
        hasLabels = new bool[file.Rows.Count];
    }

    public override string Name => file.Path;

    public override int Count => axes.Count;

    public override ImageShape ImageShape => axes.Shape;

    public override EventLayout Layout { get; }

    protected override void ReadImages(int start, Span<float> destination)
    {
        using ReadingTurn.Taken taken = turn.Take(file.Path);
        int size = axes.StoredValues;
        while (!destination.IsEmpty)
        {
            int group = rows.GroupOf(start);
            Load(group);
            int within = (int)(start - rows.StartOf(group));
            int events = (int)Math.Min(destination.Length / ImageShape.Values, rows.StartOf(group + 1) - start);
            axes.Arrange(values.AsSpan(within * size, events * size), destination[..(events * ImageShape.Values)]);
            destination = destination[(events * ImageShape.Values)..];
            start += events;
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> destination)
    {
        if (labels is null)
        {
            destination.Fill(constantLabel);
            return;
        }

        using ReadingTurn.Taken taken = turn.Take(file.Path);
        for (int i = 0; i < destination.Length; i++)
        {
            int row = start + i;
            int group = rows.GroupOf(row);
            if (!hasLabels[group])
            {
                int count = labels.Read(group, ref labelBuffer);
                labelBuffer.AsSpan(0, count).CopyTo(storedLabels.AsSpan((int)rows.StartOf(group)));
                hasLabels[group] = true;
            }

            destination[i] = LabelColumn.Of(storedLabels[row], labels, file.Path, row, row);
        }
    }

    // A row group is decoded whole.
    protected override EventGroup GroupFromCore(int row) => new((int)(rows.StartOf(rows.GroupOf(row) + 1) - row));

    protected override void Dispose(bool disposing)
    {
        using ReadingTurn.Taken taken = turn.Await();
        file.Dispose();
        base.Dispose(disposing);
    }

    private void Load(int group)
    {
        if (group == loaded)
        {
            return;
        }

        loaded = -1;
        CheckPattern(group, images.Read(group, ref values));
        loaded = group;
    }

    // The first event's lengths, from outside in.
    private long[] LengthsOf(ReadOnlySpan<int> repetition, out int[] levels)
    {
        int end = repetition[1..].IndexOf(0);
        ReadOnlySpan<int> first = end < 0 ? repetition : repetition[..(end + 1)];
        levels = first.ToArray();
        var lengths = new long[images.Depth];
        long above = 1;
        for (int depth = 1; depth <= lengths.Length; depth++)
        {
            // A level up to the depth begins an element of that depth: the innermost are the values themselves.
            long lists = CountUpTo(first, depth);
            lengths[depth - 1] = lists / above;
            if (lengths[depth - 1] * above != lists)
            {
                throw Ragged(0);
            }

            above = lists;
        }

        CheckRegular(levels, lengths);
        return lengths;
    }

    // Numbers that divide are not yet lists of one length: every level stands where its depth begins anew.
    private void CheckRegular(int[] levels, long[] lengths)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            int level = lengths.Length;
            for (long inner = lengths[^1]; level > 0 && i % inner == 0; level--)
            {
                inner *= level > 1 ? lengths[level - 2] : 1;
            }

            if (levels[i] != level)
            {
                throw Ragged(0);
            }
        }
    }

    private static long CountUpTo(ReadOnlySpan<int> levels, int most)
    {
        long count = 0;
        foreach (int level in levels)
        {
            count += level <= most ? 1 : 0;
        }

        return count;
    }

    private void CheckPattern(int group, int count)
    {
        long events = file.Rows[group];
        ReadOnlySpan<int> repetition = images.Repetition(count);
        for (int i = 0; i < events; i++)
        {
            if (repetition.Length < pattern.Length || !repetition[..pattern.Length].SequenceEqual(pattern))
            {
                // What does not begin an image is the rest of the one before.
                bool isRest = i > 0 && !repetition.IsEmpty && repetition[0] != 0;
                throw Ragged(rows.StartOf(group) + i - (isRest ? 1 : 0));
            }

            repetition = repetition[pattern.Length..];
        }

        if (!repetition.IsEmpty)
        {
            throw Ragged(rows.StartOf(group) + events - 1);
        }
    }

    private EventFormatException Ragged(long row) => images.Refuse(
        $"The image of event {row} in '{images.Name}' of {file.Path} has another shape than the first, or lists of several lengths; all images of a "
        + "file are of one shape. Correct the file, or name another column with EventLayout.Default.Images(name).",
        row);
}
