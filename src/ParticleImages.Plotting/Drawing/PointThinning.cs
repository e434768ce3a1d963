namespace ParticleImages.Plotting.Drawing;

/// <summary>Fewer points that look like all: where many lie on each other, the first of them stands for the rest.</summary>
internal static class PointThinning
{
    private const int FinestCells = 600;

    /// <summary>Points of which no two share a cell of the finest grid with which at most so many are left; all where they are no more.</summary>
    /// <param name="points">The points; of a cell the first stays.</param>
    /// <param name="place">Where one stands, from 0 to 1 in both directions; what is beyond counts as at the edge.</param>
    /// <param name="most">At least 1.</param>
    public static IReadOnlyList<T> Thin<T>(IReadOnlyList<T> points, Func<T, (double X, double Y)> place, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        (double X, double Y)[] places = [.. points.Select(place)];
        for (int cells = FinestCells; ; cells = cells * 3 / 4)
        {
            var isTaken = new bool[cells * cells];
            var kept = new List<T>();
            for (int i = 0; i < places.Length && kept.Count <= most; i++)
            {
                int cell = (CellOf(places[i].Y, cells) * cells) + CellOf(places[i].X, cells);
                if (!isTaken[cell])
                {
                    isTaken[cell] = true;
                    kept.Add(points[i]);
                }
            }

            if (kept.Count <= most)
            {
                return kept;
            }
        }
    }

    private static int CellOf(double place, int cells) => (int)Math.Clamp(place * cells, 0, cells - 1);
}
