using System.Numerics;

namespace ParticleImages.Formats.Arrow;

/// <summary>A column's, or a column's part's, values in one record batch.</summary>
internal sealed class ArrowArray
{
    private readonly ArrowFile file;
    private readonly ArrowBatch batch;
    private readonly int node;
    private readonly int buffer;

    private ArrowArray(ArrowFile file, ArrowBatch batch, ArrowField field, string column, int node, long buffer)
    {
        this.file = file;
        this.batch = batch;
        this.node = node;
        Field = field;
        Column = column;
        if (node >= batch.NodeCount || buffer > batch.BufferCount)
        {
            throw Refuse($"has fewer parts in a record batch than the type {field.TypeName} needs. The file is damaged: copy or make it again.");
        }

        this.buffer = (int)buffer;
        (Length, Nulls) = batch.Node(node);
        if (Length < 0 || Nulls > Length)
        {
            throw Refuse($"has {Length} values in a record batch, {Nulls} of them null. The file is damaged: copy or make it again.");
        }
    }

    public ArrowField Field { get; }

    /// <summary>The name of the column that this is a part of.</summary>
    public string Column { get; }

    /// <summary>The number of values.</summary>
    public long Length { get; }

    /// <summary>Values that are null; negative where nobody counted.</summary>
    public long Nulls { get; }

    /// <summary>A column in a batch.</summary>
    public static ArrowArray Of(ArrowFile file, ArrowBatch batch, int column)
    {
        int node = 0;
        long buffer = 0;
        var views = new Queue<long>(batch.Views);
        IReadOnlyList<ArrowField> fields = file.Schema.Fields;
        for (int i = 0; i < column; i++)
        {
            Pass(file, fields[i], views, ref node, ref buffer);
        }

        var array = new ArrowArray(file, batch, fields[column], fields[column].Name, node, buffer);
        return array.Length == batch.Rows
            ? array
            : throw array.Refuse($"has {array.Length} values in a record batch of {batch.Rows} rows. The file is damaged: copy or make it again.");
    }

    /// <summary>A child: the values of a list, a field of a structure.</summary>
    public ArrowArray Child(int index)
    {
        int nodeOfChild = node + 1;
        long bufferOfChild = buffer + (Field.OwnBuffers(file.Schema.Version, null) ?? 0);
        for (int i = 0; i < index; i++)
        {
            Pass(file, Field.Children[i], null, ref nodeOfChild, ref bufferOfChild);
        }

        return new ArrowArray(file, batch, Field.Children[index], Column, nodeOfChild, bufferOfChild);
    }

    /// <summary>The buffer behind that of the nulls: values or offsets.</summary>
    /// <param name="size">The bytes that are needed.</param>
    public ArrowRun Buffer(Int128 size) => Buffer(1, size);

    /// <summary>Refuses nulls among some values: no event has any.</summary>
    /// <param name="start">The first value.</param>
    /// <param name="count">How many.</param>
    /// <param name="rowOf">The row that a value belongs to.</param>
    public void RefuseNulls(long start, long count, Func<long, long> rowOf)
    {
        if (Nulls == 0 || count == 0 || (Nulls < 0 && batch.Buffer(BufferIndex(0)).Length == 0))
        {
            return;
        }

        const int most = 1 << 16;
        ArrowRun bits = Buffer(0, ((Int128)start + count + 7) / 8);
        var bytes = new byte[Math.Min(most, ((start + count - 1) / 8) - (start / 8) + 1)];
        for (long first = start / 8; first <= (start + count - 1) / 8; first += bytes.Length)
        {
            int length = (int)Math.Min(bytes.Length, ((start + count - 1) / 8) - first + 1);
            bits.Read(first, bytes.AsSpan(0, length));
            for (int i = 0; i < length; i++)
            {
                // Bits before the first value and behind the last mean nothing.
                int wanted = 0xFF;
                long value = (first + i) * 8;
                wanted &= value < start ? 0xFF << (int)(start - value) : 0xFF;
                wanted &= value + 8 > start + count ? 0xFF >> (int)(value + 8 - start - count) : 0xFF;
                int missing = ~bytes[i] & wanted;
                if (missing != 0)
                {
                    long row = rowOf(value + BitOperations.TrailingZeroCount(missing));
                    throw Refuse(
                        $"has a null in row {row}, in its {Field.TypeName}. Every event has its values: fill them in, or drop the row.", row);
                }
            }
        }
    }

    /// <summary>An error that names the column.</summary>
    /// <param name="what">What it has, and the next step.</param>
    /// <param name="row">The row.</param>
    public EventFormatException Refuse(string what, long? row = null) =>
        new($"The column '{Column}' of {file.Path} {what}", file.Path, Column, row);

    /// <summary>Refuses a part with fewer values than its column needs.</summary>
    public void RefuseFewerThan(Int128 values)
    {
        if (Length < values)
        {
            throw Refuse($"has {Length} values of {Field.TypeName} in a record batch that needs {values}. The file is damaged: copy or make it again.");
        }
    }

    private static void Pass(ArrowFile file, ArrowField field, Queue<long>? views, ref int node, ref long buffer)
    {
        node++;
        long own = field.OwnBuffers(file.Schema.Version, views) ?? throw new EventFormatException(
            $"The column '{field.Name}' of {file.Path} is of the type {field.TypeName}, which is not known here, and those behind it can't be found. "
            + "Put it last, or leave it out.",
            file.Path,
            field.Name);
        if (own is < 0 or > int.MaxValue)
        {
            throw new EventFormatException($"The column '{field.Name}' of {file.Path} says that it has {own} buffers. The file is damaged: copy or make it again.", file.Path, field.Name);
        }

        buffer += own;

        // Of a column of numbers of entries only the numbers stand here.
        for (int i = 0; !field.IsDictionary && i < field.Children.Count; i++)
        {
            Pass(file, field.Children[i], views, ref node, ref buffer);
        }
    }

    private ArrowRun Buffer(int which, Int128 size)
    {
        (long start, long length) = batch.Buffer(BufferIndex(which));
        return new ArrowRun(file.Bytes, start, length, size, batch.Compression, this);
    }

    private int BufferIndex(int which) => buffer + which < batch.BufferCount
        ? buffer + which
        : throw Refuse($"has fewer buffers in a record batch than the type {Field.TypeName} needs. The file is damaged: copy or make it again.");
}
