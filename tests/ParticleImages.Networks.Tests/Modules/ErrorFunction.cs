namespace ParticleImages.Networks.Tests.Modules;

/// <summary>The error function and what it lacks to 1, to about 10⁻¹⁵ of each.</summary>
internal static class ErrorFunction
{
    // Up to here 1 − erf has no cancellation to speak of.
    private const double SeriesEnd = 0.5;

    public static double Of(double x) => Math.Abs(x) <= SeriesEnd ? Series(x) : x > 0 ? 1 - Complement(x) : Complement(-x) - 1;

    /// <summary>1 − erf x.</summary>
    public static double Complement(double x) => x <= SeriesEnd ? 1 - Of(x) : Math.Exp(-x * x) * Scaled(x);

    // erf x = 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, all terms of one sign (NIST DLMF 7.6.2).
    private static double Series(double x)
    {
        double term = x;
        double sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // The continued fraction √π e^(x²) erfc x = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) (NIST DLMF 7.9.1), from its end.
    private static double Scaled(double x)
    {
        double tail = x;
        for (int n = x < 2 ? 2000 : 200; n >= 1; n--)
        {
            tail = x + (n / 2.0 / tail);
        }

        return 1 / Math.Sqrt(Math.PI) / tail;
    }
}
