using System.Buffers.Binary;

namespace ParticleImages.Formats.Hdf5;

/// <summary>HDF5's Fletcher-32 checksum, over 16-bit words whose first byte is the higher one.</summary>
internal static class Fletcher32
{
    // As many words as can be added to 32-bit sums before they must be folded.
    private const int WordsAtOnce = 360;

    /// <summary>Compares the checksum at the end of a chunk with the bytes before it.</summary>
    /// <exception cref="InvalidDataException">They differ: the chunk is damaged.</exception>
    public static void Check(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < sizeof(uint))
        {
            throw new InvalidDataException("The chunk is shorter than its checksum.");
        }

        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(chunk[^sizeof(uint)..]);
        uint computed = Of(chunk[..^sizeof(uint)]);
        if (stored != computed)
        {
            throw new InvalidDataException($"The checksum is {computed:x8}; {stored:x8} is stored.");
        }
    }

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint first = 0;
        uint second = 0;
        while (bytes.Length > 1)
        {
            int length = Math.Min(bytes.Length / 2, WordsAtOnce) * 2;
            for (int i = 0; i < length; i += 2)
            {
                first += ((uint)bytes[i] << 8) | bytes[i + 1];
                second += first;
            }

            first = Fold(first);
            second = Fold(second);
            bytes = bytes[length..];
        }

        if (bytes.Length == 1)
        {
            first += (uint)bytes[0] << 8;
            second += first;
            first = Fold(first);
            second = Fold(second);
        }

        return (Fold(second) << 16) | Fold(first);
    }

    private static uint Fold(uint sum) => (sum & 0xffff) + (sum >> 16);
}
