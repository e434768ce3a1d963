namespace ParticleImages.Formats.Hdf5;

/// <summary>HDF5 files, in the layout of the public electron and photon files, or another that is stated or detected.</summary>
/// <remarks>
/// Reads images of float16, float32 and float64 in either byte order, converted by value to float32, and labels of any
/// integer, truth value or float; contiguous, compact and chunked, with the filters gzip, lzf, shuffle and fletcher32.
/// Of a chunked file at most 64 MiB of decoded rows are kept for the next range, or one row of chunks where that is
/// more. Writes <c>/X</c> (events, rows, columns, 2) float32 in chunks of up to 256 whole images, shuffled and
/// gzip-compressed, and <c>/y</c> (events) float32. Source: HDF5 File Format Specification 3.0. Stateless; safe to use
/// from several threads.
/// </remarks>
public sealed class Hdf5Format : IEventFormat
{
    /// <inheritdoc/>
    public string Name => "HDF5";

    /// <inheritdoc/>
    public IReadOnlyList<string> Extensions { get; } = [".hdf5", ".h5", ".hdf", ".he5"];

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> head) => Superblock.FindSignature(head) >= 0;

    /// <inheritdoc/>
    public EventSource Open(string path, EventLayout layout) => Open(path, layout, SeveralThreads.Usual);

    /// <inheritdoc/>
    /// <remarks>Threads read and decode the chunks of one range side by side, and share what is large of one piece; values that are converted are converted by one.</remarks>
    public EventSource Open(string path, EventLayout layout, int threads)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new Hdf5EventSource(path, layout, threads);
    }

    /// <inheritdoc/>
    public IReadOnlyList<DatasetDescription> Describe(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using Hdf5File file = Hdf5File.Open(path);
        return file.Describe();
    }

    /// <inheritdoc/>
    /// <remarks>They are the attributes of the root group that are single texts; others are left out.</remarks>
    public IReadOnlyDictionary<string, string> ReadAttributes(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using Hdf5File file = Hdf5File.Open(path);
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
        Hdf5EventWriter.Write(path, events, attributes, progress, cancellation);
    }
}
