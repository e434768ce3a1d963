namespace ParticleImages.Formats.Arrow;

/// <summary>Arrow files, which are Feather files of version 2 too, and Arrow streams.</summary>
/// <remarks>
/// <para>
/// Reads images in a column of lists of fixed size, float16, float32 or float64, converted by value to float32, or hits in a column
/// <c>list&lt;struct&lt;pixel: uint16, energy: float32, time: float32&gt;&gt;</c>; labels of any integer, truth value or float; without names in the
/// layout the columns <c>images</c> or <c>hits</c>, and <c>labels</c>, or the only ones that can be. The size of the images stands in the schema's metadata as
/// <c>image_height</c> and <c>image_width</c>, in nested lists, or in the shape of a <c>fixed_shape_tensor</c>. Buffers as they are or
/// compressed with lz4 or zstd. Any event of an uncompressed file is found at once; of a compressed one its record batch is decoded.
/// </para>
/// <para>
/// Writes <c>images</c> as a tensor of float32 and <c>labels</c> as int32, in record batches of 8 MiB; attributes as metadata of the schema;
/// the streaming form where the name ends with <c>.arrows</c>, else the file form.
/// For hits see <see cref="HitFile"/>. Source: Arrow columnar format 1.5. Stateless; safe to use from several threads.
/// </para>
/// </remarks>
/// <param name="compression">How <see cref="Save"/> compresses; <see cref="ArrowCompression.None"/> by default.</param>
public sealed class ArrowFormat(ArrowCompression compression = ArrowCompression.None) : IEventFormat
{
    /// <inheritdoc/>
    public string Name => "Arrow";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".arrow", ".feather", ".ipc", ArrowOutput.StreamExtension];

    /// <inheritdoc/>
    /// <remarks>Files begin with <c>ARROW1</c>, streams with a message that is a schema.</remarks>
    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith(ArrowFile.Magic) || ArrowFile.BeginsStream(head);

    /// <inheritdoc/>
    public EventSource Open(string path, EventLayout layout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(layout);
        ArrowFile file = ArrowFile.Open(path);
        try
        {
            EventLayout found = ArrowColumns.Find(file, layout);
            int column = ArrowColumns.IndexOf(file, found.ImagesName!);
            return ArrowColumns.AreHits(file.Schema.Fields[column])
                ? new ArrowHitSource(HitFile.Over(file, found), found)
                : new ArrowImageSource(file, column, found);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The storage tells how many record batches there are, the rows of the smallest and the largest, and how they are compressed.</remarks>
    public IReadOnlyList<DatasetDescription> Describe(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using ArrowFile file = ArrowFile.Open(path);
        string storage = RowParts.Text(
            "record batch",
            "record batches",
            [.. file.Batches.Select(batch => batch.Rows)],
            file.Batches.Select(batch => batch.Compression == ArrowCompression.None ? "uncompressed" : batch.Compression.ToString().ToLowerInvariant()));
        return [.. file.Schema.Fields.Select(field =>
        {
            (IReadOnlyList<int> sizes, ArrowField values) = ArrowColumns.ListsOf(field);
            return new DatasetDescription(field.Name, [file.Rows, .. sizes], values.TypeName, storage);
        })];
    }

    /// <inheritdoc/>
    /// <remarks>They are the metadata of the schema, without the images' height and width and what pandas keeps there.</remarks>
    public IReadOnlyDictionary<string, string> ReadAttributes(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using ArrowFile file = ArrowFile.Open(path);
        return file.Schema.Texts
            .Where(text => ArrowOutput.IsAttribute(text.Key))
            .ToDictionary(text => text.Key, text => text.Value);
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
        ArrowImageWriter.Write(path, events, attributes, compression, progress, cancellation);
    }
}
