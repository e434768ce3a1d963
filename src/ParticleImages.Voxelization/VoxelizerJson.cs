using System.Text;
using System.Text.Json;

namespace ParticleImages.Voxelization;

/// <summary>
/// A voxelizer as a JSON object. Edges are stored one by one, so that a change in how they are computed can never
/// change a stored axis.
/// </summary>
internal static class VoxelizerJson
{
    private const int Version = 2;

    private static readonly string[] Names =
    [
        "version", "mode", "axis", "energyThreshold", "timeWindow", "cumulative", "crop", "projection", "channels",
        "energyScaling", "timeScaling",
    ];

    private static readonly string[] Projections = ["none", "xy", "xt", "yt"];

    private static readonly string[] Channels = ["energy", "time", "hit"];

    public static string Write(Voxelizer voxelizer)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("mode", voxelizer.IsNotebookCompatible ? "notebook" : "documented");
            TimeAxisJson.Write(writer, "axis", voxelizer.Axis);
            WriteNumber(writer, "energyThreshold", voxelizer.EnergyThreshold);
            WriteNumber(writer, "timeWindow", voxelizer.TimeWindow);
            writer.WriteBoolean("cumulative", voxelizer.IsCumulative);
            WriteCrop(writer, voxelizer);
            writer.WriteString("projection", Projections[(int)voxelizer.Projection]);
            writer.WriteStartArray("channels");
            foreach (VoxelChannel channel in voxelizer.Channels)
            {
                writer.WriteStringValue(Channels[(int)channel]);
            }

            writer.WriteEndArray();
            ScalingJson.Write(writer, "energyScaling", voxelizer.EnergyScaling);
            ScalingJson.Write(writer, "timeScaling", voxelizer.TimeScaling);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static Voxelizer Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape that is no character, found when the text is read.
            throw JsonPart.Malformed($"the text is not JSON ({failure.Message})", failure);
        }
        catch (ArgumentException failure)
        {
            throw JsonPart.Malformed($"a value is out of its range ({failure.Message})", failure);
        }
    }

    private static Voxelizer Read(JsonElement root)
    {
        var part = new JsonPart(root, "it");

        // First, since another version may have other properties.
        int version = part.Integer("version");
        return version switch
        {
            1 => VoxelizerJsonVersion1.Read(part),
            Version => ReadCurrent(part),
            _ => throw new FormatException(
                $"The voxelizer was stored in format version {version}; this release reads versions 1 to {Version}. "
                + "Use the release of ParticleImages that stored it, or describe the voxelizer anew."),
        };
    }

    private static Voxelizer ReadCurrent(JsonPart part)
    {
        part.Allow(Names);
        bool isNotebook = part.Choice("mode", "documented", "notebook") == 1;
        TimeAxis axis = TimeAxisJson.Read(part.Object("axis"));
        Voxelizer voxelizer = WithCuts(axis, isNotebook, part);
        return ReadCrop(voxelizer, part)
            .Project((VoxelProjection)part.Choice("projection", Projections))
            .WithChannels([.. part.Items("channels").Select(channel => (VoxelChannel)channel.Choice(Channels))])
            .ScaleEnergy([.. part.Items("energyScaling").Select(ScalingJson.Read)])
            .ScaleTime([.. part.Items("timeScaling").Select(ScalingJson.Read)]);
    }

    /// <summary>The mode, the cuts and whether hits linger, which all versions say alike.</summary>
    public static Voxelizer WithCuts(TimeAxis axis, bool isNotebook, JsonPart part)
    {
        double? window = part.NumberOrNull("timeWindow");
        bool isNotebookAxis = axis is { Kind: TimeAxisKind.Edges, OutsidePolicy: OutsideTime.Drop };
        if (isNotebook && !(isNotebookAxis && window == Voxelizer.NotebookTimeWindow))
        {
            throw JsonPart.Malformed("mode 'notebook' stands with edges, times outside 'drop' and timeWindow 100 only");
        }

        Voxelizer voxelizer = isNotebook ? Voxelizer.NotebookOver(axis) : Voxelizer.Over(axis);
        if (!isNotebook && window is double within)
        {
            voxelizer = voxelizer.KeepTimeWithin(within);
        }

        if (part.NumberOrNull("energyThreshold") is double threshold)
        {
            voxelizer = voxelizer.KeepEnergyAbove(threshold);
        }

        return part.Flag("cumulative") ? voxelizer.Cumulative() : voxelizer;
    }

    private static void WriteCrop(Utf8JsonWriter writer, Voxelizer voxelizer)
    {
        if (voxelizer.CropSize is not int size)
        {
            writer.WriteNull("crop");
            return;
        }

        writer.WriteStartObject("crop");
        writer.WriteNumber("size", size);
        writer.WriteString("around", voxelizer.IsCropAroundHottest ? "hottest" : voxelizer.CropCentre is null ? "centre" : "pixel");
        if (voxelizer.CropCentre is (int row, int column))
        {
            writer.WriteNumber("row", row);
            writer.WriteNumber("column", column);
        }

        writer.WriteEndObject();
    }

    private static Voxelizer ReadCrop(Voxelizer voxelizer, JsonPart part)
    {
        if (part.IsNull("crop"))
        {
            return voxelizer;
        }

        JsonPart crop = part.Object("crop");
        int size = crop.Integer("size");
        switch (crop.Choice("around", "centre", "pixel", "hottest"))
        {
            case 0:
                crop.Allow("size", "around");
                return voxelizer.Crop(size);
            case 1:
                crop.Allow("size", "around", "row", "column");
                return voxelizer.Crop(size, crop.Integer("row"), crop.Integer("column"));
            default:
                crop.Allow("size", "around");
                return voxelizer.CropAroundHottest(size);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is double number)
        {
            JsonNumber.Write(writer, name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
