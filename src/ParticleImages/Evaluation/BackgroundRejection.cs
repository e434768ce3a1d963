using System.Globalization;

namespace ParticleImages.Evaluation;

/// <summary>How many background events are turned away for one that passes: 1/ε_b, with its statistical error.</summary>
/// <remarks>
/// The error is that of the background's count alone, as is usual where background is scarce; that the threshold was
/// itself found from a finite signal sample is not in it.
/// </remarks>
public readonly record struct BackgroundRejection
{
    // The standard normal distribution's 95 % quantile: one-sided limits.
    private const double Z95 = 1.6448536269514722;

    internal BackgroundRejection(double backgroundEfficiency, int backgroundCount)
    {
        double n = backgroundCount;
        Value = 1 / backgroundEfficiency;
        StandardError = backgroundEfficiency > 0 ? Value * Math.Sqrt((Value - 1) / n) : double.PositiveInfinity;
        LowerLimit = 1 / BinomialInterval.Wilson(backgroundEfficiency, backgroundCount, Z95).High;
    }

    /// <summary>1/ε_b, at least 1; +∞ where no background event passes.</summary>
    public double Value { get; }

    /// <summary>
    /// One standard deviation, from the binomial error √(ε_b(1 − ε_b)/N_b) of the background efficiency; +∞ where
    /// <see cref="Value"/> is, since nothing then bounds it from above. <see cref="LowerLimit"/> still holds.
    /// </summary>
    public double StandardError { get; }

    /// <summary>
    /// The rejection is at least this at 95 % confidence: always finite, about N_b/2.7 where none of N_b background
    /// events passes. One over the upper end of E. B. Wilson's score interval, J. Am. Stat. Assoc. 22 (1927) 209.
    /// </summary>
    public double LowerLimit { get; }

    /// <summary>The rejection as text, for example <c>12.5 ± 1.2</c>, or <c>∞ (at least 37 at 95 %)</c>.</summary>
    /// <returns>Value and error to the second digit of the error; <c>1</c> where all background events pass; three digits of a limit.</returns>
    public override string ToString() => Value == 1 ? "1"
        : double.IsFinite(Value) ? new Estimate(Value, StandardError).ToString()
        : string.Create(CultureInfo.InvariantCulture, $"∞ (at least {LowerLimit:G3} at 95 %)");
}
