using System.Runtime.InteropServices;

namespace ParticleImages.Networks.Models;

/// <summary>One array of a safetensors file, as the file's header tells of it.</summary>
/// <param name="Name">Its name; no two of a file are the same.</param>
/// <param name="Type">The type of its values in the format's words, for example F32.</param>
/// <param name="Shape">Its shape; the last axis is the one whose values lie side by side.</param>
/// <param name="Begin">Where its values begin, from the file's beginning.</param>
/// <param name="Bytes">How many bytes they take.</param>
internal sealed record SafetensorsEntry(string Name, string Type, long[] Shape, long Begin, long Bytes)
{
    private const int Chunk = 1 << 16;

    /// <summary>The types that become float32: without a loss, except for F64, which is rounded once.</summary>
    public static IReadOnlyList<string> ReadableTypes { get; } = ["F32", "F64", "F16", "BF16"];

    /// <summary>The bytes of a value; null for a type that this library has never heard of.</summary>
    public static int? Width(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" => 1,
        "I16" or "U16" or "F16" or "BF16" => 2,
        "I32" or "U32" or "F32" => 4,
        "I64" or "U64" or "F64" => 8,
        _ => null,
    };

    /// <summary>Reads the values as float32, a little at a time where they are of another type.</summary>
    /// <exception cref="FormatException">They are of a type that is no weight's, or one is past the largest float32.</exception>
    public byte[] ReadValues(Stream file)
    {
        RequireReadable();
        file.Position = Begin;
        if (Type == "F32")
        {
            var same = new byte[Bytes];
            file.ReadExactly(same);
            return same;
        }

        int width = Width(Type)!.Value;
        var values = new byte[Bytes / width * sizeof(float)];
        Span<float> left = MemoryMarshal.Cast<byte, float>(values.AsSpan());
        var chunk = new byte[Chunk];
        while (left.Length > 0)
        {
            int count = Math.Min(left.Length, Chunk / width);
            Span<byte> read = chunk.AsSpan(0, count * width);
            file.ReadExactly(read);
            Convert(read, left[..count]);
            left = left[count..];
        }

        return values;
    }

    /// <summary>Checks that the values can be weights.</summary>
    /// <exception cref="FormatException">They are integers or the like.</exception>
    public void RequireReadable()
    {
        if (!ReadableTypes.Contains(Type))
        {
            throw new FormatException($"'{Name}' is {Type}; weights are {string.Join(", ", ReadableTypes)}.");
        }
    }

    private void Convert(ReadOnlySpan<byte> read, Span<float> values)
    {
        switch (Type)
        {
            case "F16":
                ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(read);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)halves[i];
                }

                break;
            case "BF16":
                // The upper half of a float32.
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(read);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = BitConverter.UInt32BitsToSingle((uint)upper[i] << 16);
                }

                break;
            default:
                ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(read);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)doubles[i];
                    if (float.IsInfinity(values[i]) && double.IsFinite(doubles[i]))
                    {
                        throw new FormatException($"'{Name}' holds {doubles[i]}; a weight is a float32, {float.MaxValue} at most.");
                    }
                }

                break;
        }
    }
}
