using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Arrow;

/// <summary>The hits of an Arrow file, where they stand.</summary>
internal static class ArrowHits
{
    private static readonly string[] Names = ["pixel", "energy", "time"];

    /// <summary>Reads where each event's hits are, and the labels; the hits themselves stay where they are until they are used.</summary>
    /// <exception cref="EventFormatException">The columns are no hits of events.</exception>
    public static HitEvents Read(ArrowFile file, ArrowMapping mapping, EventLayout layout)
    {
        layout = ArrowColumns.Find(file, layout);
        int column = ArrowColumns.IndexOf(file, layout.ImagesName!);
        ArrowField field = file.Schema.Fields[column];
        int[] children = Children(file, field);
        if (layout is not { ChannelOrder: null, EnergyChannel: null, IsColumnFirst: false, LayerCount: null, ConstantTime: null })
        {
            throw new EventFormatException(
                $"The column '{field.Name}' of {file.Path} holds hits, which have their times and no channels, axes or layers. "
                + "Leave TimeAll, ChannelFirst(), ChannelLast(), Channel(number), Layers(count) and ColumnFirst() out of the layout.",
                file.Path,
                field.Name);
        }

        ImageShape shape = ArrowColumns.ShapeOf(file, field.Name);
        RefuseMissingOffsets(file, column);
        var labels = new ArrowLabels(file, layout);
        var labelsOfAll = new int[file.Rows];
        labels.Read(0, labelsOfAll);
        var offsets = new long[file.Rows + 1];
        var parts = new List<HitColumns>();
        for (int i = 0; i < file.Batches.Count; i++)
        {
            ArrowArray lists = ArrowArray.Of(file, file.Batches[i], column);
            int firstRow = file.FirstRow(i);
            int rows = (int)lists.Length;
            lists.RefuseNulls(0, rows, value => firstRow + value);
            ArrowArray hits = lists.Child(0);
            (long first, int count) = ReadOffsets(lists, hits, firstRow, offsets.AsSpan(firstRow, rows + 1));
            hits.RefuseFewerThan((Int128)first + count);
            ArrowArray[] values = [.. children.Select(hits.Child)];
            foreach (ArrowArray array in (ArrowArray[])[hits, .. values])
            {
                array.RefuseFewerThan((Int128)first + count);
                array.RefuseNulls(first, count, value => RowOf(offsets, firstRow, rows, value - first));
            }

            parts.Add(new HitColumns(
                Memory<ushort>(mapping, values[0], first, count),
                Scaled("energy", Memory<float>(mapping, values[1], first, count), layout.EnergyFactor),
                Scaled("time", Memory<float>(mapping, values[2], first, count), layout.TimeFactor)));

            // In other units values can't stand where they are: they are copied when they are first used.
            ReadOnlyMemory<float> Scaled(string what, ReadOnlyMemory<float> stored, double factor) => factor == 1
                ? stored
                : new DecodedMemory<float>(stored.Length, () => Scale(stored.Span, factor, what == "energy", (hit, scaled) =>
                {
                    int row = (int)RowOf(offsets, firstRow, rows, hit);
                    long ofEvent = offsets[firstRow] + hit - offsets[row];
                    return lists.Refuse(
                        FormattableString.Invariant($"has hit {ofEvent} of event {row} with {what} {stored.Span[hit]:R}, which the factor {factor} makes {scaled:R}; a hit's ")
                        + $"{(what == "energy" ? "energy is finite and not 0" : "time is finite")}. Give ScaledBy another factor.",
                        row);
                })).Memory;
        }

        return HitEvents.Over(shape, offsets, parts, labelsOfAll, file.Path);
    }

    // Events are counted by offsets, so before memory is taken for as many as headers say, the last of every record batch is looked at.
    private static void RefuseMissingOffsets(ArrowFile file, int column)
    {
        if (file.Rows >= Array.MaxLength)
        {
            throw new EventFormatException($"{file.Path} has {file.Rows} events; of hits up to {Array.MaxLength - 1} are read. Split the file.", file.Path);
        }

        Span<byte> last = stackalloc byte[sizeof(long)];
        foreach (ArrowBatch batch in file.Batches)
        {
            ArrowArray lists = ArrowArray.Of(file, batch, column);
            int size = OffsetSize(lists);
            if (lists.Length > 0)
            {
                lists.Buffer((lists.Length + (Int128)1) * size).Read(lists.Length * size, last[..size]);
            }
        }
    }

    private static int OffsetSize(ArrowArray lists) => lists.Field.Kind == ArrowKind.LargeList ? sizeof(long) : sizeof(int);

