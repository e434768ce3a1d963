namespace ParticleImages.Networks.Models;

/// <summary>What a message says of a file's own words, which may be of any length and number.</summary>
internal static class Excerpt
{
    private const int Longest = 120;
    private const int Most = 3;
    private const int MostCompared = 10_000;

    /// <summary>A text, cut off where it is long.</summary>
    public static string Of(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");

    /// <summary>A shape, for example (8, 1, 3, 3, 3).</summary>
    public static string Of(IReadOnlyList<long> shape) => Of($"({string.Join(", ", shape)})");

    /// <summary>The few of some names that differ least from a wanted one, the nearest first.</summary>
    public static string Nearest(string wanted, IEnumerable<string> names)
    {
        string[] nearest = [.. names.Take(MostCompared).OrderBy(name => Distance(wanted, name)).ThenBy(name => name, StringComparer.Ordinal).Take(Most)];
        return nearest.Length == 0 ? "none" : string.Join(", ", nearest.Select(name => $"'{Of(name)}'"));
    }

    /// <summary>How many characters are to be put in, taken out or exchanged (Levenshtein's distance), of two beginnings of bounded length.</summary>
    private static int Distance(string left, string right)
    {
        left = left[..Math.Min(left.Length, Longest)];
        right = right[..Math.Min(right.Length, Longest)];
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int exchanged = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
