using System.Text.Encodings.Web;
using System.Text.Json;

namespace ParticleImages.Search.Storage.Sqlite;

/// <summary>Notes as a JSON object of texts.</summary>
internal static class NotesText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(TrialNotes notes) => JsonSerializer.Serialize(notes.ToDictionary(note => note.Key, note => note.Value), Plain);

    public static TrialNotes Notes(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);

        // Most trials of a scan note the same: one text each, however many trials there are.
        return json.RootElement.EnumerateObject().Aggregate(TrialNotes.None, (notes, note) => notes.With(string.Intern(note.Name), string.Intern(note.Value.GetString()!)));
    }
}
