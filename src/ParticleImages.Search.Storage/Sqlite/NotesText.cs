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
        return json.RootElement.EnumerateObject().Aggregate(TrialNotes.None, (notes, note) => notes.With(note.Name, note.Value.GetString()!));
    }
}
