using System.Buffers;
using System.IO.Compression;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Undoes a dataset's filters, the last one first. Source: HDF5 File Format Specification 3.0, section IV.A.2.l.</summary>
/// <remarks>Our own and without global state; of PureHDF's, which every user of it in the process shares, none is touched.</remarks>
internal sealed class FilterPipeline(IReadOnlyList<Filter> filters)
{
    private const int ChecksumLength = sizeof(uint);

    // A deflate code of 1 bit may stand for 258 bytes, and has one of a distance beside it: zlib's documentation, "Maximum Compression Factor".
    private const int MostByDeflate = 1032;

    // Three bytes of lzf stand for at most 264.
    private const int MostByLzf = 88;

    /// <summary>The most bytes that so many stored ones can decode to, so that nobody takes memory for more.</summary>
    public double MostDecoded(long stored)
    {
        double most = stored;
        foreach (Filter filter in filters)
        {
            most *= filter.Identifier switch { Filter.Deflate => MostByDeflate, Filter.Lzf => MostByLzf, _ => 1 };
        }

        return most;
    }

    /// <summary>Decodes a chunk.</summary>
    /// <param name="stored">Holds the chunk as stored in its first <paramref name="length"/> bytes; is only read.</param>
    /// <param name="length">The length as stored.</param>
    /// <param name="mask">Bit i is set when filter i was left out.</param>
    /// <param name="chunk">Receives the chunk's elements, all of them.</param>
    /// <exception cref="InvalidDataException">The bytes are not what the filters can have made.</exception>
    public void Decode(byte[] stored, int length, uint mask, Span<byte> chunk)
    {
        byte[] source = stored;
        byte[]? scratch = null;
        byte[]? spare = null;
        try
        {
            int first = 0;
            while (first < filters.Count && IsLeftOut(first))
            {
                first++;
            }

            for (int i = filters.Count - 1; i >= first; i--)
            {
                if (IsLeftOut(i))
                {
                    continue;
                }

                if (filters[i].Identifier == Filter.Fletcher)
                {
                    Fletcher32.Check(source.AsSpan(0, length));
                    length -= ChecksumLength;
                    continue;
                }

                // The last step writes where the chunk is wanted.
                if (i == first)
                {
                    CheckLength(Undo(filters[i], source, length, chunk), chunk.Length);
                    return;
                }

                byte[] target = spare ?? ArrayPool<byte>.Shared.Rent(ScratchLength(chunk.Length));
                spare = null;
                length = Undo(filters[i], source, length, target.AsSpan(0, ScratchLength(chunk.Length)));
                spare = scratch;
                scratch = target;
                source = target;
            }

            CheckLength(length, chunk.Length);
            source.AsSpan(0, length).CopyTo(chunk);
        }
        finally
        {
            Return(scratch);
            Return(spare);
        }

        bool IsLeftOut(int filter) => ((mask >> filter) & 1) != 0;
    }

    // Filters that were applied before another made what is in between longer: a checksum by itself, deflate where it found nothing to compress (the HDF5 library gives it a thousandth and 12 bytes).
    private int ScratchLength(int chunkLength)
    {
        long length = chunkLength;
        foreach (Filter filter in filters)
        {
            length += filter.Identifier switch { Filter.Fletcher => ChecksumLength, Filter.Deflate => (length / 1000) + 64, _ => 0 };
        }

        return (int)Math.Min(length, Array.MaxLength);
    }

    private static int Undo(Filter filter, byte[] source, int length, Span<byte> output) => filter.Identifier switch
    {
        Filter.Deflate => Inflate(source, length, output),
        Filter.Lzf => Lzf.Decode(source.AsSpan(0, length), output),
        Filter.Shuffle => Shuffle.Undo(source.AsSpan(0, length), output, filter.Parameters),
        _ => throw new InvalidDataException($"The filter {filter.Name} is not known."),
    };

    private static void CheckLength(int length, int wanted)
    {
        if (length != wanted)
        {
            throw new InvalidDataException($"The chunk decodes to {length} bytes instead of {wanted}.");
        }
    }

    private static int Inflate(byte[] stored, int length, Span<byte> output)
    {
        int written;
        bool isAtEnd;
        try
        {
            using var stream = new ZLibStream(new MemoryStream(stored, 0, length, writable: false), CompressionMode.Decompress);
            written = stream.ReadAtLeast(output, output.Length, throwOnEndOfStream: false);

            // Reading on to the end makes zlib compare its checksum.
            isAtEnd = stream.ReadByte() < 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // The stream is in memory, so only the bytes can be wrong; zlib's own words speak of other compression methods.
            throw new InvalidDataException("Its compressed data (gzip) is damaged.", exception);
        }

        return isAtEnd
            ? written
            : throw new InvalidDataException($"The chunk decodes to more than {output.Length} bytes.");
    }

    private static void Return(byte[]? array)
    {
        if (array is not null)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
