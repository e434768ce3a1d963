using ParticleImages.Numpy;

namespace ParticleImages.Formats.Numpy;

/// <summary>Single arrays, as <c>numpy.save</c> writes them: images in one file, labels in another one beside it, or of one class.</summary>
/// <remarks>
/// Reads images of float16, float32 and float64 in either byte order, converted by value to float32, and labels of any
/// integer, truth value or float. Any range of events is found at once. The labels' file is named by
/// <see cref="EventLayout.Labels"/>, relative to the images' folder; without it <see cref="EventLayout.LabelAll"/> says what all
/// events are. Writes nothing: one array can't keep labels. Source: the documentation of <c>numpy.lib.format</c>.
/// Stateless; safe to use from several threads.
/// </remarks>
public sealed class NpyFormat : IEventFormat
{
    /// <inheritdoc/>
    public string Name => "npy";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".npy"];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> head) => head is [0x93, ..] && head[1..].StartsWith("NUMPY"u8);

    /// <inheritdoc/>
    public EventSource Open(string path, EventLayout layout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(layout);
        if (layout.ImagesName is not null)
        {
            throw new EventFormatException(
                $"The layout names the images '{layout.ImagesName}', but an .npy file such as {path} holds one array without a name. "
                + "Leave Images(name) out.",
                path);
        }

        if (layout is { LabelsName: null, ConstantLabel: null })
        {
            throw new EventFormatException(
                $"An .npy file such as {path} holds images without labels. Name the labels' file beside it with "
                + "EventLayout.Default.Labels(\"file.npy\"), or give all events one label with LabelAll(label).",
                path);
        }

        NumpyArrayReader? images = null, labels = null;
        try
        {
            images = NpyFile.Open(path);
            string? labelsPath = LabelsPath(path, layout);
            labels = labelsPath is null ? null : NpyFile.Open(labelsPath);
            var array = new NamedArray(path, Path.GetFileName(path), images);
            return new NumpyEventSource(
                path,
                layout,
                NumpyEventSource.AxesOf(array, layout, isUsual: false),
                array,
                labels is null ? null : new NamedArray(labelsPath!, Path.GetFileName(labelsPath!), labels),
                archive: null);
        }
        catch
        {
            images?.Dispose();
            labels?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DatasetDescription> Describe(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using NumpyArrayReader reader = NpyFile.Open(path);
        return [new(
            Path.GetFileName(path), reader.Shape, reader.ElementType, reader.IsFortranOrder ? "contiguous, Fortran order" : "contiguous")];
    }

    /// <summary>Refuses: one array can't keep images and labels.</summary>
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Always; the message says to use .npz.</exception>
    public void Save(
        string path,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation) =>
        throw new ArgumentException(
            $"An .npy file such as {path} holds one array, so the labels would be lost. Save to .npz, which keeps both.", nameof(path));

    /// <summary>Refuses several images' files that would share one file of labels, event by event.</summary>
    /// <exception cref="EventFormatException">Two do.</exception>
    internal static void CheckLabelsOf(IEnumerable<string> paths, EventLayout layout)
    {
        Dictionary<string, string> owners = [];
        foreach (string path in paths.Distinct())
        {
            if (LabelsPath(path, layout) is { } labels && !owners.TryAdd(Path.GetFullPath(labels), path))
            {
                throw new EventFormatException(
                    $"{labels} would label the events of {path} as those of {owners[Path.GetFullPath(labels)]}, one by one. Give each its own labels: one file of images at a time, or each in a folder with its labels.",
                    labels);
            }
        }
    }

    private static string? LabelsPath(string path, EventLayout layout)
    {
        if (layout.LabelsName is null)
        {
            return null;
        }

        string labels = Path.Combine(Path.GetDirectoryName(path) ?? "", layout.LabelsName);
        return File.Exists(labels)
            ? labels
            : throw new EventFormatException(
                $"There is no labels' file {labels} beside {path}. Name one with EventLayout.Default.Labels(\"file.npy\"), or give "
                + "all events one label with LabelAll(label).",
                labels);
    }
}
