namespace ParticleImages.Formats;

/// <summary>
/// A file format that events can be read from and written to. Implementing it is all that a format takes: its sources are as all others. Formats that
/// <see cref="EventFile"/> knows have a line in <see cref="EventFile.Formats"/>, too, which is a change of the library. Implementations hold no state and may be used from
/// several threads.
/// </summary>
public interface IEventFormat
{
    /// <summary>What people call it, for example <c>HDF5</c>.</summary>
    string Name { get; }

    /// <summary>File name endings with their dot, in lower case, the usual one first, for example <c>.hdf5</c>, <c>.h5</c>.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a file that begins with these bytes is of this format.</summary>
    /// <param name="head">The first 4 KiB of the file and a little more, or all of it if it is shorter.</param>
    /// <returns>True when the signature is this format's.</returns>
    bool Recognizes(ReadOnlySpan<byte> head);

    /// <summary>Opens a file's events. The header is read and checked; images are read when asked for.</summary>
    /// <remarks>
    /// For a layout with <see cref="EventLayout.Layers"/> an image is one row of all cells of an event, in the file's order, at time 0, and
    /// <see cref="EventSource.Layout"/> tells the size of a layer: what <see cref="EventFile.ReadLayers"/> asks for. A format may refuse it.
    /// </remarks>
    /// <param name="path">An existing file of this format.</param>
    /// <param name="layout">Where the file keeps what.</param>
    /// <returns>The events; disposing of the source closes the file.</returns>
    /// <exception cref="EventFormatException">The file is damaged or holds no such events.</exception>
    EventSource Open(string path, EventLayout layout);

    /// <summary>Opens a file's events, to be decoded on several threads where the format can.</summary>
    /// <param name="path">An existing file of this format.</param>
    /// <param name="layout">Where the file keeps what.</param>
    /// <param name="threads">How many threads at most, at least 1. A format that leaves this method out decodes on as many as it pleases.</param>
    /// <returns>The events; disposing of the source closes the file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no threads.</exception>
    /// <exception cref="EventFormatException">The file is damaged or holds no such events.</exception>
    EventSource Open(string path, EventLayout layout, int threads) => Open(path, layout);

    /// <summary>Lists the datasets or arrays of a file, events or not.</summary>
    /// <param name="path">An existing file of this format.</param>
    /// <returns>One description a dataset, in the file's order.</returns>
    /// <exception cref="EventFormatException">The file is damaged.</exception>
    IReadOnlyList<DatasetDescription> Describe(string path);

    /// <summary>Reads the texts that were kept with a file, as <see cref="Save"/> writes them.</summary>
    /// <param name="path">An existing file of this format.</param>
    /// <returns>Names and texts; empty for a format that keeps none, which is what a format does that leaves this out.</returns>
    /// <exception cref="EventFormatException">The file is damaged.</exception>
    IReadOnlyDictionary<string, string> ReadAttributes(string path) =>
        System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>Writes events whole or not at all, in the layout that <see cref="EventLayout.Default"/> reads back.</summary>
    /// <param name="path">The file; an existing one is replaced at the end.</param>
    /// <param name="events">The events, read once, front to back, a batch at a time.</param>
    /// <param name="attributes">Texts to keep with the file where the format can, for example where the events come from.</param>
    /// <param name="progress">Told the number of events written so far, or null.</param>
    /// <param name="cancellation">Stops between two batches; nothing is left behind.</param>
    void Save(
        string path,
        EventSource events,
        IReadOnlyDictionary<string, string> attributes,
        IProgress<int>? progress,
        CancellationToken cancellation);
}
