using ParticleImages.Numpy;

namespace ParticleImages.Formats.Numpy;

/// <summary>Archives of arrays, as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write them.</summary>
/// <remarks>
/// <para>
/// Reads images of float16, float32 and float64 in either byte order, converted by value to float32, and labels of any
/// integer, truth value or float; without names in the layout the arrays <c>X</c> or <c>images</c>, and <c>y</c> or <c>labels</c>, or the only ones that can be.
/// An archive is read forward: a range behind the one read last costs what lies between them, a range before it costs
/// all from the first event on. Read in order, shuffle through a buffer (<see cref="EventBatches.Shuffled"/>), or keep the hits in memory
/// (<see cref="HitEvents"/>).
/// </para>
/// <para>
/// Writes <c>images</c> (events, rows, columns, 2) float32 and <c>labels</c> (events) int32, since a label is the number of a class,
/// compressed, and attributes as a JSON text in <c>attributes</c>: <c>json.loads(str(file["attributes"]))</c>.
/// Source: the documentation of <c>numpy.lib.format</c>. Stateless; safe to use from several threads.
/// </para>
/// </remarks>
public sealed class NpzFormat : IEventFormat
{
    private static readonly string[] UsualImages = ["X", NpzEventWriter.Images];
    private static readonly string[] UsualLabels = ["y", NpzEventWriter.Labels];

    /// <inheritdoc/>
    public string Name => "npz";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".npz"];

    /// <inheritdoc/>
    /// <remarks>Zip archives begin with <c>PK 3 4</c>, empty ones with <c>PK 5 6</c>.</remarks>
    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    /// <inheritdoc/>
    public EventSource Open(string path, EventLayout layout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(layout);
        NpzFile archive = NpzFile.Open(path);
        NamedArray? images = null, labels = null;
        try
        {
            var datasets = new EventDatasets(path, "array", UsualImages, UsualLabels, Candidates);
            images = Open(datasets.Images(layout, archive.Names.Contains) ?? throw Missing(UsualImages, nameof(EventLayout.Images)));
            var axes = NumpyEventSource.AxesOf(images, layout, datasets.IsUsual(images.Name));
            string? labelsName = datasets.Labels(layout, archive.Names.Contains, axes.Count, images.Name);
            labels = layout.ConstantLabel is null ? Open(labelsName ?? throw Missing(UsualLabels, nameof(EventLayout.Labels))) : null;
            return new NumpyEventSource(path, layout, axes, images, labels, archive);
        }
        catch
        {
            images?.Reader.Dispose();
            labels?.Reader.Dispose();
            archive.Dispose();
            throw;
        }

        NamedArray Open(string name) => new(path, name, archive.OpenArray(name));

        IReadOnlyList<CandidateDataset> Candidates() => [.. archive.Names.Select(name =>
        {
            using NumpyArrayReader reader = archive.OpenArray(name);
            return new CandidateDataset(name, reader.Shape, reader.ElementType, NumpyEventSource.IsFloat(reader), reader.IsNumeric);
        })];

        EventFormatException Missing(string[] names, string verb) => new(
            $"{path} has neither '{names[0]}' nor '{names[1]}', and no other array that can be the {verb.ToLowerInvariant()}. "
            + (archive.Names.Count == 0 ? "It has no arrays. " : $"It has '{string.Join("', '", archive.Names)}'. ")
            + $"Name the array with EventLayout.Default.{verb}(name)"
            + (verb == nameof(EventLayout.Labels) ? ", or give all events one label with LabelAll(label)." : "."),
            path);
    }

    /// <inheritdoc/>
    public IReadOnlyList<DatasetDescription> Describe(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using NpzFile archive = NpzFile.Open(path);
        return [.. archive.Names.Select(Of)];

        DatasetDescription Of(string name)
        {
            using NumpyArrayReader reader = archive.OpenArray(name);
            string storage = archive.IsCompressed(name) ? "deflated" : "stored";
            return new(name, reader.Shape, reader.ElementType, reader.IsFortranOrder ? storage + ", Fortran order" : storage);
        }
    }

    /// <inheritdoc/>
    /// <remarks>They are the JSON text in <c>attributes</c> that <see cref="Save"/> writes; an array of that name with anything else is left alone.</remarks>
    public IReadOnlyDictionary<string, string> ReadAttributes(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using NpzFile archive = NpzFile.Open(path);
        return NpzEventWriter.ReadAttributes(archive);
    }

    /// <inheritdoc/>
    public void Save(
        string path,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(attributes);
        NpzEventWriter.Write(path, events, attributes, progress, cancellation);
    }
}
