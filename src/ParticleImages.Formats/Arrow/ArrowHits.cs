using System.Buffers.Binary;

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
                Scaled(Memory<float>(mapping, values[1], first, count), layout.EnergyFactor),
                Scaled(Memory<float>(mapping, values[2], first, count), layout.TimeFactor)));
        }

        return HitEvents.Over(shape, offsets, parts, labelsOfAll, file.Path);
    }

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
        int size = lists.Field.Kind == ArrowKind.LargeList ? sizeof(long) : sizeof(int);
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

    // In other units values can't stand where they are: they are copied when the file is opened.
    private static ReadOnlyMemory<float> Scaled(ReadOnlyMemory<float> values, double factor)
    {
        if (factor == 1)
        {
            return values;
        }

        float[] scaled = values.ToArray();
        UnitFactor.Scale(scaled, factor);
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
                : new DecodedMemory<T>(buffer, start, count, () => mapping.IsDisposed).Memory;
    }
}
