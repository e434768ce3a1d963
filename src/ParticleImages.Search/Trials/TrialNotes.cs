using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ParticleImages.Search;

/// <summary>Where a trial's result comes from, as names and texts: the data's checksum, the hash of its preparation, versions, the device. Immutable; equal when names and texts are, in whatever order.</summary>
public sealed class TrialNotes : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<TrialNotes>
{
    private readonly KeyValuePair<string, string>[] notes;

    private TrialNotes(KeyValuePair<string, string>[] notes) => this.notes = notes;

    /// <summary>No note.</summary>
    public static TrialNotes None { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => notes.Length;

    /// <summary>The names, in the order in which they were first set.</summary>
    public IEnumerable<string> Names => notes.Select(note => note.Key);

    /// <summary>Sets a note.</summary>
    /// <param name="name">The column in tables; not empty.</param>
    /// <param name="text">Any text; what the name had before is replaced.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public TrialNotes With(string name, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(text);
        int place = Array.FindIndex(notes, note => note.Key == name);
        KeyValuePair<string, string>[] copy = place < 0 ? [.. notes, default] : [.. notes];
        copy[place < 0 ? ^1 : place] = new(name, text);
        return new(copy);
    }

    /// <summary>A note's text, if there is one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out string? text)
    {
        int place = Array.FindIndex(notes, note => note.Key == name);
        text = place < 0 ? null : notes[place].Value;
        return place >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)notes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] TrialNotes? other) =>
        other is not null && other.Count == Count && notes.All(note => other.TryGet(note.Key, out string? text) && text == note.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrialNotes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // A sum, since the order means nothing.
        int sum = 0;
        foreach (KeyValuePair<string, string> note in notes)
        {
            sum += HashCode.Combine(note.Key, note.Value);
        }

        return sum;
    }

    /// <summary>Names and texts in one line.</summary>
    public override string ToString() => string.Join(", ", notes.Select(note => $"{note.Key} {note.Value}"));
}
