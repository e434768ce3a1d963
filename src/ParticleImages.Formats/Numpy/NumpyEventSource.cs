using System.Buffers;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Numpy;

/// <summary>Events of two arrays, whether they stand in an archive or each in a file of its own.</summary>
internal sealed class NumpyEventSource : EventSource
{
    // Values that are rearranged at a time: small enough to stay in the processor's cache.
    private const int ArrangedValues = 1 << 16;

    private const int LabelsAtATime = 1 << 14;

    // What a label is kept as that is none: it is read again when it is asked for, to be told.
    private const byte Other = 255;

    private readonly string path;
    private readonly NamedArray images;
    private readonly NamedArray? labels;
    private readonly int constantLabel;
    private readonly ImageAxes axes;
    private readonly IDisposable? archive;
    private readonly ReadingTurn turn = new();

    // A label array is small, and going back in an archive is dear: it is read once, whole, and a byte a label is kept.
    private byte[]? storedLabels;

    /// <summary>Checks that the arrays are events as the layout says. Where they aren't, the caller closes them.</summary>
    public NumpyEventSource(
        string path, EventLayout layout, ImageAxes axes, NamedArray images, NamedArray? labels, IDisposable? archive)
    {
        this.path = path;
        this.images = images;
        this.labels = labels;
        this.archive = archive;
        constantLabel = layout.ConstantLabel ?? 0;
        this.axes = axes;
        if (labels is not null)
        {
            CheckLabels(labels);
        }
    }

    public override string Name => path;

    public override int Count => axes.Count;

    public override ImageShape ImageShape => axes.Shape;

    // An npy file's images have no name, and its labels are a file, which the layout named.
    public override EventLayout Layout => archive is null
        ? axes.Found(null, null, images.Reader.Shape)
        : axes.Found(images.Name, labels?.Name, images.Reader.Shape);

    /// <summary>Whether images may be of an array's type.</summary>
    public static bool IsFloat(NumpyArrayReader reader) => reader.IsNumeric && reader.ElementType.StartsWith("float", StringComparison.Ordinal);

    /// <summary>Checks that an array holds images as the layout says.</summary>
    /// <exception cref="EventFormatException">It does not.</exception>
    public static ImageAxes AxesOf(NamedArray images, EventLayout layout, bool isUsual)
    {
        CheckImages(images);
        return ImageAxes.Of(images.Reader.Shape, layout, images.Path, images.Name, isUsual);
    }

    protected override void ReadImages(int start, Span<float> destination)
    {
        using ReadingTurn.Taken taken = turn.Take(path);
        if (axes.AreInOrder)
        {
            images.Reader.ReadRows(start, destination);
            return;
        }

        int most = Math.Max(1, ArrangedValues / axes.StoredValues);
        float[] stored = ArrayPool<float>.Shared.Rent(most * axes.StoredValues);
        try
        {
            while (!destination.IsEmpty)
            {
                int events = Math.Min(most, destination.Length / ImageShape.Values);
                Span<float> rows = stored.AsSpan(0, events * axes.StoredValues);
                images.Reader.ReadRows(start, rows);
                axes.Arrange(rows, destination[..(events * ImageShape.Values)]);
                destination = destination[(events * ImageShape.Values)..];
                start += events;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(stored);
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> destination)
    {
        if (labels is null)
        {
            destination.Fill(constantLabel);
            return;
        }

        using ReadingTurn.Taken taken = turn.Take(path);
        storedLabels ??= ReadAllLabels(labels.Reader);
        for (int i = 0; i < destination.Length; i++)
        {
            int row = start + i;
            destination[i] = storedLabels[row] is var label and not Other ? label : throw NoLabel(labels, row);
        }
    }

    // An archive's arrays are read forward, each from its own place; an npy file's events stand alone.
    protected override EventGroup GroupFromCore(int row) =>
        archive is null ? new EventGroup(1) : new EventGroup(Count - row, isForwardOnly: true);

    protected override void Dispose(bool disposing)
    {
        using ReadingTurn.Taken taken = turn.Await();
        images.Reader.Dispose();
        labels?.Reader.Dispose();
        archive?.Dispose();
        base.Dispose(disposing);
    }

    private byte[] ReadAllLabels(NumpyArrayReader reader)
    {
        var all = new byte[Count];
        var part = new double[Math.Min(Count, LabelsAtATime)];
        for (int start = 0; start < Count; start += Math.Min(part.Length, Count - start))
        {
            Span<double> stored = part.AsSpan(0, Math.Min(part.Length, Count - start));
            reader.ReadRows(start, stored);
            for (int i = 0; i < stored.Length; i++)
            {
                all[start + i] = stored[i] switch
                {
                    ParticleLabel.Photon => ParticleLabel.Photon,
                    ParticleLabel.Electron => ParticleLabel.Electron,
                    _ => Other,
                };
            }
        }

        return all;
    }

    private EventFormatException NoLabel(NamedArray labels, int row)
    {
        var stored = new double[1];
        labels.Reader.ReadRows(row, stored.AsSpan());
        return labels.Refuse(
            FormattableString.Invariant($"Event {row} of {path} has the label {stored[0]} in '{labels.Name}'. A label is 0 ")
            + "(photon) or 1 (electron). Correct the labels, or name others with EventLayout.Default.Labels(name).",
            row);
    }

    private static void CheckImages(NamedArray images)
    {
        NumpyArrayReader reader = images.Reader;
        if (!IsFloat(reader))
        {
            throw images.Refuse(
                $"The images '{images.Name}' of {images.Path} are of type {reader.ElementType}; float16, float32 and float64 are read. "
                + "Convert them with array.astype('float32'), or name others with EventLayout.Default.Images(name).");
        }

        if (reader.IsFortranOrder)
        {
            throw images.Refuse(
                $"The images '{images.Name}' of {images.Path} are in Fortran order, so one event is scattered over the whole "
                + "array. Save numpy.ascontiguousarray(images).");
        }
    }

    private void CheckLabels(NamedArray labels)
    {
        NumpyArrayReader reader = labels.Reader;
        if (!reader.IsNumeric || reader.Shape.Count == 0 || reader.Shape.Skip(1).Any(length => length != 1))
        {
            throw labels.Refuse(
                $"The labels '{labels.Name}' of {labels.Path} are {ImageAxes.Text(reader.Shape)} of type {reader.ElementType}; "
                + "one integer, truth value or float an event is read. Convert them, or name others with "
                + "EventLayout.Default.Labels(name).");
        }

        if (Count > Array.MaxLength)
        {
            throw labels.Refuse($"{labels.Path} has {Count} labels in '{labels.Name}'; up to {Array.MaxLength} are read. Split the file.");
        }

        if (reader.Rows != Count)
        {
            throw labels.Refuse(
                $"{images.Path} has {Count} images in '{images.Name}', but there are {reader.Rows} labels in '{labels.Name}' of {labels.Path}. "
                + "Name arrays that belong together.");
        }
    }
}
