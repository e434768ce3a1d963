using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// A description as JSON. Reading makes data only, and every number passes the checks of the layer it belongs to. Version 1 had seven layers without strides
/// and paddings, version 2 has the others; what is as it would be when left out is left out.
/// </summary>
internal static class DescriptionJson
{
    private const int Version = 2;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        WriteIndented = true,

        // A block in a block is up to three levels of JSON; see LayerList.Deepest.
        MaxDepth = 8 + (3 * LayerList.Deepest),
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDefaults } },
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(Cnn3d description)
    {
        VoxelShape input = description.Input;

        // One channel is left out, as it was before there were others: descriptions stored then and now are the same text.
        int[] sides = [input.Frames, input.Height, input.Width];
        return JsonSerializer.Serialize(
            new Document(Version, input.Channels == 1 ? sides : [input.Channels, .. sides], [.. description.Layers]), Options);
    }

    public static Cnn3d Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            // The version first: a newer document may differ in everything else.
            using (JsonDocument document = JsonDocument.Parse(json))
            {
                JsonElement version = document.RootElement.GetProperty("version");
                if (!version.TryGetInt32(out int number) || number is < 1 or > Version)
                {
                    throw new FormatException(
                        $"The network description has version {version}; this library reads versions 1 to {Version}. Use a newer library.");
                }
            }

            Document read = JsonSerializer.Deserialize<Document>(json, Options) ?? throw new FormatException("The network description is empty.");
            VoxelShape input = read.Input switch
            {
                [int frames, int height, int width] => new VoxelShape(frames, height, width),
                [int channels, int frames, int height, int width] => new VoxelShape(frames, height, width, channels),
                _ => throw new FormatException(
                    $"The network's input has {read.Input.Length} numbers; it has 3, frames, rows and columns, or 4 with the channels before them."),
            };

            ImmutableArray<NetworkLayer> layers = LayerList.Required(read.Layers, "layers");
            long count = LayerList.Count(layers);
            if (count > LayerList.Most)
            {
                throw new FormatException($"The network has {count} layers, those inside blocks counted; a description has at most {LayerList.Most}.");
            }

            return Cnn3d.Of(input, layers);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException
            or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"The network description can't be read: {problem.Message}", problem);
        }
    }

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(NetworkLayer)))
        {
            return;
        }

        foreach (JsonPropertyInfo property in type.Properties.ToArray())
        {
            if (property.Name == "kind")
            {
                // The layer's name for messages is no data, and as text it would be accepted and not looked at.
                type.Properties.Remove(property);
            }
            else
            {
                property.ShouldSerialize = (layer, _) => !((NetworkLayer)layer).LeavesOut(property.Name);
            }
        }
    }

    private sealed record Document(int Version, int[] Input, ImmutableArray<NetworkLayer> Layers);
}
