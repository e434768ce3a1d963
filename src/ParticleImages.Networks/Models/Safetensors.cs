using System.Buffers.Binary;
using System.Text.Json;

namespace ParticleImages.Networks.Models;

/// <summary>
/// Named float32 arrays in a file: the safetensors format (Hugging Face), a length, a JSON header and raw little-endian values. It is
/// data only, readable from Python, and reading it never runs code.
/// </summary>
internal static class Safetensors
{
    // Far more than any network's header, and little enough to allocate on a file's word.
    public const int LargestHeader = 16 << 20;

    public static void Write(Stream stream, IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<byte> Values)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = new Dictionary<string, object>();
        if (metadata is not null) { header.Add("__metadata__", metadata); }
        long offset = 0;
        foreach ((string name, long[] shape, ReadOnlyMemory<byte> values) in tensors)
        {
            header.Add(name, new Entry("F32", shape, [offset, offset + values.Length]));
            offset += values.Length;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        int padded = (json.Length + 7) / 8 * 8;
        Array.Resize(ref json, padded);
        json.AsSpan().Replace((byte)0, (byte)' ');
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        stream.Write(length);
        stream.Write(json);
        foreach ((_, _, ReadOnlyMemory<byte> values) in tensors)
        {
            stream.Write(values.Span);
        }
    }

    public static IReadOnlyDictionary<string, string> ReadMetadata(byte[] file)
    {
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)));
        return header.RootElement.GetProperty("__metadata__").Deserialize<Dictionary<string, string>>()!;
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="FormatException">The file is damaged, foreign, or holds other than float32.</exception>
    public static Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> Read(byte[] file)
    {
        if (file.Length < 8 || BinaryPrimitives.ReadInt64LittleEndian(file) is var length && (length is < 2 or > LargestHeader || length > file.Length - 8))
        {
            throw new FormatException("it does not begin with the length of a safetensors header.");
        }

        try
        {
            int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            var tensors = new Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)>();
            using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, start - 8));
            foreach (JsonProperty property in header.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__"))
            {
                Entry entry = property.Value.Deserialize<Entry>() ?? throw new FormatException($"'{property.Name}' is null.");
                tensors.Add(property.Name, (entry.shape, Values(property.Name, entry, file.AsMemory(start))));
            }

            return tensors;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException($"its safetensors header can't be read: {problem.Message}", problem);
        }
    }

    private static ReadOnlyMemory<byte> Values(string name, Entry entry, ReadOnlyMemory<byte> data)
    {
        if (entry.dtype != "F32")
        {
            throw new FormatException($"'{name}' is {entry.dtype ?? "of no type"}; weights are F32.");
        }

        if (entry is not { shape: not null, data_offsets: [long begin, long end] })
        {
            throw new FormatException($"'{name}' lacks a shape, or the two numbers that say where its values are.");
        }

        long bytes = entry.shape.Aggregate(4L, (product, side) => checked(product * side));
        if (begin < 0 || end - begin != bytes || end > data.Length)
        {
            throw new FormatException(
                $"'{name}' of shape ({string.Join(", ", entry.shape)}) needs {bytes} bytes; the header points at {begin} to {end} of {data.Length}.");
        }

        return data[(int)begin..(int)end];
    }

    // The names are the format's.
#pragma warning disable IDE1006
    private sealed record Entry(string dtype, long[] shape, long[] data_offsets);
#pragma warning restore IDE1006
}
