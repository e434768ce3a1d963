namespace ParticleImages.Search;

/// <summary>How much better than the best so far a place is expected to be (Jones, Schonlau and Welch, J. Global Optim. 13, 1998), as a logarithm, which is not lost where it is small (Ament et al., NeurIPS 2023).</summary>
internal static class ExpectedImprovement
{
    // Further out the two terms cancel each other's digits.
    private const double Far = -6;

    /// <summary>The logarithm of the expected improvement in units of the width.</summary>
    /// <param name="ahead">By how many widths the expected value is better than the best.</param>
    public static double Log(double ahead)
    {
        if (ahead > Far)
        {
            return Math.Log(NormalNumbers.Density(ahead) + (ahead * NormalNumbers.Below(ahead)));
        }

        // The beginning of the asymptotic series.
        double square = ahead * ahead;
        return (-0.5 * square) - (0.5 * Math.Log(2 * Math.PI)) - Math.Log(square) + Math.Log(1 - (3 / square) + (15 / (square * square)));
    }
}
