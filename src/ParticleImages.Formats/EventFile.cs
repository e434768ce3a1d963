using System.Collections.Immutable;
using ParticleImages.Formats.Arrow;
using ParticleImages.Formats.Hdf5;
using ParticleImages.Formats.Numpy;
using ParticleImages.Formats.Parquet;
using ParticleImages.Storage;

namespace ParticleImages.Formats;

/// <summary>Files of events: the one place to open, describe and save them, whatever their format.</summary>
/// <remarks>
/// A file is known by how it begins. The ending of its name counts where that is no known format's, so that the format says what is wrong with the file, and in
/// <see cref="Save"/>.
/// All methods may be called from several threads.
/// <example><code>using EventSource photons = EventFile.Open("SinglePhotonPt50_IMGCROPS_n249k_RHv1.hdf5");</code></example>
/// </remarks>
public static class EventFile
{
    // Enough to see an HDF5 signature behind a user block of up to 4096 bytes.
    private const int HeadLength = 4096 + 16;

    /// <summary>The formats known, in the order in which a file is offered to them. A new format is a line here.</summary>
    public static IReadOnlyList<IEventFormat> Formats { get; } = ImmutableArray.Create<IEventFormat>(
        new Hdf5Format(),
        new NpzFormat(),
        new NpyFormat(),
        new ArrowFormat(),
        new ParquetFormat());

    /// <summary>Opens a file's events. Images are read when they are asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">Where the file keeps what; null for <see cref="EventLayout.Default"/>, the public files' layout or what can be detected. <see cref="EventSource.Layout"/> tells what was taken.</param>
    /// <param name="threads">How many threads decode a range at most, at least 1; null for as many as there are cores, 4 at most. Values and errors are the same for any number.</param>
    /// <returns>The events; disposing of the source closes the file.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the layout has layers or says what does not go together.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no threads.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="EventFormatException">The file is of no known format, damaged, or holds no events as the layout says, or several datasets may be what it leaves open.</exception>
    public static EventSource Open(string path, EventLayout? layout = null, int? threads = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        if (layout?.LayerCount is int layers)
        {
            throw new ArgumentException(
                $"The layout has {layers} layers, so a pixel may have several hits, and an image holds one. Read them with EventFile.ReadLayers(path, layout).", nameof(layout));
        }

        return FormatOf(path).Open(path, layout ?? EventLayout.Default, threads ?? SeveralThreads.Usual);
    }

