namespace ParticleImages.Plotting.Drawing;

/// <summary>Where marks of one place go so that they do not lie on each other: evenly about it, and the same at every call.</summary>
internal static class EvenSpread
{
    // Multiples of the powers of the plastic number's inverse fill a square evenly (M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018).
    private const double Across = 0.7548776662466927;
    private const double Upward = 0.5698402909980532;

    /// <summary>The shift of one of many, from −½ to ½ in either direction.</summary>
    public static (double X, double Y) At(int index) => (((0.5 + (index * Across)) % 1) - 0.5, ((0.5 + (index * Upward)) % 1) - 0.5);
}
