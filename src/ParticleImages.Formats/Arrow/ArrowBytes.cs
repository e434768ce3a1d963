using Microsoft.Win32.SafeHandles;
using ParticleImages.Storage;

namespace ParticleImages.Formats.Arrow;

/// <summary>
/// A file read from anywhere. Images are read to their place rather than mapped: that is as fast, and a file that
/// shrinks or a network that fails is an error then and not the end of the process.
/// </summary>
internal sealed class ArrowBytes(string path) : IDisposable
{
    private readonly SafeFileHandle handle = InputFile.OpenHandle(path, FileOptions.RandomAccess);

    public string Path => path;

    /// <summary>The file's length when it was opened.</summary>
    public long Length => field == 0 ? field = RandomAccess.GetLength(handle) : field;

    public SafeFileHandle Handle => handle;

    /// <summary>Reads as many bytes as are wanted.</summary>
    /// <exception cref="EventFormatException">The file ends before.</exception>
    public void Read(long start, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(handle, bytes, start);
            if (read == 0)
            {
                throw new EventFormatException(
                    $"{path} is truncated: it ends at byte {start}, and more should follow. Copy or make it again.", path);
            }

            bytes = bytes[read..];
            start += read;
        }
    }

    public byte[] Read(long start, int length)
    {
        var bytes = new byte[length];
        Read(start, bytes);
        return bytes;
    }

    public void Dispose() => handle.Dispose();
}
