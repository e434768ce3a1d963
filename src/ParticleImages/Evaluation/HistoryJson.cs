using System.Text;
using System.Text.Json;

namespace ParticleImages.Evaluation;

/// <summary>
/// A training history as JSON: <c>{"version": 1, "epochs": [{"epoch": 1, "loss": 0.69, …}, …]}</c>, a missing value
/// null, and NaN and infinities, which JSON has not, as the strings of the CSV.
/// </summary>
internal static class HistoryJson
{
    private const int Version = 1;

    // What messages call the text, which has no path of its own.
    private const string Source = "the JSON";

    public static string Write(IReadOnlyList<EpochRecord> records)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            Write(writer, records);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    public static TrainingHistory Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new EventFormatException(
                    $"The training history has version {version}; this library reads version {Version}. Use a newer library.", Source);
            }

            return HistoryColumns.Compose(
                root.GetProperty("epochs").EnumerateArray().Select((epoch, row) => Parse(epoch, row)), Source);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EventFormatException(
                $"{Source} is no training history: {exception.Message} Give what TrainingHistory.ToJson wrote.",
                Source,
                innerException: exception);
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<EpochRecord> records)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("epochs");
        foreach (EpochRecord record in records)
        {
            writer.WriteStartObject();
            foreach (HistoryColumn column in HistoryColumns.All)
            {
                WriteField(writer, column.Name, column.Read(record));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is not { } given)
        {
            writer.WriteNull(name);
        }
        else if (double.IsFinite(given))
        {
            writer.WriteNumber(name, given);
        }
        else
        {
            writer.WriteString(name, HistoryColumns.Format(given));
        }
    }

    private static EpochRecord Parse(JsonElement epoch, int row)
    {
        var fields = new double?[HistoryColumns.All.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            HistoryColumn column = HistoryColumns.All[i];
            JsonElement field = epoch.GetProperty(column.Name);
            fields[i] = field.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => HistoryColumns.Parse(field.GetString()!, column, Source, row),
                _ => field.GetDouble(),
            };
        }

        return HistoryColumns.Compose(fields, Source, row);
    }
}
