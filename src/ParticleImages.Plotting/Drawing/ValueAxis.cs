using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// An axis of values of which nobody knows the size before: linear, or logarithmic (its places are then logarithms to base 10) where all are above 0 and the usual ones span a factor of 30 or more, half of them
/// in the lowest fifth: on a linear axis they would lie on its foot. A few far out do not count: <see cref="RobustRange"/> leaves them out.
/// </summary>
internal sealed record ValueAxis
{
    // The distance of two that are farther out may be infinite.
    private const double Farthest = 1e307;

    private const double LeastFactor = 30;
    private const double Foot = 0.2;

    private readonly bool keepsLow;
    private readonly bool keepsHigh;

    private ValueAxis(bool isLogarithmic, bool keepsLow, bool keepsHigh)
    {
        IsLogarithmic = isLogarithmic;
        this.keepsLow = keepsLow;
        this.keepsHigh = keepsHigh;
    }

    public bool IsLogarithmic { get; }

    /// <summary>Whether an axis can reach to a value: not to what is not finite, nor nearly so.</summary>
    public static bool Reaches(double value) => Math.Abs(value) <= Farthest;

    /// <param name="values">Any; what is not finite does not count.</param>
    /// <param name="keepsLow">Whether nothing is left out below.</param>
    /// <param name="keepsHigh">Whether nothing is left out above.</param>
    public static ValueAxis Of(IEnumerable<double> values, bool keepsLow, bool keepsHigh)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        bool isLogarithmic = RobustRange.Of(sorted, keepsLow, keepsHigh) is { } range
            && sorted[0] > 0
            && range.High / range.Low >= LeastFactor
            && range.PlaceOf(sorted[sorted.Length / 2]) <= Foot;
        return new ValueAxis(isLogarithmic, keepsLow, keepsHigh);
    }

    /// <summary>Where a value stands.</summary>
    public double PlaceOf(double value) => !IsLogarithmic ? value : value > 0 ? Math.Log10(value) : double.NegativeInfinity;

    /// <summary>How far an error reaches from a value's place: down, no farther than to a place, and up.</summary>
    public (double Down, double Up) Reach(double value, double error, double lowest) =>
        (PlaceOf(value) - Math.Max(PlaceOf(value - error), Math.Min(lowest, PlaceOf(value))), PlaceOf(value + error) - PlaceOf(value));

    /// <summary>The range of places in which values can be told apart; null where none is finite.</summary>
    public RobustRange? RangeOf(IEnumerable<double> values) => RobustRange.Of(values.Select(PlaceOf), keepsLow, keepsHigh);

    /// <summary>Numbers beside the axis between two places.</summary>
    public ITickGenerator Ticks(double low, double high) => IsLogarithmic ? DecadeTicks.Between(low, high) : ValueTicks.Between(low, high);
}
