namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>The error function, to about 10⁻¹⁵.</summary>
internal static class ErrorFunction
{
    // Beyond it the function is 1 to double precision.
    private const double Last = 6;

    // Up to here the series has no cancellation to speak of.
    private const double SeriesEnd = 2.5;

    public static double Of(double x)
    {
        double size = Math.Abs(x);
        return size > Last ? Math.Sign(x) : size <= SeriesEnd ? Series(x) : Math.Sign(x) * (1 - Complement(size));
    }

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
    private static double Complement(double x)
    {
        double tail = x;
        for (int n = 80; n >= 1; n--)
        {
            tail = x + (n / 2.0 / tail);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / tail;
    }
}
