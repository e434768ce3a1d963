namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// The range in which values can be told apart: all of them, but for those on a side where a few are so far out that they would press the others into a line. Far out is more than three quartile ranges
/// beyond the outer quartile (J. W. Tukey's outer fence, 1977).
/// </summary>
/// <param name="Low">The lowest value within.</param>
/// <param name="High">The highest value within; above <paramref name="Low"/> unless all are one value.</param>
/// <param name="Beyond">How many values are outside, also those that are infinite or NaN.</param>
internal sealed record RobustRange(double Low, double High, int Beyond)
{
    private const double Fence = 3;

    // Of fewer nobody can say what is usual.
    private const int Fewest = 8;

    /// <param name="values">Any.</param>
    /// <param name="keepsLow">Whether nothing is left out below.</param>
    /// <param name="keepsHigh">Whether nothing is left out above.</param>
    /// <returns>The range; null where no value is finite.</returns>
    public static RobustRange? Of(IEnumerable<double> values, bool keepsLow, bool keepsHigh)
    {
        double[] all = [.. values];
        double[] sorted = [.. all.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return null;
        }

        double lower = sorted[sorted.Length / 4], upper = sorted[sorted.Length * 3 / 4];
        double reach = Fence * (upper - lower);
        bool isUsual = sorted.Length >= Fewest && reach > 0;
        double low = keepsLow || !isUsual ? sorted[0] : sorted.First(value => value >= lower - reach);
        double high = keepsHigh || !isUsual ? sorted[^1] : sorted.Last(value => value <= upper + reach);
        return new RobustRange(low, high, all.Count(value => !(value >= low && value <= high)));
    }

    /// <summary>Where a value stands from 0 to 1; what is outside, at the edge.</summary>
    public double PlaceOf(double value) => High > Low ? (Math.Clamp(value, Low, High) - Low) / (High - Low) : 0.5;
}
