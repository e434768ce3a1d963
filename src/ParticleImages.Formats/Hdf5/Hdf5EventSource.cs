using System.Buffers;
using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Hdf5;

/// <summary>The events of an HDF5 file.</summary>
internal sealed class Hdf5EventSource : EventSource
{
    private const string UsualImages = "/X";
    private const string UsualLabels = "/y";

    // What is converted at a time: small enough to stay in the processor's cache.
    private const int ConversionLength = 1 << 18;

    // What is read at a time to be converted, where that decodes several chunks side by side.
    private const int MostStoredLength = 64 << 20;

    private readonly string path;
    private readonly Hdf5File file;
    private readonly Hdf5Dataset images;
    private readonly Hdf5Dataset? labels;
    private readonly int constantLabel;
    private readonly ImageAxes axes;
    private readonly ReadingTurn turn = new();
    private readonly int threads;

    public Hdf5EventSource(string path, EventLayout layout, int threads)
    {
        this.path = path;
        this.threads = threads;
        file = Hdf5File.Open(path, threads);
        try
        {
            var datasets = new EventDatasets(path, "dataset", [UsualImages], [UsualLabels], file.Candidates);
            images = file.Dataset(datasets.Images(layout, file.Has) ?? UsualImages, nameof(EventLayout.Images));
            CheckImages();
            axes = ImageAxes.Of(images.Header.Shape, layout, path, images.Name, datasets.IsUsual(images.Name));
            constantLabel = layout.ConstantLabel ?? 0;
            string? labelsName = datasets.Labels(layout, file.Has, axes.Count, images.Name);
            labels = layout.ConstantLabel is null ? file.Dataset(labelsName ?? UsualLabels, nameof(EventLayout.Labels)) : null;
            CheckLabels();
        }
        catch
        {
            Dispose(true);
            throw;
        }
    }

    public override string Name => path;

    public override int Count => axes.Count;

    public override ImageShape ImageShape => axes.Shape;

    public override EventLayout Layout => axes.Found(images.Name, labels?.Name, images.Header.Shape);

    protected override void ReadImages(int start, Span<float> destination)
    {
        using ReadingTurn.Taken taken = turn.Take(path);
        ElementType element = images.Header.Element;
        if (axes.AreInOrder && element.IsSingleInMemoryOrder)
        {
            // In parts, since a span of bytes ends at 2 GiB.
            int most = Math.Max(1, Array.MaxLength / images.RowLength);
            for (; !destination.IsEmpty; start += most)
            {
                most = Math.Min(most, destination.Length / ImageShape.Values);
                images.ReadRows(start, MemoryMarshal.AsBytes(destination[..(most * ImageShape.Values)]));
                destination = destination[(most * ImageShape.Values)..];
            }

            return;
        }

        int rowsAtOnce = RowsAtOnce();
        byte[] stored = ArrayPool<byte>.Shared.Rent(Math.Min(rowsAtOnce, destination.Length / ImageShape.Values) * images.RowLength);
        while (!destination.IsEmpty)
        {
            // Up to where chunks end, so that from then on they are read whole.
            int events = Math.Min(rowsAtOnce - (int)(start % rowsAtOnce), destination.Length / ImageShape.Values);
            Span<byte> rows = stored.AsSpan(0, events * images.RowLength);
            images.ReadRows(start, rows);
            Convert(rows, destination[..(events * ImageShape.Values)]);
            destination = destination[(events * ImageShape.Values)..];
            start += events;
        }

        ArrayPool<byte>.Shared.Return(stored);
    }

    // What the threads decode side by side, in whole chunks, unless one alone is too large.
    private int RowsAtOnce()
    {
        int fewest = Math.Max(1, ConversionLength / images.RowLength);
        long together = images.RowsTogether;
        long most = MostStoredLength / images.RowLength / together;
        return most < 1 ? fewest : (int)(together * Math.Min(most, Math.Max(threads, (fewest + together - 1) / together)));
    }

