using System.Globalization;

namespace ParticleImages;

/// <summary>A number found from a sample, with what the sample's size leaves uncertain.</summary>
/// <param name="Value">The number.</param>
/// <param name="StandardError">One standard deviation of the number; null where the sample is too small to tell (one event).</param>
public readonly record struct Estimate(double Value, double? StandardError)
{
    // What a double holds and nobody reads further.
    private const int MostDecimals = 15;

    /// <summary>The estimate as text, for example <c>0.6830 ± 0.0021</c>.</summary>
    /// <returns>Value and error to the second digit of the error; the value with three decimals and <c>(error unknown)</c> where there is no error above 0: a sample without spread tells none.</returns>
    public override string ToString() => ToString(leastDecimals: 0);

    /// <summary>The estimate as text, with more decimals than its error asks for where it is large.</summary>
    /// <param name="leastDecimals">Of value and error, 0 to 15.</param>
    /// <returns>As <see cref="ToString()"/>, for example <c>0.750 ± 0.354</c> with 3.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The decimals are outside 0 to 15.</exception>
    public string ToString(int leastDecimals) => StandardError is { } error && error > 0 && double.IsFinite(error)
        ? string.Create(CultureInfo.InvariantCulture, $"{Rounded(Value, error, leastDecimals)} ± {Rounded(error, error, leastDecimals)}")
        : $"{Rounded(Value, 0, Math.Max(leastDecimals, 3))} (error unknown)";

    /// <summary>A number rounded to the second digit of an error, so that no error reads as 0.</summary>
    /// <param name="value">The number: the value, or the error itself.</param>
    /// <param name="error">The error, of two the larger; one that is not above 0 and finite asks for no decimals.</param>
    /// <param name="leastDecimals">Decimals to be written in any case, 0 to 15.</param>
    /// <returns>The number with a decimal point.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The decimals are outside 0 to 15.</exception>
    public static string Rounded(double value, double error, int leastDecimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leastDecimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leastDecimals, MostDecimals);

        // 0.0996 is 0.10 in two digits.
        int decimals = error > 0 && double.IsFinite(error)
            ? (int)Math.Clamp(1 - Math.Floor(Math.Log10(error / 0.995)), leastDecimals, MostDecimals)
            : leastDecimals;
        return value.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
