namespace ParticleImages.Formats.Hdf5;

/// <summary>Decodes LZF, the compression of h5py's <c>compression="lzf"</c> and of the public files.</summary>
/// <remarks>
/// Source: the format as LibLZF 3.6 writes it. A control byte below 32 announces that many literal bytes plus one. Any
/// other is a reference back: its upper three bits are the length less two (seven: the next byte is added), its lower
/// five bits and one more byte the distance less one.
/// </remarks>
internal static class Lzf
{
    private const int FirstReference = 32;
    private const int LongLength = 7;

    /// <summary>Decodes a whole block.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="InvalidDataException">The block is damaged, or longer than the output.</exception>
    public static int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        int read = 0;
        int written = 0;
        try
        {
            while (read < input.Length)
            {
                int control = input[read++];
                if (control < FirstReference)
                {
                    int count = control + 1;
                    input.Slice(read, count).CopyTo(output[written..]);
                    read += count;
                    written += count;
                    continue;
                }

                int length = control >> 5;
                if (length == LongLength)
                {
                    length += input[read++];
                }

                length += 2;
                int distance = ((control & 0x1f) << 8) + input[read++] + 1;
                Repeat(output, written, distance, length);
                written += length;
            }
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            // The bounds that every span access checks are the checks of the block too.
            throw new InvalidDataException(
                $"The LZF block breaks off or points outside itself at byte {read} of {input.Length}.", exception);
        }

        return written;
    }

    // A reference may reach into what it is just writing: the bytes between repeat, twice as many at each turn.
    private static void Repeat(Span<byte> output, int written, int distance, int length)
    {
        int start = written - distance;
        if (distance == 1)
        {
            output.Slice(written, length).Fill(output[start]);
            return;
        }

        for (int end = written + length; written < end;)
        {
            int count = Math.Min(written - start, end - written);
            output.Slice(start, count).CopyTo(output[written..]);
            written += count;
        }
    }
}
