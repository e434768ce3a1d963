using System.Globalization;
using ParticleImages.Plotting.Drawing;

namespace ParticleImages.Plotting;

/// <summary>Names cut to a width so that different ones stay different.</summary>
internal static class DistinctNames
{
    // So much of a common beginning still says what it is; where there is no room even for that, none.
    private static readonly int[] Kept = [4, 0];

    /// <summary>The names, cut at their ends; those that would become one are cut before they differ instead.</summary>
    public static string[] Cut(IReadOnlyList<string> names, float width, float size)
    {
        string[] cut = [.. names.Select(name => PictureText.Cut(name, width, size))];
        foreach (int kept in Kept)
        {
            foreach (IGrouping<string, int> alike in Enumerable.Range(0, cut.Length).GroupBy(i => cut[i]).Where(alike => alike.Select(i => names[i]).Distinct().Count() > 1).ToArray())
            {
                int[] starts = StringInfo.ParseCombiningCharacters(names[alike.First()]);
                int common = starts.Last(start => alike.All(i => names[i].StartsWith(names[alike.First()][..start], StringComparison.Ordinal)));
                int head = starts.Last(start => start <= Math.Min(kept, common));
                foreach (int i in alike)
                {
                    cut[i] = PictureText.Cut($"{names[i][..head]}…{names[i][common..]}", width, size);
                }
            }
        }

        return cut;
    }
}
