using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Hdf5;

/// <summary>
/// Undoes HDF5's shuffle: first bytes of all elements, then second bytes of all, and so on; bytes over at the end
/// stand as they were.
/// </summary>
internal static class Shuffle
{
    /// <summary>Puts the bytes of each element together again.</summary>
    /// <param name="input">The shuffled bytes.</param>
    /// <param name="output">Receives as many bytes.</param>
    /// <param name="parameters">The filter's parameters: the bytes of an element.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="InvalidDataException">The parameters name no size, or the input is longer than the output.</exception>
    public static int Undo(ReadOnlySpan<byte> input, Span<byte> output, uint[] parameters)
    {
        if (parameters.Length == 0 || parameters[0] == 0)
        {
            throw new InvalidDataException("The shuffle filter names no element size.");
        }

        if (input.Length > output.Length)
        {
            throw new InvalidDataException($"What was shuffled has {input.Length} bytes, and {output.Length} at most fit the chunk.");
        }

        int size = (int)Math.Min(parameters[0], int.MaxValue);
        int count = input.Length / size;
        if (size == sizeof(float))
        {
            UndoWords(input, output, count);
        }
        else
        {
            for (int part = 0; part < size && count > 0; part++)
            {
                ReadOnlySpan<byte> plane = input.Slice(part * count, count);
                for (int i = 0, target = part; i < plane.Length; i++, target += size)
                {
                    output[target] = plane[i];
                }
            }
        }

        input[(count * size)..].CopyTo(output[(count * size)..]);
        return input.Length;
    }

    private static void UndoWords(ReadOnlySpan<byte> input, Span<byte> output, int count)
    {
        ReadOnlySpan<byte> first = input[..count];
        ReadOnlySpan<byte> second = input.Slice(count, count);
        ReadOnlySpan<byte> third = input.Slice(2 * count, count);
        ReadOnlySpan<byte> fourth = input.Slice(3 * count, count);
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(output)[..count];
        for (int i = 0; i < words.Length; i++)
        {
            uint word = first[i] | ((uint)second[i] << 8) | ((uint)third[i] << 16) | ((uint)fourth[i] << 24);
            words[i] = BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
        }
    }
}
