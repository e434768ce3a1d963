using System.Collections.Immutable;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats;

/// <summary>
/// Hits in a file, ready to use where they stand: an Arrow file of 10 bytes a hit that opens in milliseconds, however
/// large it is. The place to keep what was found once in a large file of images.
/// </summary>
/// <remarks>
/// <para>
/// The file is mapped into memory: what is used is read by the system when it is used, and shared by all programs that use it. As long as it
/// is open nobody may shorten or change it (<see cref="Save(EventSource, string, IReadOnlyDictionary{string, string}?, ArrowCompression, IProgress{int}?, CancellationToken)"/>
/// replaces it instead, which is harmless, or refused by Windows): a program that uses a mapped page behind a file's end is ended by the system. Where a
/// file was shortened more than a hundredth of a second before, that is noticed and an <see cref="EventFormatException"/>.
/// </para>
/// <para>
/// Dispose of it when its <see cref="Events"/> are no longer in use, on any thread; spans of them must not be used
/// after. One that is never disposed of stays open to the program's end. Thread safety: <see cref="Events"/> may be read from several threads.
/// </para>
/// <example><code>
/// HitFile.Save(photons, "photons.arrow");
/// using HitFile file = HitFile.Open("photons.arrow");
/// VoxelGrid grid = voxelizer.Bin(file.Events);
/// </code></example>
/// </remarks>
public sealed class HitFile : IDisposable
{
    private readonly ArrowFile file;
    private readonly ArrowMapping mapping;
    private readonly HitEvents events;

    private HitFile(ArrowFile file, ArrowMapping mapping, HitEvents events)
    {
        this.file = file;
        this.mapping = mapping;
        this.events = events;
    }

    /// <summary>The file, as it was given.</summary>
    public string Path => file.Path;

    /// <summary>
    /// The events. Energies, times and pixels are looked at when they are first used: a value that no hit has is an
    /// <see cref="EventFormatException"/> then. Of a compressed file, what was used stays decoded in memory.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public HitEvents Events
    {
        get
        {
            ObjectDisposedException.ThrowIf(mapping.IsDisposed, this);
            return events;
        }
    }

    /// <summary>Opens a file of hits. Labels, and where each event's hits stand, are read and checked: 8 bytes an event.</summary>
    /// <param name="path">An Arrow file with a column of hits.</param>
    /// <param name="layout">Which columns to read where they are not <c>hits</c> and <c>labels</c>; null for <see cref="EventLayout.Default"/>.</param>
    /// <returns>The file; disposing of it closes it.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="EventFormatException">The file is no Arrow file, damaged, or holds no hits of events.</exception>
    public static HitFile Open(string path, EventLayout? layout = null)
    {
        IEventFormat format = EventFile.FormatOf(path);
        if (format is not ArrowFormat)
        {
            throw new EventFormatException(
                $"{path} is a file of {format.Name}; hits stand in Arrow files. Open it with EventFile.Open(path), and keep its hits with HitFile.Save(events, path).", path);
        }

        return Over(ArrowFile.Open(path), layout ?? EventLayout.Default);
    }

    /// <summary>Finds the hits of events and writes them to a file, whole or not at all; an existing file is replaced at the end.</summary>
    /// <remarks>
    /// A hit is a pixel with a finite energy other than 0 and a finite time; what other pixels hold is not kept. To keep images bit for bit
    /// use <see cref="EventFile.Save"/>. A few thousand events are in memory at a time.
    /// </remarks>
    /// <param name="events">The events, read once, front to back.</param>
    /// <param name="path">The file, usually with the ending <c>.arrow</c>; <c>.arrows</c> makes a stream. Its folder is made if it is missing.</param>
    /// <param name="attributes">Texts to keep with the file, which <see cref="EventFile.ReadAttributes"/> reads; null for none.</param>
    /// <param name="compression">How to compress the hits; a compressed file is smaller, and decoded in memory when it is used.</param>
    /// <param name="progress">Told the number of events written so far; null to leave it out.</param>
    /// <param name="cancellation">Stops between two parts; what stood at the path before is as it was.</param>
    /// <exception cref="ArgumentException">The path is empty, or an attribute has no name or one of the file's own, or holds a zero character or half a surrogate pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The compression is not known.</exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Save(
        EventSource events,
        string path,
        IReadOnlyDictionary<string, string>? attributes = null,
        ArrowCompression compression = ArrowCompression.None,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArrowHitWriter.Write(
            path, events.ImageShape, ArrowHitWriter.PartsOf(events, cancellation), attributes ?? ImmutableDictionary<string, string>.Empty, compression, progress, cancellation);
    }

    /// <summary>Writes hits to a file, uncompressed, whole or not at all; an existing file is replaced at the end.</summary>
    /// <param name="hits">The events.</param>
    /// <param name="path">The file, usually with the ending <c>.arrow</c>; <c>.arrows</c> makes a stream. Its folder is made if it is missing.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Save(HitEvents hits, string path) => Save(hits, path, null, ArrowCompression.None, default);

    /// <summary>Writes hits to a file, whole or not at all; an existing file is replaced at the end.</summary>
    /// <param name="hits">The events.</param>
    /// <param name="path">The file, usually with the ending <c>.arrow</c>; <c>.arrows</c> makes a stream. Its folder is made if it is missing.</param>
    /// <param name="attributes">Texts to keep with the file, which <see cref="EventFile.ReadAttributes"/> reads; null for none.</param>
    /// <param name="compression">How to compress the hits; a compressed file is smaller, and decoded in memory when it is used.</param>
    /// <param name="cancellation">Stops between two parts; what stood at the path before is as it was.</param>
    /// <exception cref="ArgumentException">The path is empty, or an attribute has no name or one of the file's own, or holds a zero character or half a surrogate pair.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The compression is not known.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Save(
        HitEvents hits,
        string path,
        IReadOnlyDictionary<string, string>? attributes,
        ArrowCompression compression,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(hits);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArrowHitWriter.Write(
            path, hits.Shape, [hits], attributes ?? ImmutableDictionary<string, string>.Empty, compression, null, cancellation);
    }

    /// <summary>Closes the file: its hits must not be used any more.</summary>
    public void Dispose()
    {
        mapping.Dispose();
        file.Dispose();
    }

    /// <summary>Takes an open file, and closes it where it holds no hits.</summary>
    internal static HitFile Over(ArrowFile file, EventLayout layout)
    {
        ArrowMapping? mapping = null;
        try
        {
            mapping = new ArrowMapping(file.Bytes);
            return new HitFile(file, mapping, ArrowHits.Read(file, mapping, layout));
        }
        catch
        {
            mapping?.Dispose();
            file.Dispose();
            throw;
        }
    }
}
