namespace ParticleImages;

/// <summary>How unlike two names are, so that an error can list the nearest names first. ParticleImages.Search compiles this file, too.</summary>
internal static class NameDistance
{
    /// <summary>
    /// Counts the single-character changes (insert, delete, replace) that turn one name into the other, letters of
    /// both cases alike (Levenshtein's distance).
    /// </summary>
    public static int Between(string first, string second)
    {
        var previous = new int[second.Length + 1];
        var current = new int[second.Length + 1];
        for (int j = 0; j < previous.Length; j++)
        {
            previous[j] = j;
        }

        for (int i = 1; i <= first.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                bool same = char.ToLowerInvariant(first[i - 1]) == char.ToLowerInvariant(second[j - 1]);
                current[j] = Math.Min(
                    Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[second.Length];
    }
}
