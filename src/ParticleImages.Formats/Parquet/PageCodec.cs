using System.IO.Compression;
using K4os.Compression.LZ4;
using Parquet.Meta;
using Snappier;
using ZstdSharp;

namespace ParticleImages.Formats.Parquet;

/// <summary>What compressed pages hold, by the very libraries with which Parquet.Net decompresses them, so that both see the same.</summary>
internal static class PageCodec
{
    /// <summary>
    /// Codecs of which Parquet.Net reads on until it has enough and no further: it does not come to gzip's checksum, and where brotli and lz4_raw give
    /// too little, the rest is whatever stood in memory before.
    /// </summary>
    public static bool HidesDamage(CompressionCodec codec) => codec is CompressionCodec.GZIP or CompressionCodec.BROTLI or CompressionCodec.LZ4_RAW;

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
    /// <exception cref="InvalidDataException">They give fewer or more, or others than gzip's checksum says.</exception>
    public static ReadOnlySpan<byte> Decompress(CompressionCodec codec, ReadOnlyMemory<byte> compressed, int length)
    {
        if (codec == CompressionCodec.UNCOMPRESSED)
        {
            return compressed.Span;
        }

        var values = new byte[length];
        int found = codec switch
        {
            CompressionCodec.SNAPPY => Snappy.Decompress(compressed.Span, values),
            CompressionCodec.ZSTD => Zstandard(compressed.Span, values),
            CompressionCodec.LZ4_RAW => LZ4Codec.Decode(compressed.Span, values),
            CompressionCodec.GZIP => Fill(new GZipStream(Stream(compressed), CompressionMode.Decompress), values),
            _ => Fill(new BrotliStream(Stream(compressed), CompressionMode.Decompress), values),
        };
        return found == length
            ? values
            : throw new InvalidDataException(found < 0
                ? $"a page's {NameOf(codec)} data do not decompress to {length} bytes"
                : $"a page's {NameOf(codec)} data decompress to {found} bytes instead of {length}");
    }

    private static int Zstandard(ReadOnlySpan<byte> compressed, Span<byte> values)
    {
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(compressed, values);
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> compressed) => new(compressed.ToArray());

    private static int Fill(Stream decompressing, Span<byte> values)
    {
        using (decompressing)
        {
            int found = decompressing.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);

            // The checksum stands behind the values.
            return decompressing.ReadByte() < 0 ? found : found + 1;
        }
    }

    private static string NameOf(CompressionCodec codec) => Enum.IsDefined(codec) ? codec.ToString().ToLowerInvariant() : $"the unknown codec {(int)codec}";
}
