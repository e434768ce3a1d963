using MathNet.Numerics.Distributions;

namespace ParticleImages.Search;

/// <summary>Correlations of two lists of finite numbers.</summary>
internal static class Correlation
{
    /// <summary>Null where one of the lists does not vary.</summary>
    public static double? Pearson(double[] one, double[] two)
    {
        if (one.Length < 2 || IsConstant(one) || IsConstant(two))
        {
            return null;
        }

        double[] x = Standardized(one);
        double[] y = Standardized(two);
        double product = 0;
        for (int i = 0; i < x.Length; i++)
        {
            product += x[i] * y[i];
        }

        // Rounding leads beyond the ends.
        return Math.Clamp(product, -1, 1);
    }

    public static double? Spearman(double[] one, double[] two) => Pearson(Ranks(one), Ranks(two));

    public static double? PValue(double? correlation, int count)
    {
        if (correlation is not { } r || count < 3)
        {
            return null;
        }

        double t = Math.Abs(r) * Math.Sqrt((count - 2) / ((1 - r) * (1 + r)));
        return double.IsInfinity(t) ? 0 : 2 * StudentT.CDF(0, 1, count - 2, -t);
    }

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    public static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort([.. values], order);
        var ranks = new double[values.Length];
        for (int begin = 0; begin < order.Length;)
        {
            int end = begin + 1;
            while (end < order.Length && values[order[end]] == values[order[begin]])
            {
                end++;
            }

            for (int i = begin; i < end; i++)
            {
                ranks[order[i]] = (begin + end + 1) / 2.0;
            }

            begin = end;
        }

        return ranks;
    }

    private static bool IsConstant(double[] values) => Array.TrueForAll(values, value => value == values[0]);

    // Scaled first, so that no square of a huge or tiny number is out of range.
    private static double[] Standardized(double[] values)
    {
        double largest = values.Max(Math.Abs);
        double[] scaled = Array.ConvertAll(values, value => value / largest);
        double mean = scaled.Average();
        double[] deviations = Array.ConvertAll(scaled, value => value - mean);
        double norm = Math.Sqrt(deviations.Sum(deviation => deviation * deviation));
        return Array.ConvertAll(deviations, deviation => deviation / norm);
    }
}