    private void Convert(ReadOnlySpan<byte> rows, Span<float> converted)
    {
        int values = ImageShape.Values;
        int events = Math.Max(1, ConversionLength / images.RowLength);
        float[] singles = ArrayPool<float>.Shared.Rent(events * axes.StoredValues);
        while (!converted.IsEmpty)
        {
            events = Math.Min(events, converted.Length / values);
            images.Header.Element.ToSingles(rows[..(events * images.RowLength)], singles.AsSpan(0, events * axes.StoredValues));
            axes.Arrange(singles.AsSpan(0, events * axes.StoredValues), converted[..(events * values)]);
            rows = rows[(events * images.RowLength)..];
            converted = converted[(events * values)..];
        }

        ArrayPool<float>.Shared.Return(singles);
    }

    protected override void ReadLabelsCore(int start, Span<int> destination)
    {
        if (labels is null)
        {
            destination.Fill(constantLabel);
            return;
        }

        using ReadingTurn.Taken taken = turn.Take(path);
        int size = labels.RowLength;
        int events = ConversionLength / size;
        byte[] stored = ArrayPool<byte>.Shared.Rent(events * size);
        for (; !destination.IsEmpty; start += events)
        {
            events = Math.Min(events, destination.Length);
            Span<byte> rows = stored.AsSpan(0, events * size);
            labels.ReadRows(start, rows);
            for (int i = 0; i < events; i++)
            {
                destination[i] = LabelOf(rows.Slice(i * size, size), start + i);
            }

            destination = destination[events..];
        }

        ArrayPool<byte>.Shared.Return(stored);
    }

    protected override EventGroup GroupFromCore(int row) => new((int)Math.Min(images.RowsTogether - (row % images.RowsTogether), Count - row));

    protected override void Dispose(bool disposing)
    {
        using ReadingTurn.Taken taken = turn.Await();

        // The constructor may have stopped anywhere.
        file?.Dispose();
        base.Dispose(disposing);
    }

    private int LabelOf(ReadOnlySpan<byte> stored, int row) => labels!.Header.Element.ValueOf(stored) switch
    {
        ParticleLabel.Photon => ParticleLabel.Photon,
        ParticleLabel.Electron => ParticleLabel.Electron,
        _ => throw new EventFormatException(
            $"Event {row} of {path} has the label {labels.Header.Element.TextOf(stored)} in '{labels.Name}'. A label is 0 "
            + "(photon) or 1 (electron). Correct the file, or name another dataset with EventLayout.Default.Labels(name).",
            path,
            labels.Name,
            row),
    };

    private void CheckImages()
    {
        ElementType element = images.Header.Element;
        if (!element.IsFloat)
        {
            throw new EventFormatException(
                $"The images '{images.Name}' of {path} are of type {element.Name}; float16, float32 and float64 are read. "
                + "Convert them in the file, or name another dataset with EventLayout.Default.Images(name).",
                path,
                images.Name);
        }
    }

    private void CheckLabels()
    {
        if (labels is null)
        {
            return;
        }

        DatasetHeader header = labels.Header;
        if (!header.Element.IsNumber || header.Shape.Skip(1).Any(length => length != 1))
        {
            throw new EventFormatException(
                $"The labels '{labels.Name}' of {path} are {ImageAxes.Text(header.Shape)} of type {header.Element.Name}; "
                + "one integer, truth value or float an event is read. Convert them in the file, or name another dataset with "
                + "EventLayout.Default.Labels(name).",
                path,
                labels.Name);
        }

        if (header.Shape[0] != Count)
        {
            throw new EventFormatException(
                $"{path} has {Count} images in '{images.Name}' and {header.Shape[0]} labels in '{labels.Name}'. "
                + "Name datasets that belong together with EventLayout.Default.Images(name).Labels(name).",
                path,
                labels.Name);
        }
    }
}
