using System.Buffers.Binary;
using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;

namespace ParticleImages.Networks.Models;

/// <summary>
/// Named arrays in a file: the safetensors format (Hugging Face), a length, a JSON header and raw little-endian values. It is
/// data only, readable from Python, and reading it never runs code. Written is float32.
/// </summary>
/// <remarks>Source: github.com/huggingface/safetensors, the section «Format» of its README.</remarks>
internal static class Safetensors
{
    // Far more than any network's header, and little enough to allocate on a file's word.
    public const int LargestHeader = 16 << 20;

    private const int LengthBytes = 8;

    // As many as a numpy array has at most.
    private const int MostAxes = 64;
    private const string MetadataName = "__metadata__";

    // Not even the readers of the format that take any JSON agree on what a name means that comes twice.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // Without the commit, so that a version always writes the same bytes.
    private static string Library { get; } = "ParticleImages.Networks " + (typeof(Safetensors).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown");

    /// <summary>What a file of weights says of itself.</summary>
    /// <remarks>Hugging Face's programs ask for the format «pt» before they take a file for PyTorch's: (out, in, …) and no other order.</remarks>
    private static readonly Dictionary<string, string> OfWeights = new() { ["format"] = "pt", ["library"] = Library };

    /// <summary>Writes a whole file; <paramref name="metadata"/> stands for what a file of weights says of itself.</summary>
    public static void Write(
        Stream stream, IReadOnlyList<(string Name, long[] Shape, ReadOnlyMemory<byte> Values)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WritePropertyName(MetadataName);
            JsonSerializer.Serialize(json, metadata ?? OfWeights);
            long offset = 0;
            foreach ((string name, long[] shape, ReadOnlyMemory<byte> values) in tensors)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, new Entry("F32", shape, [offset, offset + values.Length]));
                offset += values.Length;
            }

