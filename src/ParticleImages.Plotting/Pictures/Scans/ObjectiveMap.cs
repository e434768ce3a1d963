using System.Numerics;
using System.Runtime.InteropServices;
using ParticleImages.Plotting.Drawing;

namespace ParticleImages.Plotting;

/// <summary>
/// A map of values over the unit square from scattered ones. Along an axis of categories a cell is a category; along one of numbers the values are smoothed: the mean of all, weighted by a Gaussian of their
/// distance (E. A. Nadaraya, Theory Probab. Appl. 9, 1964; G. S. Watson, Sankhyā A 26, 1964). Where no value is near, the map has none: it does not go on beyond what was tried.
/// </summary>
internal sealed class ObjectiveMap
{
    private const int Fine = 192;

    // No wider than this share of an axis, however few there are.
    private const double Widest = 0.15;

    // The weight of a value at one and a half widths.
    private const double Near = 0.32;

    private readonly double?[,] cells;

    private ObjectiveMap(double?[,] cells) => this.cells = cells;

    public int Columns => cells.GetLength(0);

    public int Rows => cells.GetLength(1);

    public double? this[int column, int row] => cells[column, row];

    /// <param name="values">Values at places from 0 to 1.</param>
    /// <param name="columns">How many categories there are from left to right; null for numbers.</param>
    /// <param name="rows">The same upward.</param>
    public static ObjectiveMap Of(IReadOnlyList<(double X, double Y, double Value)> values, int? columns, int? rows)
    {
        int width = columns ?? Fine, height = rows ?? Fine;
        var sums = new double[width, height];
        var weights = new double[width, height];
        foreach ((double x, double y, double value) in values)
        {
            (int column, int row) = (PointThinning.CellOf(x, width), PointThinning.CellOf(y, height));
            sums[column, row] += value;
            weights[column, row]++;
        }

        double[] kernel = Kernel(values.Count, columns, rows);
        foreach (bool isAcross in new[] { true, false })
        {
            if ((isAcross ? columns : rows) is null)
            {
                sums = Smooth(sums, kernel, isAcross);
                weights = Smooth(weights, kernel, isAcross);
            }
        }

        var cells = new double?[width, height];
        for (int column = 0; column < width; column++)
        {
            for (int row = 0; row < height; row++)
            {
                cells[column, row] = weights[column, row] >= Near ? sums[column, row] / weights[column, row] : null;
            }
        }

        return new ObjectiveMap(cells);
    }

    // The width by Scott's rule for values spread evenly over the interval, whose standard deviation is 1/√12, in each category.
    private static double[] Kernel(int count, int? columns, int? rows)
    {
        int dimensions = (columns is null ? 1 : 0) + (rows is null ? 1 : 0);
        double each = Math.Max(1, (double)count / ((columns ?? 1) * (rows ?? 1)));
        double width = Fine * Math.Min(Widest, Math.Pow(each, -1.0 / (dimensions + 4)) / Math.Sqrt(12));
        return [.. Enumerable.Range(0, Fine).Select(distance => Math.Exp(-0.5 * distance * distance / (width * width)))];
    }

    // Along one axis, with whole columns or stretches of the kernel at a time: both lie in one piece.
    private static double[,] Smooth(double[,] cells, double[] kernel, bool isAcross)
    {
        int width = cells.GetLength(0), height = cells.GetLength(1);
        var smooth = new double[width, height];
        double[] mirrored = [.. kernel.Skip(1).Reverse(), .. kernel];
        for (int column = 0; column < width; column++)
        {
            if (isAcross)
            {
                for (int other = 0; other < Fine; other++)
                {
                    AddScaled(Column(cells, column), kernel[Math.Abs(other - column)], Column(smooth, other));
                }
            }
            else
            {
                for (int row = 0; row < height; row++)
                {
                    AddScaled(mirrored.AsSpan(Fine - 1 - row, Fine), cells[column, row], Column(smooth, column));
                }
            }
        }

        return smooth;
    }

    private static Span<double> Column(double[,] cells, int column) =>
        MemoryMarshal.CreateSpan(ref cells[column, 0], cells.GetLength(1));

    private static void AddScaled(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        if (factor == 0)
        {
            return;
        }

        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(source);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(target);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }

        for (int i = to.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }
}
