namespace ParticleImages.Formats.Arrow;

/// <summary>The labels of a file's events: a column of numbers, or one label for all.</summary>
internal sealed class ArrowLabels
{
    public const string UsualName = "labels";

    // Labels that are converted at a time.
    private const int Most = 1 << 14;

    private readonly ArrowFile file;
    private readonly int? column;
    private readonly int constant;
    private (int Batch, ArrowArray Array, ArrowRun Buffer)? last;

    /// <summary>Takes the labels that a layout names.</summary>
    /// <exception cref="EventFormatException">There are none, or they are no numbers.</exception>
    public ArrowLabels(ArrowFile file, EventLayout layout)
    {
        this.file = file;
        if (layout.ConstantLabel is { } label)
        {
            constant = label;
            return;
        }

        string name = layout.LabelsName ?? UsualName;
        column = file.Find(name) ?? throw new EventFormatException(
            $"No column '{name}' in {file.Path}. {ArrowColumns.WhatThereIs(file, name)} Name the right one with EventLayout.Default.Labels(name), "
            + "or, if it has no labels, give all events one with LabelAll(label).",
            file.Path,
            name);
        if (!file.Schema.Fields[column.Value].IsNumber)
        {
            throw new EventFormatException(
                $"The labels '{name}' of {file.Path} are of type {file.Schema.Fields[column.Value].TypeName}; one integer, truth value or float an event "
                + "is read. Convert them, or name another column with EventLayout.Default.Labels(name).",
                file.Path,
                name);
        }

        for (int i = 0; i < file.Batches.Count; i++)
        {
            Open(i);
        }
    }

    /// <summary>Reads labels.</summary>
    public void Read(int start, Span<int> labels)
    {
        if (column is null)
        {
            labels.Fill(constant);
            return;
        }

        while (!labels.IsEmpty)
        {
            int batch = file.BatchOf(start);
            int first = start - file.FirstRow(batch);
            int count = (int)Math.Min(Math.Min(labels.Length, file.Batches[batch].Rows - first), Most);
            Read(batch, first, labels[..count]);
            labels = labels[count..];
            start += count;
        }
    }

    private void Read(int batch, int first, Span<int> labels)
    {
        (ArrowArray array, ArrowRun buffer) = Open(batch);
        array.RefuseNulls(first, labels.Length, value => file.FirstRow(batch) + value);
        if (array.Field.Element is not { } element)
        {
            var bits = new byte[((first % 8) + labels.Length + 7) / 8];
            buffer.Read(first / 8, bits);
            for (int i = 0; i < labels.Length; i++)
            {
                int bit = (first % 8) + i;
                labels[i] = (bits[bit / 8] >> (bit % 8)) & 1;
            }

            return;
        }

        var stored = new byte[labels.Length * element.Size];
        buffer.Read((long)first * element.Size, stored);
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<byte> value = stored.AsSpan(i * element.Size, element.Size);
            labels[i] = element.ValueOf(value) switch
            {
                ParticleLabel.Photon => ParticleLabel.Photon,
                ParticleLabel.Electron => ParticleLabel.Electron,
                _ => throw new EventFormatException(
                    $"Event {file.FirstRow(batch) + first + i} of {file.Path} has the label {element.TextOf(value)} in '{array.Column}'. A label is 0 "
                    + "(photon) or 1 (electron). Correct the file, or name another column with EventLayout.Default.Labels(name).",
                    file.Path,
                    array.Column,
                    file.FirstRow(batch) + first + i),
            };
        }
    }

    private (ArrowArray Array, ArrowRun Buffer) Open(int batch)
    {
        if (last is { } known && known.Batch == batch)
        {
            return (known.Array, known.Buffer);
        }

        ArrowArray array = ArrowArray.Of(file, file.Batches[batch], column!.Value);
        Int128 rows = array.Length;
        ArrowRun buffer = array.Buffer(array.Field.Element is { } element ? rows * element.Size : (rows + 7) / 8);
        last = (batch, array, buffer);
        return (array, buffer);
    }
}
