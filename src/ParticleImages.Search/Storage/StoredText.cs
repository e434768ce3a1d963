namespace ParticleImages.Search;

/// <summary>Texts that a store, a JSON description and a table give back as they were.</summary>
internal static class StoredText
{
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public static string Check(string text, string parameter)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new ArgumentException(
                    $"The text that begins with '{text[..i]}' has at place {i} half of a surrogate pair, U+{(int)text[i]:X4}: that is no character, and no file would give it back. Take it out, or write the whole character.",
                    parameter);
            }
        }

        return text;
    }
}
