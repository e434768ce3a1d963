using System.IO.Compression;
using ParticleImages.Storage;

namespace ParticleImages.Numpy;

/// <summary>Several named arrays in a zip archive, as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write them.</summary>
/// <remarks>For one thread at a time. The arrays' readers must not outlive the archive.</remarks>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    // Deflate can't do better than this, so an entry that claims more is lying.
    private const ulong MostDeflation = 1032;

    private readonly string path;
    private readonly long fileBytes;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = [];

    private NpzFile(string path, long fileBytes, ZipArchive archive)
    {
        this.path = path;
        this.fileBytes = fileBytes;
        this.archive = archive;
        var names = new List<string>();
        foreach (ZipArchiveEntry entry in archive.Entries.Where(
            entry => entry.FullName.EndsWith(Extension, StringComparison.Ordinal)))
        {
            string name = entry.FullName[..^Extension.Length];
            if (!entries.TryAdd(name, entry))
            {
                throw new NumpyOrigin(path, name).Refuse("two arrays have this name. Write the archive again.");
            }

            names.Add(name);
        }

        Names = names.AsReadOnly();
    }

    /// <summary>The arrays' names, in the archive's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens an archive. Its list of arrays is read, no array yet.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The archive, which holds the file open until it is disposed of.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="EventFormatException">The file is no zip archive, or is truncated.</exception>
    public static NpzFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = InputFile.Open(path);
        try
        {
            return new NpzFile(path, file.Length, new ZipArchive(file, ZipArchiveMode.Read));
        }
        catch (InvalidDataException cause)
        {
            bool npy = HoldsOneArray(file);
            file.Dispose();
            throw new NumpyOrigin(path, null).Refuse(
                npy ? "this is a single array, as .npy files are. Read it with NpyFile."
                    : "this is no zip archive, or a truncated one. An .npz file is a zip archive of arrays.",
                cause: cause);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a whole array, converted to T by value; see <see cref="NumpyArrayReader"/>.</summary>
    /// <typeparam name="T">The wanted type of the values.</typeparam>
    /// <param name="name">The array's name, without <c>.npy</c>.</param>
    /// <returns>The array, in C order.</returns>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="EventFormatException">There is no such array, it is damaged or holds other than numbers, or a value does not fit T.</exception>
    public NumpyArray<T> Read<T>(string name)
        where T : unmanaged
    {
        using NumpyArrayReader reader = OpenArray(name);
        return reader.ReadAll<T>();
    }

    /// <summary>Opens an array to read rows of it. Its header is read and checked against the archive.</summary>
    /// <param name="name">The array's name, without <c>.npy</c>.</param>
    /// <returns>A reader; dispose of it before the archive.</returns>
    /// <exception cref="EventFormatException">There is no such array, or its header is damaged.</exception>
    public NumpyArrayReader OpenArray(string name)
    {
        ZipArchiveEntry entry = Find(name);
        return new NumpyArrayReader(
            new NumpyOrigin(path, name),
            () => new ChecksummedStream(entry.Open(), entry.Length, entry.Crc32));
    }

    /// <summary>Reads an array that is a single text, such as <see cref="NpzWriter.AddText"/> or <c>numpy.array("…")</c> make.</summary>
    /// <param name="name">The array's name, without <c>.npy</c>.</param>
    /// <returns>The text.</returns>
    /// <exception cref="EventFormatException">There is no such array, it is damaged or no single text.</exception>
    public string ReadText(string name)
    {
        using NumpyArrayReader reader = OpenArray(name);
        return reader.ReadText();
    }

    /// <summary>Writes an archive, whole or not at all.</summary>
    /// <example>
    /// <code>
    /// NpzFile.Write("voxels.npz", archive =>
    /// {
    ///     archive.Add("edges", edges);
    ///     archive.AddRows&lt;float&gt;("voxels", [count, 21, 32, 32], rows => rows.Write(block));
    /// });
    /// </code>
    /// </example>
    /// <param name="path">The file; an existing one is replaced at the end.</param>
    /// <param name="write">Adds the arrays; it may throw to give up, and nothing is left behind.</param>
    /// <param name="compression">
    /// How to pack the arrays. <see cref="CompressionLevel.NoCompression"/> stores them as they are.
    /// </param>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Write(
        string path, Action<NpzWriter> write, CompressionLevel compression = CompressionLevel.Optimal)
    {
        ArgumentNullException.ThrowIfNull(write);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            var writer = new NpzWriter(path, archive, compression);
            write(writer);
            writer.CheckFinished();
        });
    }

    /// <summary>Whether an array is packed, or stored as it is.</summary>
    /// <param name="name">The array's name, without <c>.npy</c>.</param>
    /// <returns>True where it takes another size in the archive than unpacked.</returns>
    /// <exception cref="EventFormatException">There is no such array.</exception>
    public bool IsCompressed(string name)
    {
        ZipArchiveEntry entry = Find(name);
        return entry.CompressedLength != entry.Length;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => archive.Dispose();

    private static bool HoldsOneArray(FileStream file)
    {
        Span<byte> head = stackalloc byte[NumpyHeader.Magic.Length];
        file.Position = 0;
        int got = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..got].SequenceEqual(NumpyHeader.Magic);
    }

    private ZipArchiveEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            throw new EventFormatException(
                $"No array '{name}' in {path}. "
                + (Names.Count == 0 ? "It has none." : $"It has '{string.Join("', '", Names)}'."),
                path,
                name);
        }

        // The sizes are the archive's claim; memory is allocated by them, so they must be possible.
        if ((ulong)entry.CompressedLength > (ulong)fileBytes
            || (ulong)entry.Length > (ulong)(entry.CompressedLength + 1) * MostDeflation)
        {
            throw new NumpyOrigin(path, name).Refuse(
                $"the archive claims {entry.Length} bytes unpacked from {entry.CompressedLength} in a file of {fileBytes}, which is impossible. The file is damaged.");
        }

        return entry;
    }
}
