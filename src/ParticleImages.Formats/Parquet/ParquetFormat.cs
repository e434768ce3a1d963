namespace ParticleImages.Formats.Parquet;

/// <summary>Parquet files: images as lists of lists of numbers, or tables with a row a hit.</summary>
/// <remarks>
/// <para>
/// Reads images from a column of lists, (rows, columns, 2) or (2, rows, columns), or (rows, columns) with
/// <see cref="EventLayout.TimeAll"/>; <see cref="EventLayout.Channel"/> takes one of several channels, as in jets of tracks and two
/// calorimeters. Without a name in the layout it is <c>X_jets</c>, <c>X</c> or <c>images</c>, or the only one that can be. Or a table of hits with the columns
/// <c>event</c>, <c>row</c>, <c>column</c>, <c>energy</c> and <c>time</c>, events ascending. Labels are in <c>y</c>, <c>label</c> or
/// <c>labels</c>. Numbers of any type are converted by value; a missing value is an error. One row group is decoded at a time and kept for the
/// next range.
/// </para>
/// <para>
/// Writes a table of hits, compressed by zstd, attributes as the file's key-value metadata. Source: Apache Parquet format 2.11. Stateless; safe
/// to use from several threads.
/// </para>
/// </remarks>
public sealed class ParquetFormat : IEventFormat
{
    /// <inheritdoc/>
    public string Name => "Parquet";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".parquet", ".pq"];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PAR1"u8);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The layout chooses a channel and gives no time.</exception>
    public EventSource Open(string path, EventLayout layout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(layout);
        return ParquetEvents.Open(path, layout);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Columns have one length, the number of rows: how long lists are is known only to those who read them. The storage tells how many row groups
    /// there are, the rows of the smallest and the largest, and how the column is compressed in them.
    /// </remarks>
    public IReadOnlyList<DatasetDescription> Describe(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using ParquetFile file = ParquetFile.Open(path);
        return [.. file.Columns.Select(column => column.Describe())];
    }

    /// <inheritdoc/>
    /// <remarks>They are the file's key-value metadata, without what pandas and Arrow keep there for themselves.</remarks>
    public IReadOnlyDictionary<string, string> ReadAttributes(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using ParquetFile file = ParquetFile.Open(path);
        return file.Attributes();
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
        ParquetEventWriter.Write(path, events, attributes, progress, cancellation);
    }
}
