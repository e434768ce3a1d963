namespace ParticleImages.Search;

/// <summary>
/// How the variance of a function of independent parameters divides among them, from pairs of points that have one coordinate exchanged
/// (Saltelli et al., Computer Physics Communications 181, 2010: main effects by its formula b, totals by Jansen's, f).
/// </summary>
internal static class VarianceShares
{
    // Shares within half a hundredth, which is less than what a forest gets wrong.
    private const int Points = 4096;

    public static (double[] Alone, double[] Total) Of(ImportanceForest function)
    {
        ForestAxis[] axes = function.Axes;
        int width = axes.Length;
        double[] strides = Strides(2 * width);
        double[][] ones = Spread(axes, strides[..width]);
        double[][] others = Spread(axes, strides[width..]);

        // At the ones, at the others, and for each axis at the ones with the others' places on it.
        double[][][] points = [ones, others, .. Enumerable.Range(0, width).Select(axis => (double[][])[.. ones[..axis], others[axis], .. ones[(axis + 1)..]])];
        var at = new double[points.Length][];
        Parallel.For(0, points.Length, i => at[i] = function.Predict(points[i]));

        double mean = (at[0].Average() + at[1].Average()) / 2;
        double variance = 0;
        var alone = new double[width];
        var total = new double[width];
        for (int i = 0; i < Points; i++)
        {
            (double atOne, double atOther) = (at[0][i], at[1][i]);
            variance += (Square(atOne - mean) + Square(atOther - mean)) / (2 * Points);
            for (int axis = 0; axis < width; axis++)
            {
                double atExchanged = at[axis + 2][i];
                alone[axis] += (atOther - mean) * (atExchanged - atOne) / Points;
                total[axis] += Square(atOne - atExchanged) / (2 * Points);
            }
        }

        // Sums over points lead a little beyond what the shares can be.
        total = Array.ConvertAll(total, share => variance > 0 ? Math.Min(1, share / variance) : 0);
        alone = [.. alone.Select((share, axis) => variance > 0 ? Math.Clamp(share / variance, 0, total[axis]) : 0)];

        // Without interactions the shares' errors may sum to a little more than there is.
        double sum = alone.Sum();
        return (sum > 1 ? Array.ConvertAll(alone, share => share / sum) : alone, total);
    }

    // Multiples of irrational strides fill the cube more evenly than chance does: powers of the number x for which x to the (n + 1) is x + 1
    // (Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018).
    private static double[] Strides(int count)
    {
        double root = 2;
        for (int i = 0; i < 64; i++)
        {
            root = Math.Pow(1 + root, 1.0 / (count + 1));
        }

        return [.. Enumerable.Range(1, count).Select(power => Math.Pow(root, -power))];
    }

    // Axis after axis, a place for each point.
    private static double[][] Spread(ForestAxis[] axes, double[] strides) =>
        [.. axes.Select((axis, place) => Enumerable.Range(1, Points).Select(i => axis.At((0.5 + (i * strides[place])) % 1)).ToArray())];

    private static double Square(double value) => value * value;
}
