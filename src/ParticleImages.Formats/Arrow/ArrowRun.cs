using System.Buffers.Binary;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using ZstdSharp;

namespace ParticleImages.Formats.Arrow;

/// <summary>A run of values in the file, compressed or not, that has been held against the bytes it needs.</summary>
internal sealed class ArrowRun
{
    // A block of Zstandard gives at most 128 KiB for its four bytes.
    private const long MostOfZstd = 1 << 15;
    private const long MostOfLz4 = 255;

    private readonly ArrowBytes bytes;
    private readonly ArrowArray owner;
    private readonly ArrowCompression compression;
    private readonly long length;
    private byte[]? decoded;

    public ArrowRun(ArrowBytes bytes, long start, long length, Int128 size, ArrowCompression compression, ArrowArray owner)
    {
        this.bytes = bytes;
        this.owner = owner;
        this.compression = compression;
        this.length = length;
        Start = start;
        Int128 claimed = length;
        if (compression != ArrowCompression.None && length > 0)
        {
            if (length < sizeof(long))
            {
                throw owner.Refuse($"has a compressed buffer of {length} bytes. The file is damaged: copy or make it again.");
            }

            Span<byte> prefix = stackalloc byte[sizeof(long)];
            bytes.Read(start, prefix);
            long uncompressed = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            Start += sizeof(long);
            this.length -= sizeof(long);

            // A buffer that compression would have made longer stands as it is, and says −1.
            this.compression = uncompressed == -1 ? ArrowCompression.None : compression;
            claimed = uncompressed == -1 ? this.length : uncompressed;
            long most = compression == ArrowCompression.Lz4 ? MostOfLz4 : MostOfZstd;
            if (this.compression != ArrowCompression.None && (claimed < 0 || claimed > most * (Int128)this.length || claimed > Array.MaxLength))
            {
                throw owner.Refuse(
                    $"has a buffer of {this.length} bytes that says that it is {claimed} bytes compressed. The file is damaged, or its record batches "
                    + $"are too large: {Array.MaxLength} bytes a buffer at most. Write fewer rows a batch, with pyarrow.feather.write_feather(…, chunksize=1024).");
            }
        }

        if (claimed < size)
        {
            throw owner.Refuse($"has a buffer of {claimed} bytes where its values need {size}. The file is damaged: copy or make it again.");
        }

        Length = (long)claimed;
    }

    /// <summary>Where in the file the values stand.</summary>
    public long Start { get; }

    /// <summary>Bytes of the values.</summary>
    public long Length { get; }

    /// <summary>True when the values stand in the file as they are.</summary>
    public bool IsPlain => compression == ArrowCompression.None;

    /// <summary>Reads some bytes of the values.</summary>
    public void Read(long start, Span<byte> destination)
    {
        if (IsPlain)
        {
            bytes.Read(Start + start, destination);
        }
        else
        {
            Decoded().AsSpan((int)start, destination.Length).CopyTo(destination);
        }
    }

    /// <summary>Lets go of what was decoded.</summary>
    public void Forget() => decoded = null;

    // All values of a compressed buffer, which are then kept.
    private byte[] Decoded()
    {
        if (decoded is not null)
        {
            return decoded;
        }

        if (length > Array.MaxLength)
        {
            throw owner.Refuse($"has a compressed buffer of {length} bytes; {Array.MaxLength} at most are read. Write smaller record batches.");
        }

        try
        {
            byte[] stored = bytes.Read(Start, (int)length);

            // Its frames say how much they give, too, and a changed byte is in one of both.
            if (compression == ArrowCompression.Zstd && Decompressor.GetDecompressedSize(stored) < (ulong)Length)
            {
                throw owner.Refuse($"has a buffer that says that it is {Length} bytes compressed, and less is in it. The file is damaged: copy or make it again.");
            }

            var values = new byte[Length];
            using ICompressionCodec codec = new CompressionCodecFactory().CreateCodec(
                compression == ArrowCompression.Lz4 ? CompressionCodecType.Lz4Frame : CompressionCodecType.Zstd);
            int found = codec.Decompress(stored, values);
            return found == values.Length
                ? decoded = values
                : throw owner.Refuse($"has a buffer of {values.Length} bytes, and {found} are found in it. The file is damaged: copy or make it again.");
        }
        catch (Exception exception) when (exception is not (EventFormatException or ObjectDisposedException or MissingMemberException or UnauthorizedAccessException))
        {
            // What the packages below throw is of many types. Too little memory is the file's fault, which claims so much.
            EventFormatException refusal = owner.Refuse($"can't be decompressed: {exception.Message.TrimEnd('.')}. The file is damaged: copy or make it again.");
            throw new EventFormatException(refusal.Message, bytes.Path, owner.Column, refusal.Row, exception);
        }
    }
}