    /// <summary>Reads events of a detector whose third axis is depth instead of time: a cell with a finite energy other than 0 is a hit, and its layer's number its time.</summary>
    /// <remarks>
    /// <c>TimeAxis.Layers</c> gives every layer its frame. Only the hits stay in memory, 10 bytes each. To read again faster keep them with
    /// <see cref="HitFile.Save(HitEvents, string)"/>.
    /// <example><code>HitEvents showers = EventFile.ReadLayers("dataset_2_1.hdf5", PublicLayouts.CaloChallenge2, count: 10_000);</code></example>
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="layout">A layout with <see cref="EventLayout.Layers"/>.</param>
    /// <param name="start">The first event, from 0.</param>
    /// <param name="count">How many; null for all from the first on.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <returns>The hits; their shape is that of a layer.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the layout has no layers or says what does not go with them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the file.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="EventFormatException">The file is of no known format, damaged, or holds no such layers.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static HitEvents ReadLayers(string path, EventLayout layout, int start = 0, int? count = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return LayerReader.Read(path, FormatOf(path), layout, start, count, cancellation);
    }

    /// <summary>Opens several files' events, one file after another, as one source.</summary>
    /// <remarks>
    /// Where files have different layouts, for example one label each, open them one by one and join them by
    /// <see cref="EventSource.Concat(IReadOnlyList{EventSource}, bool)"/>.
    /// </remarks>
    /// <param name="paths">The files, at least one; a file named twice is opened twice.</param>
    /// <param name="layout">Where every one of them keeps what; null for <see cref="EventLayout.Default"/>.</param>
    /// <param name="threads">How many threads decode a range at most, as in <see cref="Open"/>.</param>
    /// <returns>The events; disposing of the source closes all files. Where one can't be opened the others are closed.</returns>
    /// <exception cref="ArgumentException">There is no path, one is empty, or the images' sizes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no threads.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="EventFormatException">A file is of no known format, damaged, or holds no events as the layout says; or one .npy file of labels would do for several of images.</exception>
    public static EventSource OpenAll(IReadOnlyList<string> paths, EventLayout? layout = null, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw new ArgumentException("There is no path. Name one file or more.", nameof(paths));
        }

        var files = new List<EventSource>(paths.Count);
        try
        {
            foreach (string path in paths)
            {
                files.Add(Open(path, layout, threads));
            }

            NpyFormat.CheckLabelsOf(paths.Where(path => FormatOf(path) is NpyFormat), layout ?? EventLayout.Default);
            return EventSource.Concat(files, leaveOpen: false);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    /// <summary>Lists the datasets or arrays of a file, events or not: what to look at when a layout does not fit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>One description a dataset, in the file's order.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="EventFormatException">The file is of no known format, or damaged.</exception>
    public static IReadOnlyList<DatasetDescription> Describe(string path) => FormatOf(path).Describe(path);

    /// <summary>Reads the texts that a file keeps beside its events, for example that they are synthetic.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Names and texts; empty where there are none.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="EventFormatException">The file is of no known format, or damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadAttributes(string path) => FormatOf(path).ReadAttributes(path);

    /// <summary>Tells a file's format by how the file begins or, where that is no known format's, by the ending of its name.</summary>
    /// <param name="path">The file.</param>
    /// <returns>One of <see cref="Formats"/>.</returns>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="EventFormatException">The path is a folder, a pipe, a device or a circle of links, or the file empty or of no known format by content and name.</exception>
    public static IEventFormat FormatOf(string path)
    {
        byte[] head = ReadHead(path);
        return Formats.FirstOrDefault(format => format.Recognizes(head))
            ?? FormatOfName(path)
            ?? throw new EventFormatException(
                $"{path} is of no format known here: it begins with the bytes "
                + $"{Convert.ToHexString(head.AsSpan(0, Math.Min(8, head.Length)))}. Known are {KnownFormats()}. "
                + "Convert the file, or look whether the download is what it should be.",
                path);
    }

    /// <summary>Writes events to a file, whole or not at all; an existing file is replaced at the end.</summary>
    /// <param name="events">The events, read once, front to back, a batch at a time.</param>
    /// <param name="path">The file; its ending chooses the format. Its folder is made if it is missing.</param>
    /// <param name="attributes">Texts to keep with the file where the format can; null for none.</param>
    /// <param name="progress">Told the number of events written so far; null to leave it out.</param>
    /// <param name="cancellation">Stops between two batches; what stood at the path before is as it was.</param>
    /// <exception cref="ArgumentException">
    /// The path is empty, or its ending is no known format's; or an attribute has no name or one of the format's own, or holds a zero character or half a surrogate pair.
    /// </exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public static void Save(
        EventSource events,
        string path,
        IReadOnlyDictionary<string, string>? attributes = null,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        IEventFormat format = FormatOfName(path)
            ?? throw new ArgumentException(
                $"The ending '{Path.GetExtension(path)}' of {path} is no known format's. Known are {KnownFormats()}.", nameof(path));
        format.Save(path, events, attributes ?? ImmutableDictionary<string, string>.Empty, progress, cancellation);
    }

    private static IEventFormat? FormatOfName(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return Formats.FirstOrDefault(format => format.Extensions.Contains(extension));
    }

    private static string KnownFormats() =>
        string.Join("; ", Formats.Select(format => $"{format.Name} ({string.Join(", ", format.Extensions)})"));

    private static byte[] ReadHead(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}. {WhatThereIs(path)}", path);
        }

        using FileStream stream = InputFile.Open(path);
        var head = new byte[HeadLength];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }

    private static string WhatThereIs(string path)
    {
        const int shown = 5;
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            return $"Nor is there a folder {folder}.";
        }

        try
        {
            string wanted = Path.GetFileName(path);
            string[] names = [.. Directory.EnumerateFiles(folder)
                .Select(file => Path.GetFileName(file))
                .Where(name => FormatOfName(name) is not null)
                .OrderBy(name => NameDistance.Between(name, wanted))
                .ThenBy(name => name, StringComparer.Ordinal)];
            return names.Length == 0
                ? $"The folder {folder} holds no file of a known format."
                : $"The folder {folder} holds {string.Join(", ", names.Take(shown))}"
                    + (names.Length > shown ? $" and {names.Length - shown} more of known formats." : ".");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "Check the path.";
        }
    }
}
