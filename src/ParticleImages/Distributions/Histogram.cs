using System.Globalization;

namespace ParticleImages;

/// <summary>
/// Counts in bins side by side: bin k holds the values of [edge k, edge k + 1); what lies below the first edge or not below
/// the last is counted apart. The statistical error of a count n is √n, that of a Poisson distribution.
/// </summary>
/// <remarks>Immutable; safe to read from several threads.</remarks>
public sealed class Histogram
{
    private readonly double[] edges;
    private readonly long[] counts;

    internal Histogram(double[] edges, long[] counts, long below, long above)
    {
        this.edges = edges;
        this.counts = counts;
        Below = below;
        Above = above;
        Total = below + above + counts.Sum();
    }

    /// <summary>The number of bins, at least 1.</summary>
    public int Bins => counts.Length;

    /// <summary>The bins' ends, ascending: one more than there are bins.</summary>
    public ReadOnlySpan<double> Edges => edges;

    /// <summary>How many values each bin holds.</summary>
    public ReadOnlySpan<long> Counts => counts;

    /// <summary>Values below the first edge.</summary>
    public long Below { get; }

    /// <summary>Values at the last edge or above.</summary>
    public long Above { get; }

    /// <summary>All values, those outside the bins too.</summary>
    public long Total { get; }

    /// <summary>Counts values.</summary>
    /// <param name="values">The values; infinite ones lie outside the bins.</param>
    /// <param name="edges">The bins' ends: two at least, finite, strictly ascending. They are copied.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="ArgumentException">A value is NaN, or the edges are too few or do not ascend.</exception>
    public static Histogram Of(ReadOnlySpan<double> values, ReadOnlySpan<double> edges)
    {
        double[] ends = Checked(edges);
        var counts = new long[ends.Length - 1];
        long below = 0, above = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                throw new ArgumentException($"Value {i} is NaN, which lies in no bin. Leave such values out.", nameof(values));
            }

            int found = Array.BinarySearch(ends, values[i]);
            int bin = found >= 0 ? found : ~found - 1;
            if (bin < 0)
            {
                below++;
            }
            else if (bin == counts.Length)
            {
                above++;
            }
            else
            {
                counts[bin]++;
            }
        }

        return new Histogram(ends, counts, below, above);
    }

    /// <summary>The statistical error of a bin's count: its square root.</summary>
    /// <param name="bin">The bin, from 0.</param>
    /// <returns>√n; 0 for an empty bin.</returns>
    /// <exception cref="IndexOutOfRangeException">There is no such bin.</exception>
    public double Error(int bin) => Math.Sqrt(counts[bin]);

    /// <summary>Joins neighbouring bins.</summary>
    /// <param name="factor">How many become one; it divides the number of bins.</param>
    /// <returns>A histogram of Bins / factor bins with the same values.</returns>
    /// <exception cref="ArgumentException">The factor is below 1 or does not divide the number of bins.</exception>
    public Histogram Rebin(int factor)
    {
        if (factor < 1 || Bins % factor != 0)
        {
            throw new ArgumentException($"{Bins} bins can't be joined by {factor}: the factor is 1 or more and divides them.", nameof(factor));
        }

        return new Histogram(
            [.. Enumerable.Range(0, (Bins / factor) + 1).Select(k => edges[k * factor])],
            [.. Enumerable.Range(0, Bins / factor).Select(k => counts.AsSpan(k * factor, factor).ToArray().Sum())],
            Below,
            Above);
    }

    /// <summary>The cumulative distribution: which share of all values lies below each edge.</summary>
    /// <returns>One share an edge, 0 to 1, ascending or equal; 0 throughout where nothing was counted.</returns>
    public double[] CumulativeShares()
    {
        var shares = new double[edges.Length];
        long sum = Below;
        for (int k = 0; k < edges.Length; k++)
        {
            shares[k] = Total == 0 ? 0 : (double)sum / Total;
            sum += k < counts.Length ? counts[k] : 0;
        }

        return shares;
    }

    /// <summary>
    /// This histogram divided by another, bin by bin: r = scale · n / m with the error r √(1/n + 1/m) of two independent Poisson counts.
    /// </summary>
    /// <param name="denominator">A histogram with the same edges.</param>
    /// <param name="scale">Multiplies every ratio, above 0: for samples of different sizes, the denominator's size over this one's.</param>
    /// <returns>One ratio a bin; null where either is empty: neither the ratio nor its error could be told.</returns>
    /// <exception cref="ArgumentException">The edges differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not a finite number above 0.</exception>
    public IReadOnlyList<Estimate?> DividedBy(Histogram denominator, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(denominator);
        if (!edges.AsSpan().SequenceEqual(denominator.edges))
        {
            throw new ArgumentException(
                $"The numerator has {this}, the denominator {denominator}. Bins to be divided have the same edges.", nameof(denominator));
        }

        if (!(scale > 0 && double.IsFinite(scale)))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is a finite number above 0.");
        }

        return [.. counts.Select((count, bin) => Ratio(count, denominator.counts[bin], scale))];
    }

    /// <summary>The histogram as text, for example <c>20 bins from 0 to 5, 1000 values</c>.</summary>
    /// <returns>The number of bins, the outer edges and the number of values.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Bins} {(Bins == 1 ? "bin" : "bins")} from {edges[0]:R} to {edges[^1]:R}, {Total} {(Total == 1 ? "value" : "values")}");

    private static Estimate? Ratio(long numerator, long denominator, double scale)
    {
        if (numerator == 0 || denominator == 0)
        {
            return null;
        }

        double ratio = scale * numerator / denominator;
        return new Estimate(ratio, ratio * Math.Sqrt((1.0 / numerator) + (1.0 / denominator)));
    }

    private static double[] Checked(ReadOnlySpan<double> edges)
    {
        if (edges.Length < 2)
        {
            throw new ArgumentException($"A histogram has two edges or more, one more than bins; received {edges.Length}.", nameof(edges));
        }

        for (int i = 0; i < edges.Length; i++)
        {
            if (!double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Edge {i} is {edges[i]:R}. Edges are finite and strictly ascending."), nameof(edges));
            }
        }

        return edges.ToArray();
    }
}
