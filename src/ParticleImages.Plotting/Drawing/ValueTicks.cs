using ScottPlot.TickGenerators;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Ticks of an axis whose values may be of any size: as many digits as tell them apart, powers of ten where they would be long.</summary>
internal static class ValueTicks
{
    public static NumericAutomatic Between(double low, double high)
    {
        // What is next to nothing in the range is zero but for rounding.
        int digits = DigitsBetween(low, high);
        return new NumericAutomatic { LabelFormatter = value => ShortNumber.Of(Math.Abs(value) < 1e-6 * (high - low) ? 0 : value, digits) };
    }

    /// <summary>How many digits tell numbers between two apart: two more than the range itself has within its numbers.</summary>
    public static int DigitsBetween(double low, double high) => RobustRange.AreAlike(low, high)
        ? ShortNumber.UsualDigits
        : (int)Math.Clamp(Math.Ceiling(Math.Log10(Math.Max(Math.Abs(low), Math.Abs(high)) / (high - low))) + 2, 3, 15);
}
