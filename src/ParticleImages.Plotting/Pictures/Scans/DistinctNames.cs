using System.Globalization;
using ParticleImages.Plotting.Drawing;

namespace ParticleImages.Plotting;

/// <summary>Names cut to a width so that different ones stay different.</summary>
internal static class DistinctNames
{
    // At least so much of a common beginning says what it is; where there is no room even for that, none.
    private static readonly int[] Least = [4, 0];

    /// <summary>The names, cut at their ends; those that would become one are cut before they differ instead.</summary>
    public static string[] Cut(IEnumerable<string> all, float width, float size)
    {
        // As the font sets them: what it has no letters for cannot be told apart by any cut.
        string[] names = [.. all.Select(PictureText.Settable)];
        string[] cut = Array.ConvertAll(names, name => PictureText.Cut(name, width, size));
        foreach (int least in Least)
        {
            foreach (IGrouping<string, int> alike in Enumerable.Range(0, cut.Length).GroupBy(i => cut[i]).Where(alike => alike.Select(i => names[i]).Distinct().Count() > 1).ToArray())
            {
                int[] starts = StringInfo.ParseCombiningCharacters(names[alike.First()]);
                int common = starts.Last(start => alike.All(i => names[i].StartsWith(names[alike.First()][..start], StringComparison.Ordinal)));
                int head = starts.Last(start => start <= Math.Min(least, common) || (least > 0 && start < common && alike.All(i => PictureText.WidthOf(Short(i, start), size) <= width)));
                foreach (int i in alike)
                {
                    cut[i] = PictureText.Cut(Short(i, head), width, size);
                }

                string Short(int i, int head) => $"{names[i][..head]}…{names[i][common..]}";
            }
        }

        return cut;
    }
}
