namespace ParticleImages.Search;

/// <summary>
/// How the variance of a function of independent parameters divides among them, from pairs of points that have one coordinate exchanged
/// (Saltelli et al., Computer Physics Communications 181, 2010: main effects by its formula b, totals by Jansen's, f).
/// </summary>
internal static class VarianceShares
{
    // Shares within half a hundredth, which is less than what a forest gets wrong.
    private const int Points = 4096;

    public static (double[] Alone, double[] Total) Of(ImportanceAxis[] axes, ImportanceForest function)
    {
        double[] strides = Strides(2 * axes.Length);
        double[][] one = Spread(axes, strides[..axes.Length]);
        double[][] two = Spread(axes, strides[axes.Length..]);
        double[] atOne = All(one, function);
        double[] atTwo = All(two, function);
        double mean = (atOne.Average() + atTwo.Average()) / 2;
        double variance = (atOne.Sum(value => Square(value - mean)) + atTwo.Sum(value => Square(value - mean))) / (2 * Points);
        var alone = new double[axes.Length];
        var total = new double[axes.Length];
        for (int axis = 0; axis < axes.Length && variance > 0; axis++)
        {
            double[][] exchanged = [.. one.Select((point, i) => (double[])[.. point[..axis], two[i][axis], .. point[(axis + 1)..]])];
            double[] atExchanged = All(exchanged, function);
            double own = 0;
            double with = 0;
            for (int i = 0; i < Points; i++)
            {
                own += (atTwo[i] - mean) * (atExchanged[i] - atOne[i]);
                with += Square(atOne[i] - atExchanged[i]);
            }

            // A sum over points leads a little beyond what the shares can be.
            total[axis] = Math.Min(1, with / (2 * Points * variance));
            alone[axis] = Math.Clamp(own / (Points * variance), 0, total[axis]);
        }

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

    private static double[][] Spread(ImportanceAxis[] axes, double[] strides) =>
        [.. Enumerable.Range(1, Points).Select(i => axes.Select((axis, place) => axis.At((0.5 + (i * strides[place])) % 1)).ToArray())];

    private static double[] All(double[][] points, ImportanceForest function)
    {
        var values = new double[points.Length];
        Parallel.For(0, points.Length, i => values[i] = function.Predict(points[i]));
        return values;
    }

    private static double Square(double value) => value * value;
}
