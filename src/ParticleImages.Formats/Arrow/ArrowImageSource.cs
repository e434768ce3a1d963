using System.Buffers;
using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Arrow;

/// <summary>Events of an Arrow file whose images stand as lists of fixed size.</summary>
internal sealed class ArrowImageSource : EventSource
{
    // What is converted at a time: small enough to stay in the processor's cache.
    private const int ConversionLength = 1 << 18;

    private readonly ArrowFile file;
    private readonly int column;
    private readonly int[] sizes;
    private readonly ElementType element;
    private readonly ImageAxes axes;
    private readonly ArrowLabels labels;
    private readonly ReadingTurn turn = new();
    private (int Batch, ArrowArray[] Levels, ArrowRun Values)? last;

    /// <summary>Takes the file and a layout with its columns' names; where they are no events, the caller closes it.</summary>
    public ArrowImageSource(ArrowFile file, int column, EventLayout layout)
    {
        this.file = file;
        this.column = column;
        ArrowField field = file.Schema.Fields[column];
        (IReadOnlyList<int> found, ArrowField values) = ArrowColumns.ListsOf(field);
        if (found.Count == 0 || values.Element is not { IsFloat: true } type || found.Any(size => size < 1))
        {
            throw new EventFormatException(
                $"The column '{field.Name}' of {file.Path} is of type {field.TypeName}; events are fixed_size_list<float32>[rows × columns × 2] (float16 and "
                + "float64 too), or hits: list<struct<pixel: uint16, energy: float32, time: float32>>. Convert it, or name another column with "
                + "EventLayout.Default.Images(name).",
                file.Path,
                field.Name);
        }

        sizes = [.. found];
        element = type;
        IReadOnlyList<long> lengths = ArrowColumns.AxesOf(file, field, sizes, layout);
        axes = ImageAxes.Of(lengths, layout, file.Path, field.Name, field.Name == ArrowColumns.Images || ArrowColumns.IsFlat(field, sizes));
        Layout = axes.Found(layout.ImagesName, layout.LabelsName, lengths);
        labels = new ArrowLabels(file, layout);
        for (int i = 0; i < file.Batches.Count; i++)
        {
            Open(i);
        }
    }

    public override string Name => file.Path;

    public override int Count => axes.Count;

    public override ImageShape ImageShape => axes.Shape;

    public override EventLayout Layout { get; }

    protected override void ReadImages(int start, Span<float> destination)
    {
        using ReadingTurn.Taken taken = turn.Take(file.Path);
        int values = ImageShape.Values;
        int rowLength = axes.StoredValues * element.Size;
        bool asTheyAre = axes.AreInOrder && element.IsSingleInMemoryOrder;
        int most = Math.Max(1, (asTheyAre ? Array.MaxLength : ConversionLength) / rowLength);
        byte[] stored = asTheyAre ? [] : ArrayPool<byte>.Shared.Rent(most * rowLength);
        float[] converted = asTheyAre ? [] : ArrayPool<float>.Shared.Rent(most * axes.StoredValues);
        try
        {
            while (!destination.IsEmpty)
            {
                int batch = file.BatchOf(start);
                int first = start - file.FirstRow(batch);
                int count = (int)Math.Min(Math.Min(destination.Length / values, file.Batches[batch].Rows - first), most);
                ArrowRun buffer = Checked(batch, first, count);
                Span<float> images = destination[..(count * values)];
                Span<byte> rows = asTheyAre ? MemoryMarshal.AsBytes(images) : stored.AsSpan(0, count * rowLength);
                buffer.Read((long)first * rowLength, rows);
                if (!asTheyAre)
                {
                    Span<float> singles = converted.AsSpan(0, count * axes.StoredValues);
                    element.ToSingles(rows, singles);
                    axes.Arrange(singles, images);
                }

                destination = destination[images.Length..];
                start += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
            ArrayPool<float>.Shared.Return(converted);
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> destination)
    {
        using ReadingTurn.Taken taken = turn.Take(file.Path);
        labels.Read(start, destination);
    }

    // A compressed batch is decoded whole; of another one any image is found at once.
    protected override EventGroup GroupFromCore(int row)
    {
        int batch = file.BatchOf(row);
        return new EventGroup(file.Batches[batch].Compression == ArrowCompression.None ? 1 : (int)(file.FirstRow(batch) + file.Batches[batch].Rows - row));
    }

    protected override void Dispose(bool disposing)
    {
        using ReadingTurn.Taken taken = turn.Await();
        file.Dispose();
        base.Dispose(disposing);
    }

    // No event may have a null, neither as a whole nor in one of its values.
    private ArrowRun Checked(int batch, int first, int count)
    {
        (ArrowArray[] levels, ArrowRun values) = Open(batch);
        long each = 1;
        for (int i = 0; i < levels.Length; i++)
        {
            long valuesOfRow = each;
            levels[i].RefuseNulls(first * each, count * each, value => file.FirstRow(batch) + (value / valuesOfRow));
            each *= i < sizes.Length ? sizes[i] : 1;
        }

        return values;
    }

    private (ArrowArray[] Levels, ArrowRun Values) Open(int batch)
    {
        if (last is { } known && known.Batch == batch)
        {
            return (known.Levels, known.Values);
        }

        var levels = new ArrowArray[sizes.Length + 1];
        levels[0] = ArrowArray.Of(file, file.Batches[batch], column);
        Int128 needed = levels[0].Length;
        for (int i = 0; i < sizes.Length; i++)
        {
            levels[i + 1] = levels[i].Child(0);
            needed *= sizes[i];
            levels[i + 1].RefuseFewerThan(needed);
        }

        ArrowRun values = levels[^1].Buffer(needed * element.Size);
        last = (batch, levels, values);
        return (levels, values);
    }
}
