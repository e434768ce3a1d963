using System.Globalization;
using System.Text.Json;

namespace ParticleImages.Reports.Contents;

/// <summary>What a program says of its run in <c>summary.json</c>: any JSON object, shown as names and values.</summary>
internal static class RunSummary
{
    public const string FileName = "summary.json";

    /// <summary>The files of events that the run read, as a list of paths.</summary>
    private const string Inputs = "inputs";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static (IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<string> Inputs) Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream, Lenient);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{path} holds {document.RootElement.ValueKind}, not an object of names and values.");
        }

        string[] inputs = document.RootElement.TryGetProperty(Inputs, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];
        return ([.. Flat(document.RootElement, "")], inputs);
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
