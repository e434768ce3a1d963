using System.Globalization;
using System.Text.Json;

namespace ParticleImages.Reports.Contents;

/// <summary>What a program says of its run in <c>summary.json</c>: any JSON object, shown as names and values, of which a few names mean something.</summary>
/// <param name="Facts">All of it.</param>
/// <param name="Inputs">The files of events that the run read, <c>inputs</c>.</param>
/// <param name="Layout">Where they keep what, <c>layout</c>.</param>
/// <param name="IsSynthetic">Whether the events were simulated, <c>synthetic</c>.</param>
/// <param name="TestScores">The SHA-256 of <c>scores.csv</c> where its events neither trained the network nor chose its epoch, <c>testScoresSha256</c>; null where nobody says so.</param>
internal sealed record RunSummary(IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<string> Inputs, EventLayout Layout, bool IsSynthetic, string? TestScores)
{
    public const string FileName = "summary.json";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static RunSummary None { get; } = new([], [], EventLayout.Default, false, null);

    public static RunSummary Read(string path)
    {
        using JsonDocument document = Parse(path);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{path} holds {root.ValueKind}, not an object of names and values.");
        }

        string[] inputs = root.TryGetProperty("inputs", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];
        EventLayout layout = root.TryGetProperty("layout", out JsonElement said) ? EventLayout.FromJson(said.GetRawText()) : EventLayout.Default;
        string? scores = root.TryGetProperty("testScoresSha256", out JsonElement checksum) && checksum.ValueKind == JsonValueKind.String ? checksum.GetString() : null;
        bool isSynthetic = root.TryGetProperty("synthetic", out JsonElement truth) && truth.ValueKind == JsonValueKind.True;
        return new RunSummary([.. Flat(root, "")], inputs, layout, isSynthetic, scores);
    }

    private static JsonDocument Parse(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            return JsonDocument.Parse(stream, Lenient);
        }
        catch (JsonException problem)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{path} is cut off or no JSON (line {problem.LineNumber + 1})."), problem);
        }
    }

    private static IEnumerable<(string Name, string Value)> Flat(JsonElement json, string name) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Flat(member.Value, name.Length == 0 ? Words(member.Name) : $"{name}: {Words(member.Name)}")),
        JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) =>
            [(name, string.Join(", ", json.EnumerateArray().Select(Text)))],
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, place) => Flat(item, string.Create(CultureInfo.InvariantCulture, $"{name} {place + 1}"))),
        _ => [(name, Text(json))],
    };

    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => "none",
        JsonValueKind.String => json.GetString()!,
        _ => json.GetRawText(),
    };

    // aucStandardError becomes auc standard error.
    private static string Words(string name) => string.Concat(name.Select((letter, place) =>
        place > 0 && char.IsAsciiLetterUpper(letter) && char.IsAsciiLetterLower(name[place - 1]) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
