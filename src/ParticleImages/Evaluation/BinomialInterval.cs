namespace ParticleImages.Evaluation;

/// <summary>
/// Where the true probability behind a counted fraction lies, at one standard deviation (68.3 %): the error bar of an efficiency, a purity or an accuracy.
/// </summary>
/// <remarks>
/// E. B. Wilson's score interval, J. Am. Stat. Assoc. 22 (1927) 209: within 0 to 1, and of some width even where none or all events pass, where
/// √(p(1 − p)/n) would be 0.
/// </remarks>
/// <param name="Low">The lower end, 0 to 1.</param>
/// <param name="High">The upper end, 0 to 1.</param>
public readonly record struct BinomialInterval(double Low, double High)
{
    /// <summary>The interval of a fraction.</summary>
    /// <param name="fraction">The part of the events that passed, 0 to 1.</param>
    /// <param name="count">All events, at least 1.</param>
    /// <returns>The interval; the fraction is in it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside 0 to 1, or the count is below 1.</exception>
    public static BinomialInterval Of(double fraction, int count)
    {
        if (!(fraction >= 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction is between 0 and 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Wilson(fraction, count, deviations: 1);
    }

    internal static BinomialInterval Wilson(double fraction, int count, double deviations)
    {
        double n = count, z2 = deviations * deviations;
        double spread = deviations * Math.Sqrt((fraction * (1 - fraction) / n) + (z2 / (4 * n * n)));
        double centre = fraction + (z2 / (2 * n));

        // Where none or all pass, rounding must not put the fraction outside.
        return new BinomialInterval(
            Math.Clamp((centre - spread) / (1 + (z2 / n)), 0, fraction), Math.Clamp((centre + spread) / (1 + (z2 / n)), fraction, 1));
    }
}
