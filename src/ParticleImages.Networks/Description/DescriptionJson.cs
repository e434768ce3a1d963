using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>A description as JSON. Reading makes data only, and every number passes the checks of the layer it belongs to.</summary>
internal static class DescriptionJson
{
    private const int Version = 1;

    // Far more than anybody trains, and few enough to look through in no time.
    private const int MostLayers = 10_000;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowOutOfOrderMetadataProperties = true,
        WriteIndented = true,
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
                if (!version.TryGetInt32(out int number) || number != Version)
                {
                    throw new FormatException(
                        $"The network description has version {version}; this library reads version {Version}. Use a newer library.");
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

            if (read.Layers.Length > MostLayers || read.Layers.Contains(null!))
            {
                throw new FormatException($"The network's layers are {read.Layers.Length}, or one is null; a description has at most {MostLayers}, each an object.");
            }

            return Cnn3d.Of(input, read.Layers);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException
            or NotSupportedException or ArgumentException)
        {
            throw new FormatException($"The network description can't be read: {problem.Message}", problem);
        }
    }

    private sealed record Document(int Version, int[] Input, ImmutableArray<NetworkLayer> Layers);
}
