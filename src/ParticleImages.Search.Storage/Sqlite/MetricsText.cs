using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ParticleImages.Search.Storage.Sqlite;

/// <summary>
/// Metrics as JSON, every double bit for bit: <c>{"loss": 0.25, "accuracy": [0.9, 0.01], "other": "NaN"}</c>. A pair is a value and its standard error.
/// </summary>
internal static class MetricsText
{
    private const string NotANumber = "NaN";
    private const string Infinity = "Infinity";
    private const string MinusInfinity = "-Infinity";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(TrialMetrics metrics) => Write(json =>
    {
        json.WriteStartObject();
        foreach (KeyValuePair<string, MetricValue> metric in metrics)
        {
            json.WritePropertyName(metric.Key);
            Write(json, metric.Value);
        }

        json.WriteEndObject();
    });

    public static string Of(IReadOnlyList<MetricValue> values) => Write(json =>
    {
        json.WriteStartArray();
        foreach (MetricValue value in values)
        {
            Write(json, value);
        }

        json.WriteEndArray();
    });

    public static TrialMetrics Metrics(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        TrialMetrics metrics = TrialMetrics.None;
        foreach (JsonProperty property in json.RootElement.EnumerateObject())
        {
            MetricValue value = Read(property.Value);

            // The few names of a scan's metrics are one text each, however many trials there are.
            metrics = metrics.And(string.Intern(property.Name), value.Value, value.StandardError);
        }

        return metrics;
    }

    public static IReadOnlyList<MetricValue> Values(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, MetricValue value)
    {
        if (value.StandardError is not { } error)
        {
            Write(json, value.Value);
            return;
        }

        json.WriteStartArray();
        Write(json, value.Value);
        Write(json, error);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, double number)
    {
        // JSON has no such numbers; finite ones it writes in the fewest digits that give them back.
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(number) ? NotANumber : number > 0 ? Infinity : MinusInfinity);
        }
    }

    private static MetricValue Read(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? new MetricValue(Number(json[0]), Number(json[1]))
        : new MetricValue(Number(json));

    private static double Number(JsonElement json) => json.ValueKind == JsonValueKind.Number
        ? json.GetDouble()
        : json.GetString() switch
        {
            NotANumber => double.NaN,
            Infinity => double.PositiveInfinity,
            MinusInfinity => double.NegativeInfinity,
            var other => throw new JsonException($"A metric is a number, {NotANumber}, {Infinity} or {MinusInfinity}, not {other}."),
        };
}
