using ScottPlot.TickGenerators;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Ticks of an axis whose values may be of any size: as many digits as tell them apart, powers of ten where they would be long.</summary>
internal static class ValueTicks
{
    public static NumericAutomatic Between(double low, double high)
    {
        // Two digits more than the range itself has within its numbers; what is next to nothing in it is zero but for rounding.
        double reach = Math.Max(Math.Abs(low), Math.Abs(high)), range = high - low;
        int digits = range > 0 && reach > 0 ? (int)Math.Clamp(Math.Ceiling(Math.Log10(reach / range)) + 2, 3, 12) : 4;
        return new NumericAutomatic { LabelFormatter = value => ShortNumber.Of(Math.Abs(value) < 1e-6 * range ? 0 : value, digits) };
    }
}
