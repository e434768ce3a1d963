using System.Numerics;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Fewer points that look like all: where many lie on each other, one of them stands for the rest.</summary>
internal static class PointThinning
{
    private const int FinestCells = 600;

    /// <summary>Points of which no two share a cell of the finest grid with which at most so many are left, in their order; all where they are no more.</summary>
    /// <param name="points">The points; which of a cell's stays is as good as chance, and the same at every call.</param>
    /// <param name="place">Where one stands, from 0 to 1 in both directions; what is beyond counts as at the edge.</param>
    /// <param name="most">At least 1.</param>
    public static IReadOnlyList<T> Thin<T>(IReadOnlyList<T> points, Func<T, (double X, double Y)> place, int most)
    {
        if (points.Count <= most)
        {
            return points;
        }

        // In an order that jumps about: the first of each cell in theirs would all stand at its edge, and the grid would show.
        (double X, double Y)[] places = [.. points.Select(place)];
        int stride = StrideFor(places.Length);
        for (int cells = FinestCells; ; cells = cells * 3 / 4)
        {
            var isTaken = new bool[cells * cells];
            var kept = new List<int>();
            for (int turn = 0, i = 0; turn < places.Length && kept.Count <= most; turn++, i = (int)(((long)i + stride) % places.Length))
            {
                int cell = (CellOf(places[i].Y, cells) * cells) + CellOf(places[i].X, cells);
                if (!isTaken[cell])
                {
                    isTaken[cell] = true;
                    kept.Add(i);
                }
            }

            if (kept.Count <= most)
            {
                return [.. kept.Order().Select(i => points[i])];
            }
        }
    }

    // Near the golden section, and without a common divisor, so that every point has its turn.
    private static int StrideFor(int count)
    {
        int stride = (int)(0.6180339887 * count);
        while (BigInteger.GreatestCommonDivisor(stride, count) != 1)
        {
            stride++;
        }

        return stride;
    }

    /// <summary>Which of so many equal cells a place from 0 to 1 lies in; what is beyond counts as at the edge.</summary>
    public static int CellOf(double place, int cells) => (int)Math.Clamp(place * cells, 0, cells - 1);
}