    private static int[] Children(ArrowFile file, ArrowField field)
    {
        if (ArrowColumns.AreHits(field))
        {
            IReadOnlyList<ArrowField> fields = field.Children[0].Children;
            int[] found = [.. Names.Select(name => fields.Count(child => child.Name == name) == 1 ? fields.Select(child => child.Name).ToList().IndexOf(name) : -1)];
            if (Array.TrueForAll(found, index => index >= 0)
                && fields[found[0]].Element is { Name: "uint16" } && fields[found[1]].Element is { Name: "float32" } && fields[found[2]].Element is { Name: "float32" })
            {
                return found;
            }
        }

        throw new EventFormatException(
            $"The column '{field.Name}' of {file.Path} is of type {field.TypeName}; hits are list<struct<pixel: uint16, energy: float32, time: float32>>, the pixel "
            + "row × width + column. Convert it, or name another column with EventLayout.Default.Images(name).",
            file.Path,
            field.Name);
    }

    // Brings a batch's offsets behind those of the batches before. Where they begin in the batch is the writer's choice.
    private static (long First, int Count) ReadOffsets(ArrowArray lists, ArrowArray hits, int firstRow, Span<long> offsets)
    {
        int rows = offsets.Length - 1;
        if (rows == 0)
        {
            return (0, 0);
        }

        const int most = 1 << 16;
        int size = OffsetSize(lists);
        ArrowRun buffer = lists.Buffer((rows + (Int128)1) * size);
        var stored = new byte[Math.Min(most, rows + 1) * size];
        long before = offsets[0];
        long first = 0, last = 0;
        for (int start = 0; start <= rows; start += stored.Length / size)
        {
            Span<byte> bytes = stored.AsSpan(0, Math.Min(stored.Length / size, rows + 1 - start) * size);
            buffer.Read((long)start * size, bytes);
            for (int i = 0; i < bytes.Length / size; i++)
            {
                int row = start + i;
                long offset = size == sizeof(int)
                    ? BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * size)..])
                    : BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * size)..]);
                if (row == 0)
                {
                    first = last = offset;
                }

                if (offset < last || offset < 0 || offset > hits.Length || offset - first > Array.MaxLength)
                {
                    throw lists.Refuse(
                        $"says that row {firstRow + Math.Max(0, row - 1)} goes from hit {last} to {offset}, in a record batch of {hits.Length} hits "
                        + $"({Array.MaxLength} at most). The file is damaged: copy or make it again.",
                        firstRow + Math.Max(0, row - 1));
                }

                last = offset;
                offsets[row] = before + offset - first;
            }
        }

        return (first, (int)(last - first));
    }

    private static long RowOf(long[] offsets, int firstRow, int rows, long hit)
    {
        long before = offsets[firstRow];
        int row = firstRow;
        while (row < firstRow + rows - 1 && offsets[row + 1] - before <= hit)
        {
            row++;
        }

        return row;
    }

    private static float[] Scale(ReadOnlySpan<float> stored, double factor, bool isEnergy, Func<int, float, EventFormatException> refuse)
    {
        float[] scaled = stored.ToArray();
        UnitFactor.Scale(scaled, factor);
        for (int i = 0; i < scaled.Length; i++)
        {
            // What no hit has in the file's units either is the file's fault, and refused as such.
            bool isHit = float.IsFinite(stored[i]) && (!isEnergy || stored[i] != 0);
            if (isHit && (!float.IsFinite(scaled[i]) || (isEnergy && scaled[i] == 0)))
            {
                throw refuse(i, scaled[i]);
            }
        }

        return scaled;
    }

    private static ReadOnlyMemory<T> Memory<T>(ArrowMapping mapping, ArrowArray array, long first, int count)
        where T : unmanaged
    {
        int size = array.Field.Element!.Size;
        ArrowRun buffer = array.Buffer(((Int128)first + count) * size);
        long start = first * size;

        // Arrow's buffers stand at multiples of 8 bytes; where they don't, not every processor could use them as they stand.
        return count == 0
            ? default
            : buffer.IsPlain && (buffer.Start + start) % size == 0
                ? mapping.Memory<T>(buffer.Start + start, count)
                : new DecodedMemory<T>(count, () => Decode<T>(mapping, buffer, start, count)).Memory;
    }

    private static T[] Decode<T>(ArrowMapping mapping, ArrowRun buffer, long start, int count)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(mapping.IsDisposed, typeof(HitFile));
        var values = new T[count];

        // In parts, since a span of bytes ends at 2 GiB.
        const int most = 1 << 27;
        for (int i = 0; i < count; i += Math.Min(most, count - i))
        {
            buffer.Read(start + ((long)i * Unsafe.SizeOf<T>()), MemoryMarshal.AsBytes(values.AsSpan(i, Math.Min(most, count - i))));
        }

        buffer.Forget();
        return values;
    }
}
