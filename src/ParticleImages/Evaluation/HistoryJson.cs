using System.Text.Json;

namespace ParticleImages.Evaluation;

/// <summary>
/// A training history as JSON: <c>{"version": 1, "epochs": [{"epoch": 1, "loss": 0.69, …}, …]}</c>, a missing value
/// null, and NaN and infinities, which JSON has not, as the strings of the CSV.
/// </summary>
internal static class HistoryJson
{
    private const int Version = 1;

    public static void Write(Stream stream, IReadOnlyList<EpochRecord> records)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
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

    public static TrainingHistory Read(Stream stream, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("version").GetInt32();
            if (version != Version)
            {
                throw new EventFormatException(
                    $"'{path}' is a training history of version {version}; this library reads version {Version}. Use a newer one.", path);
            }

            return HistoryColumns.Compose(
                root.GetProperty("epochs").EnumerateArray().Select((epoch, row) => Parse(epoch, path, row)), path);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new EventFormatException(
                $"'{path}' is no training history: {exception.Message} Give a file that TrainingHistory.SaveJson wrote.",
                path,
                innerException: exception);
        }
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

    private static EpochRecord Parse(JsonElement epoch, string path, int row)
    {
        var fields = new double?[HistoryColumns.All.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            HistoryColumn column = HistoryColumns.All[i];
            JsonElement field = epoch.GetProperty(column.Name);
            fields[i] = field.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => HistoryColumns.Parse(field.GetString()!, column, path, row),
                _ => field.GetDouble(),
            };
        }

        return HistoryColumns.Compose(fields, path, row);
    }
}
