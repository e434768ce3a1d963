using System.Globalization;

namespace ParticleImages;

/// <summary>A number found from a sample, with what the sample's size leaves uncertain.</summary>
/// <param name="Value">The number.</param>
/// <param name="StandardError">One standard deviation of the number; null where the sample is too small to tell (one event).</param>
public readonly record struct Estimate(double Value, double? StandardError)
{
    /// <summary>The estimate as text, for example <c>0.683 ± 0.002</c>.</summary>
    /// <returns>Value and error, or the value alone where there is no error.</returns>
    public override string ToString() => StandardError is { } error
        ? string.Create(CultureInfo.InvariantCulture, $"{Value:0.###} ± {error:0.###}")
        : Value.ToString("0.###", CultureInfo.InvariantCulture);
}
