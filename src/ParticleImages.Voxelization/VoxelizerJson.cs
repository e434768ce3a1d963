using System.Text;
using System.Text.Json;

namespace ParticleImages.Voxelization;

/// <summary>
/// A voxelizer as a JSON object. Edges are stored one by one, so that a change in how they are computed can never
/// change a stored axis.
/// </summary>
internal static class VoxelizerJson
{
    private const int Version = 1;

    private static readonly string[] Names =
    [
        "version", "mode", "edges", "outsideTime", "energyThreshold", "timeWindow", "cumulative", "crop", "energyScale",
    ];

    public static string Write(Voxelizer voxelizer)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("mode", voxelizer.IsNotebookCompatible ? "notebook" : "documented");
            writer.WriteStartArray("edges");
            foreach (double edge in voxelizer.Axis.Edges)
            {
                writer.WriteNumberValue(edge);
            }

            writer.WriteEndArray();
            writer.WriteString("outsideTime", voxelizer.Axis.OutsidePolicy == OutsideTime.Drop ? "drop" : "nearest");
            WriteNumber(writer, "energyThreshold", voxelizer.EnergyThreshold);
            WriteNumber(writer, "timeWindow", voxelizer.TimeWindow);
            writer.WriteBoolean("cumulative", voxelizer.IsCumulative);
            WriteNumber(writer, "crop", voxelizer.CropSize);
            writer.WriteNumber("energyScale", voxelizer.EnergyScale);
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
            throw Malformed($"the text is not JSON ({failure.Message})", failure);
        }
        catch (ArgumentException failure)
        {
            throw Malformed($"a value is out of its range ({failure.Message})", failure);
        }
    }

    private static Voxelizer Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Malformed($"it is {Described(root)} instead of an object");
        }

        // First, since another version may have other properties.
        int version = Integer(Property(root, "version"), "version");
        if (version != Version)
        {
            throw new FormatException(
                $"The voxelizer was stored in format version {version}; this release reads version {Version}. "
                + "Use the release of ParticleImages that stored it, or describe the voxelizer anew.");
        }

        foreach (JsonProperty property in root.EnumerateObject())
        {
            // Ignoring what it may mean would bin differently than the one who stored it did.
            if (!Names.Contains(property.Name))
            {
                throw Malformed($"there is an unknown property '{property.Name}'; known are {string.Join(", ", Names)}");
            }
        }

        bool isNotebook = Choice(root, "mode", "documented", "notebook") == "notebook";
        TimeAxis axis = TimeAxis.FromEdges(Edges(root));
        bool isNearest = Choice(root, "outsideTime", "drop", "nearest") == "nearest";
        double? window = NumberOrNull(root, "timeWindow");
        if (isNotebook && (isNearest || window != Voxelizer.NotebookTimeWindow))
        {
            throw Malformed("mode 'notebook' stands with outsideTime 'drop' and timeWindow 100 only");
        }

        Voxelizer voxelizer = isNotebook
            ? Voxelizer.NotebookOver(axis)
            : Voxelizer.Over(axis.Outside(isNearest ? OutsideTime.Nearest : OutsideTime.Drop));
        if (!isNotebook && window is double within)
        {
            voxelizer = voxelizer.KeepTimeWithin(within);
        }

        if (NumberOrNull(root, "energyThreshold") is double threshold)
        {
            voxelizer = voxelizer.KeepEnergyAbove(threshold);
        }

        JsonElement crop = Property(root, "crop");
        if (crop.ValueKind != JsonValueKind.Null)
        {
            voxelizer = voxelizer.Crop(Integer(crop, "crop"));
        }

        voxelizer = voxelizer.ScaleEnergy(Number(Property(root, "energyScale"), "energyScale"));
        return Flag(root, "cumulative") ? voxelizer.Cumulative() : voxelizer;
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is double number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static JsonElement Property(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) ? value : throw Malformed($"property '{name}' is missing");

    private static double[] Edges(JsonElement root)
    {
        JsonElement edges = Property(root, "edges");
        return edges.ValueKind == JsonValueKind.Array
            ? [.. edges.EnumerateArray().Select((edge, index) => Number(edge, $"edges[{index}]"))]
            : throw Malformed($"'edges' is {Described(edges)} instead of an array of numbers");
    }

    private static string Choice(JsonElement root, string name, string first, string second)
    {
        JsonElement value = Property(root, name);
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text == first || text == second
            ? text
            : throw Malformed($"'{name}' is {Described(value)} instead of \"{first}\" or \"{second}\"");
    }

    private static double? NumberOrNull(JsonElement root, string name)
    {
        JsonElement value = Property(root, name);
        return value.ValueKind == JsonValueKind.Null ? null : Number(value, name);
    }

    private static double Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            ? number
            : throw Malformed($"'{name}' is {Described(value)} instead of a number");

    private static int Integer(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw Malformed($"'{name}' is {Described(value)} instead of a whole number");

    private static bool Flag(JsonElement root, string name)
    {
        JsonElement value = Property(root, name);
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Malformed($"'{name}' is {Described(value)} instead of true or false");
    }

    // A long text would hide the sentence around it.
    private static string Described(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ when value.GetRawText() is { Length: <= 40 } text => text,
        _ => $"a long {value.ValueKind.ToString().ToLowerInvariant()}",
    };

    private static FormatException Malformed(string what, Exception? cause = null) =>
        new($"The voxelizer's JSON can't be used: {what}. Store it with Voxelizer.ToJson and leave it unedited.", cause);
}
