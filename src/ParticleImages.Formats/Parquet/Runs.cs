namespace ParticleImages.Formats.Parquet;

/// <summary>
/// Small integers as runs: one value repeated, or several packed by bits. Levels and a dictionary's places stand so. Source: Apache Parquet
/// format 2.11, Encodings.md, «Run Length Encoding / Bit-Packing Hybrid».
/// </summary>
internal static class Runs
{
    // Wider integers are neither levels nor places.
    private const int MostBits = 32;

    /// <summary>Goes through the runs of a page: that there are as many integers as there should be.</summary>
    /// <param name="bytes">The runs, and what may stand behind them.</param>
    /// <param name="bits">Bits of an integer, from 0.</param>
    /// <param name="count">How many integers there should be; those that fill the last eight up are passed over.</param>
    /// <param name="what">What messages call the integers.</param>
    /// <param name="wanted">A value to count; null for none.</param>
    /// <returns>How many integers have that value.</returns>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    /// <exception cref="EndOfStreamException">A run's head goes on behind the page.</exception>
    public static long Count(ReadOnlySpan<byte> bytes, int bits, long count, string what, uint? wanted = null)
    {
        if (bits is < 0 or > MostBits)
        {
            throw new InvalidDataException($"a page's {what} take {bits} bits each; up to {MostBits} are read");
        }

        long found = 0;
        for (long left = count; left > 0;)
        {
            if (bytes.IsEmpty)
            {
                throw new InvalidDataException($"a page holds {count - left} {what} where its header says {count}");
            }

            var reader = new CompactReader(bytes);
            ulong head = reader.ReadVariable();
            bytes = bytes[reader.Position..];
            bool isPacked = (head & 1) == 1;
            long values = Math.Min(left, isPacked ? (long)Math.Min(head >> 1, int.MaxValue) * 8 : (long)(head >> 1));
            long length = isPacked ? ((values * bits) + 7) / 8 : (bits + 7) / 8;
            if (head > int.MaxValue || head == 0 || length > bytes.Length)
            {
                throw new InvalidDataException($"a run of {head >> 1} of a page's {what} does not fit into the {bytes.Length} bytes that are left");
            }

            if (wanted is { } value)
            {
                found += isPacked ? CountPacked(bytes, bits, values, value) : ValueOf(bytes[..(int)length]) == value ? values : 0;
            }

            left -= values;
            bytes = bytes[(int)Math.Min(bytes.Length, isPacked ? (long)(head >> 1) * bits : length)..];
        }

        return found;
    }

    private static long CountPacked(ReadOnlySpan<byte> bytes, int bits, long values, uint wanted)
    {
        long found = 0;
        long bit = 0;
        for (long i = 0; i < values; i++)
        {
            uint value = 0;
            for (int k = 0; k < bits; k++, bit++)
            {
                value |= (uint)((bytes[(int)(bit >> 3)] >> (int)(bit & 7)) & 1) << k;
            }

            found += value == wanted ? 1 : 0;
        }

        return found;
    }

    private static uint ValueOf(ReadOnlySpan<byte> bytes)
    {
        uint value = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            value |= (uint)bytes[i] << (8 * i);
        }

        return value;
    }
}
