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

    // Sums of the same numbers in another order differ by so little.
    private const double Rounding = 1e-12;

    /// <summary>Whether the ends are one value but for rounding.</summary>
    public bool IsLevel => AreAlike(Low, High);

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
        bool isUsual = sorted.Length >= Fewest && !AreAlike(lower, upper);
        double low = keepsLow || !isUsual ? sorted[0] : sorted.First(value => value >= lower - reach);
        double high = keepsHigh || !isUsual ? sorted[^1] : sorted.Last(value => value <= upper + reach);
        return new RobustRange(low, high, all.Count(value => !(value >= low && value <= high)));
    }

    /// <summary>Whether two values are one but for rounding.</summary>
    public static bool AreAlike(double low, double high) => high - low <= Rounding * Math.Max(Math.Abs(low), Math.Abs(high));

    /// <summary>Whether a value is within.</summary>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>Where a value stands from 0 to 1; what is outside, at the edge.</summary>
    public double PlaceOf(double value) => !IsLevel ? (Math.Clamp(value, Low, High) - Low) / (High - Low) : 0.5;
}
