namespace ParticleImages.Search;

/// <summary>Which of the names that exist somebody may have meant.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    public static string Of(string wanted, IEnumerable<string> known) => string.Join(", ", known
        .OrderBy(name => Distance(wanted.ToUpperInvariant(), name.ToUpperInvariant()))
        .Take(Most)
        .Select(name => $"'{name}'"));

    // How many letters must be put in, left out or exchanged (Levenshtein).
    private static int Distance(string one, string two)
    {
        int[] row = [.. Enumerable.Range(0, two.Length + 1)];
        for (int i = 0; i < one.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < two.Length; j++)
            {
                int exchanged = diagonal + (one[i] == two[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(exchanged, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }
}
