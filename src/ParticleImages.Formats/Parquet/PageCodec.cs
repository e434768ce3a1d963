using System.IO.Compression;
using System.Runtime.InteropServices;
using K4os.Compression.LZ4;
using Parquet.Meta;
using Snappier;
using ZstdSharp;

namespace ParticleImages.Formats.Parquet;

/// <summary>What compressed pages hold, by the very libraries with which Parquet.Net decompresses them, so that both see the same.</summary>
internal static class PageCodec
{
    // What streams of decompressed bytes are read by, until they have shown that they give more.
    private const int FirstLength = 1 << 20;

    /// <summary>
    /// How many bytes one compressed byte gives at most: a copy of 64 in three (snappy), 258 in two bits (gzip), 255 in one (lz4_raw), a block of 128 KiB
    /// in four (zstd). Of brotli nobody can say.
    /// </summary>
    public static long MostExpansion(CompressionCodec codec) => codec switch
    {
        CompressionCodec.SNAPPY => 22,
        CompressionCodec.GZIP => 1032,
        CompressionCodec.LZ4_RAW => 255,
        CompressionCodec.ZSTD => 1 << 15,
        _ => int.MaxValue,
    };

    /// <summary>The most that a block gives, of codecs whose frames need not say what is in them; 0 for the others.</summary>
    public static long BlockOf(CompressionCodec codec) => codec == CompressionCodec.ZSTD ? 1 << 17 : 0;

    /// <summary>How many bytes compressed data say that they give; 0 for codecs that don't say. Parquet.Net believes it and takes the memory.</summary>
    /// <exception cref="NotSupportedException">The codec is none that is read.</exception>
    public static long LengthOf(CompressionCodec codec, ReadOnlySpan<byte> compressed) => codec switch
    {
        CompressionCodec.SNAPPY => Snappy.GetUncompressedLength(compressed),

        // Of all frames: there may be several one after the other.
        CompressionCodec.ZSTD => (long)Math.Min(long.MaxValue, Decompressor.GetDecompressedSize(compressed)),
        CompressionCodec.GZIP or CompressionCodec.BROTLI or CompressionCodec.LZ4_RAW => 0,
        _ => throw new NotSupportedException($"it is compressed by {NameOf(codec)}; snappy, gzip, brotli, zstd and lz4_raw are read"),
    };

    /// <summary>Decompresses data.</summary>
    /// <param name="codec">How they are compressed, if they are.</param>
    /// <param name="compressed">The data.</param>
    /// <param name="length">How many bytes they should give.</param>
    /// <param name="buffer">Takes the bytes; made longer where it is too short.</param>
    /// <exception cref="InvalidDataException">They give fewer or more, or others than gzip's checksum says.</exception>
    public static ReadOnlySpan<byte> Decompress(CompressionCodec codec, ReadOnlyMemory<byte> compressed, int length, ref byte[] buffer)
    {
        if (codec == CompressionCodec.UNCOMPRESSED)
        {
            return compressed.Span;
        }

        int found = codec switch
        {
            CompressionCodec.SNAPPY => Snappy.Decompress(compressed.Span, Reserve(ref buffer, length)),
            CompressionCodec.ZSTD => Zstandard(compressed.Span, Reserve(ref buffer, length)),
            CompressionCodec.LZ4_RAW => LZ4Codec.Decode(compressed.Span, Reserve(ref buffer, length)),
            CompressionCodec.GZIP => Fill(new GZipStream(Stream(compressed), CompressionMode.Decompress), length, ref buffer),
            _ => Fill(new BrotliStream(Stream(compressed), CompressionMode.Decompress), length, ref buffer),
        };
        return found == length
            ? buffer.AsSpan(0, length)
            : throw new InvalidDataException(found < 0
                ? $"a page's {NameOf(codec)} data do not decompress to {length} bytes"
                : $"a page's {NameOf(codec)} data decompress to {found} bytes instead of {length}");
    }

    private static Span<byte> Reserve(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }

        return buffer.AsSpan(0, length);
    }

    private static int Zstandard(ReadOnlySpan<byte> compressed, Span<byte> values)
    {
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(compressed, values);
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> compressed) =>
        MemoryMarshal.TryGetArray(compressed, out ArraySegment<byte> part) ? new(part.Array!, part.Offset, part.Count) : new(compressed.ToArray());

    // The buffer grows with what is found: a few bytes of brotli may say anything.
    private static int Fill(Stream decompressing, int length, ref byte[] buffer)
    {
        using (decompressing)
        {
            int found = 0;
            while (found < length)
            {
                int wanted = (int)Math.Min(length, Math.Max(FirstLength, 2L * found));
                if (buffer.Length < wanted)
                {
                    Array.Resize(ref buffer, wanted);
                }

                int read = decompressing.ReadAtLeast(buffer.AsSpan(found, wanted - found), wanted - found, throwOnEndOfStream: false);
                found += read;
                if (read == 0 || found < wanted)
                {
                    return found;
                }
            }

            // The checksum stands behind the values.
            return decompressing.ReadByte() < 0 ? found : found + 1;
        }
    }

    private static string NameOf(CompressionCodec codec) => Enum.IsDefined(codec) ? codec.ToString().ToLowerInvariant() : $"the unknown codec {(int)codec}";
}
