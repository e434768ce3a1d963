using System.Text;
using System.Text.Json;

namespace ParticleImages;

/// <summary>A layout as a JSON object of the slots that are set: <c>{"images": "/data", "energyFactor": 2E-05}</c>.</summary>
internal static class LayoutJson
{
    private const string ImagesSlot = "images";
    private const string LabelsSlot = "labels";
    private const string LabelSlot = "label";
    private const string TimeSlot = "time";
    private const string ChannelSlot = "channel";
    private const string SizeSlot = "size";
    private const string ChannelsSlot = "channels";
    private const string ColumnFirstSlot = "columnFirst";
    private const string EnergyFactorSlot = "energyFactor";
    private const string TimeFactorSlot = "timeFactor";
    private const string LayersFirstSlot = "layersFirst";
    private const string LayersLastSlot = "layersLast";

    private const string First = "first";
    private const string Last = "last";

    public static string Write(EventLayout layout)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            WriteNames(json, layout);
            WriteShape(json, layout);
            WriteFactor(json, EnergyFactorSlot, layout.EnergyFactor);
            WriteFactor(json, TimeFactorSlot, layout.TimeFactor);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    public static EventLayout Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.EnumerateObject().Aggregate(EventLayout.Default, Set);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new FormatException($"The layout's JSON can't be used: {problem.Message.TrimEnd('.')}. Store it whole with EventLayout.ToJson and leave it unedited.", problem);
        }
    }

    private static void WriteNames(Utf8JsonWriter json, EventLayout layout)
    {
        if (layout.ImagesName is { } images)
        {
            json.WriteString(ImagesSlot, images);
        }

        if (layout.LabelsName is { } labels)
        {
            json.WriteString(LabelsSlot, labels);
        }

        if (layout.ConstantLabel is { } label)
        {
            json.WriteNumber(LabelSlot, label);
        }

        if (layout.ConstantTime is { } time)
        {
            json.WriteNumber(TimeSlot, time);
        }

        if (layout.EnergyChannel is { } channel)
        {
            json.WriteNumber(ChannelSlot, channel);
        }
    }

    private static void WriteShape(Utf8JsonWriter json, EventLayout layout)
    {
        if (layout.ImageSize is { } size)
        {
            json.WriteStartArray(SizeSlot);
            json.WriteNumberValue(size.Height);
            json.WriteNumberValue(size.Width);
            json.WriteEndArray();
        }

        if (layout.ChannelOrder is { } channels)
        {
            json.WriteString(ChannelsSlot, channels == ChannelOrder.First ? First : Last);
        }

        if (layout.IsColumnFirst)
        {
            json.WriteBoolean(ColumnFirstSlot, true);
        }

        if (layout.LayerCount is { } layers)
        {
            json.WriteNumber(layout.LayerOrder == LayerOrder.First ? LayersFirstSlot : LayersLastSlot, layers);
        }
    }

    private static void WriteFactor(Utf8JsonWriter json, string name, double factor)
    {
        if (factor != 1)
        {
            json.WriteNumber(name, factor);
        }
    }

    // What a slot of a later version means is not known: to ignore it would read other events than were meant.
    private static EventLayout Set(EventLayout layout, JsonProperty slot) => slot.Name switch
    {
        ImagesSlot => layout.Images(slot.Value.GetString()!),
        LabelsSlot => layout.Labels(slot.Value.GetString()!),
        LabelSlot => layout.LabelAll(slot.Value.GetInt32()),
        TimeSlot => layout.TimeAll(slot.Value.GetSingle()),
        ChannelSlot => layout.Channel(slot.Value.GetInt32()),
        SizeSlot => layout.Size(Size(slot.Value)),
        ChannelsSlot => IsFirst(slot) ? layout.ChannelFirst() : layout.ChannelLast(),
        ColumnFirstSlot => slot.Value.GetBoolean() ? layout.ColumnFirst() : layout,
        EnergyFactorSlot => layout.ScaledBy(slot.Value.GetDouble(), layout.TimeFactor),
        TimeFactorSlot => layout.ScaledBy(layout.EnergyFactor, slot.Value.GetDouble()),
        LayersFirstSlot => layout.Layers(slot.Value.GetInt32(), LayerOrder.First),
        LayersLastSlot => layout.Layers(slot.Value.GetInt32(), LayerOrder.Last),
        _ => throw new FormatException($"there is an unknown property '{slot.Name}'"),
    };

    private static ImageShape Size(JsonElement size) => size.GetArrayLength() == 2
        ? new ImageShape(size[0].GetInt32(), size[1].GetInt32())
        : throw new FormatException($"'{SizeSlot}' is {size.GetRawText()} instead of rows and columns");

    private static bool IsFirst(JsonProperty slot) => slot.Value.GetString() switch
    {
        First => true,
        Last => false,
        _ => throw new FormatException($"'{slot.Name}' is {slot.Value.GetRawText()} instead of \"{First}\" or \"{Last}\""),
    };
}