            json.WriteEndObject();
        }

        // The values begin at a multiple of eight bytes, as the format's own writer has them.
        while (header.Length % LengthBytes != 0)
        {
            header.WriteByte((byte)' ');
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
        foreach ((_, _, ReadOnlyMemory<byte> values) in tensors)
        {
            stream.Write(values.Span);
        }
    }

    /// <summary>Reads what a file says of itself.</summary>
    /// <exception cref="FormatException">The header is damaged or foreign, or says nothing.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(byte[] file)
    {
        using var stream = new MemoryStream(file, writable: false);
        ReadOnlyMemory<byte> json = ReadJson(stream);
        try
        {
            using JsonDocument header = JsonDocument.Parse(json, Strict);
            return header.RootElement.TryGetProperty(MetadataName, out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
                ? metadata.Deserialize<Dictionary<string, string>>()!
                : throw new FormatException($"its safetensors header has no {MetadataName}.");
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new FormatException($"its safetensors header can't be read: {Excerpt.Of(problem.Message)}", problem);
        }
    }

    /// <summary>Reads a whole file of float32.</summary>
    /// <exception cref="FormatException">The file is damaged, foreign, or holds other than float32.</exception>
    public static Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)> Read(byte[] file)
    {
        using var stream = new MemoryStream(file, writable: false);
        var tensors = new Dictionary<string, (long[] Shape, ReadOnlyMemory<byte> Values)>();
        foreach (SafetensorsEntry entry in ReadHeader(stream))
        {
            ReadOnlyMemory<byte> values = entry.Type == "F32"
                ? file.AsMemory((int)entry.Begin, (int)entry.Bytes)
                : throw new FormatException($"'{entry.Name}' is {entry.Type}; weights are F32.");
            tensors.Add(entry.Name, (entry.Shape, values));
        }

        return tensors;
    }

    /// <summary>Reads what the header says of each array, none of their values.</summary>
    /// <returns>The arrays in the order of their values, which are all in the file, side by side and nothing else.</returns>
    /// <exception cref="FormatException">The file is damaged or foreign.</exception>
    public static IReadOnlyList<SafetensorsEntry> ReadHeader(Stream file)
    {
        ReadOnlyMemory<byte> json = ReadJson(file);
        long dataBegin = file.Position;
        try
        {
            using JsonDocument header = JsonDocument.Parse(json, Strict);
            SafetensorsEntry[] entries =
            [
                .. header.RootElement.EnumerateObject().Where(property => property.Name != MetadataName)
                    .Select(property => Describe(property, dataBegin)).OrderBy(entry => entry.Begin).ThenBy(entry => entry.Bytes),
            ];
            RequireSideBySide(entries, dataBegin, file.Length);
            return entries;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException($"its safetensors header can't be read: {Excerpt.Of(problem.Message)}", problem);
        }
    }

    private static ReadOnlyMemory<byte> ReadJson(Stream file)
    {
        Span<byte> beginning = stackalloc byte[LengthBytes];
        beginning = beginning[..file.ReadAtLeast(beginning, LengthBytes, throwOnEndOfStream: false)];
        if (beginning is [(byte)'P', (byte)'K', 3, 4, ..] or [0x89, (byte)'H', (byte)'D', (byte)'F', ..] or [0x80, <= 5, _, > 0, ..])
        {
            throw new FormatException(
                "it is no safetensors file but begins like one of torch.save, pickle or Keras. Write it anew with safetensors.torch.save_file(model.state_dict(), path).");
        }

        long length = beginning.Length == LengthBytes ? BinaryPrimitives.ReadInt64LittleEndian(beginning) : 0;
        if (length is < 2 or > LargestHeader || length > file.Length - LengthBytes)
        {
            throw new FormatException(
                $"it does not begin with the length of a safetensors header: 2 to {Math.Min(LargestHeader, Math.Max(0, file.Length - LengthBytes))} bytes are possible here.");
        }

        var json = new byte[length];
        file.ReadExactly(json);
        return json[0] == '{' && Utf8.IsValid(json)
            ? json
            : throw new FormatException("its safetensors header can't be read: it is not JSON in UTF-8 that begins with '{'.");
    }

    private static SafetensorsEntry Describe(JsonProperty property, long dataBegin)
    {
        string name = Excerpt.Of(property.Name);
        if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("shape", out JsonElement shape)
            && shape.ValueKind == JsonValueKind.Array && shape.GetArrayLength() > MostAxes)
        {
            throw new FormatException($"'{name}' has {shape.GetArrayLength()} axes; {MostAxes} are read at most.");
        }

        Entry? entry = property.Value.Deserialize<Entry>();
        if (entry is not { dtype: not null, shape: not null, data_offsets: [>= 0 and long begin, long end] } || end < begin)
        {
            throw new FormatException($"'{name}' lacks a type, a shape, or the two numbers that say where its values begin and end.");
        }

        if (entry.shape.Any(side => side < 0))
        {
            throw new FormatException($"'{name}' has shape {Excerpt.Of(entry.shape)}; an axis has 0 places or more.");
        }

        if (SafetensorsEntry.Width(entry.dtype) is int width
            && entry.shape.Aggregate((long)width, (product, side) => checked(product * side)) is var bytes && bytes != end - begin)
        {
            throw new FormatException($"'{name}' of shape {Excerpt.Of(entry.shape)} in {entry.dtype} needs {bytes} bytes; the header gives it {begin} to {end}.");
        }

        return new SafetensorsEntry(property.Name, Excerpt.Of(entry.dtype), entry.shape, checked(dataBegin + begin), end - begin);
    }

    // The format wants it so; what lies between or behind the arrays could be anything.
    private static void RequireSideBySide(SafetensorsEntry[] entries, long dataBegin, long fileLength)
    {
        long end = dataBegin;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != end)
            {
                throw new FormatException(
                    $"the values of '{Excerpt.Of(entry.Name)}' begin at {entry.Begin - dataBegin} and not at {end - dataBegin}, where those before them end.");
            }

            end = checked(end + entry.Bytes);
        }

        if (end != fileLength)
        {
            throw new FormatException(
                $"its header tells of {end - dataBegin} bytes of values and {fileLength - dataBegin} follow, so it was {(end > fileLength ? "cut off" : "added to")}.");
        }
    }

    // The names are the format's.
#pragma warning disable IDE1006
    private sealed record Entry(string dtype, long[] shape, long[] data_offsets);
#pragma warning restore IDE1006
}
