using System.IO.Compression;
using System.Text;

namespace ParticleImages.Numpy;

/// <summary>Adds arrays to an archive while <see cref="NpzFile.Write"/> writes it. For one thread at a time.</summary>
public sealed class NpzWriter
{
    // Archives of the same arrays are the same bytes, whenever they are written; numpy puts the same date.
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string path;
    private readonly ZipArchive archive;
    private readonly CompressionLevel compression;
    private readonly HashSet<string> names = [];
    private string? unfinished;

    internal NpzWriter(string path, ZipArchive archive, CompressionLevel compression)
    {
        this.path = path;
        this.archive = archive;
        this.compression = compression;
    }

    /// <summary>Adds values in memory.</summary>
    /// <typeparam name="T">The type of the values, which the file keeps.</typeparam>
    /// <param name="name">The array's name; <c>numpy.load(path)[name]</c> finds it.</param>
    /// <param name="values">As many as the axes' product, in C order.</param>
    /// <param name="shape">The length of each axis; if left out, one axis.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or the number of values does not fit the shape.</exception>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Add<T>(string name, T[] values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        Add(name, new NumpyArray<T>(values, shape.IsEmpty ? [values.Length] : shape));
    }

    /// <summary>Adds an array.</summary>
    /// <typeparam name="T">The type of the values, which the file keeps.</typeparam>
    /// <param name="name">The array's name; <c>numpy.load(path)[name]</c> finds it.</param>
    /// <param name="array">The array.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Add<T>(string name, NumpyArray<T> array)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        AddRows<T>(name, [.. array.Shape], rows => rows.Write(array.Values));
    }

    /// <summary>Adds an array block by block: for arrays larger than memory, and than 4 GB.</summary>
    /// <typeparam name="T">The type of the values, which the file keeps.</typeparam>
    /// <param name="name">The array's name; <c>numpy.load(path)[name]</c> finds it.</param>
    /// <param name="shape">The length of each axis.</param>
    /// <param name="write">Writes all values in C order; it may throw to give up the whole archive.</param>
    /// <exception cref="ArgumentException">The name is empty or taken, or the shape impossible.</exception>
    /// <exception cref="InvalidOperationException">
    /// Fewer or more values were written than the shape has, or the callback adds another array meanwhile.
    /// </exception>
    /// <exception cref="NotSupportedException">T is no element type.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public void AddRows<T>(string name, ReadOnlySpan<int> shape, Action<NumpyRowWriter<T>> write)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(write);
        int[] axes = shape.ToArray();
        NumpyShape.CountOf(axes);
        NumpyType.Of<T>();
        AddEntry(name, stream => NumpyRowWriter<T>.WriteTo(stream, $"Array '{name}' of {path}", axes, write));
    }

    /// <summary>Adds a single text; <c>str(numpy.load(path)[name])</c> is the text again.</summary>
    /// <param name="name">The array's name.</param>
    /// <param name="text">The text, without zero characters at its end, which numpy drops.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or taken, or the text ends with a zero character or holds half a surrogate pair.
    /// </exception>
    /// <exception cref="IOException">The disk refused.</exception>
    public void AddText(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.EndsWith('\0'))
        {
            throw new ArgumentException("The text ends with a zero character, which numpy would drop.", nameof(text));
        }

        byte[] bytes = new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true).GetBytes(text);
        AddEntry(name, stream =>
        {
            // numpy knows no text of no characters; a zero character stands for it.
            stream.Write(NumpyHeader.BytesOfText(Math.Max(1, bytes.Length / 4)));
            stream.Write(bytes.Length == 0 ? new byte[4] : bytes);
        });
    }

    /// <summary>An array that gave up, or is still being written, leaves an archive that must not be kept or added to.</summary>
    internal void CheckFinished()
    {
        if (unfinished is not null)
        {
            throw new InvalidOperationException(
                $"Array '{unfinished}' of {path} is not finished. Add one array after the other, and let exceptions pass.");
        }
    }

    private void AddEntry(string name, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        CheckFinished();
        if (!names.Add(name))
        {
            throw new ArgumentException($"{path} has an array '{name}' already.", nameof(name));
        }

        unfinished = name;
        ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", compression);
        entry.LastWriteTime = NoDate;
        using (Stream stream = entry.Open())
        {
            write(stream);
        }

        unfinished = null;
    }
}
