namespace ParticleImages.Simulation;

/// <summary>
/// The photons that an electron radiates in matter: in dX radiation lengths dN/dy = (dX/y)(4/3 − 4y/3 + y²), where y is
/// the fraction of the electron's energy that the photon takes (Review of Particle Physics, passage of particles
/// through matter).
/// </summary>
internal static class Bremsstrahlung
{
    /// <summary>Softer photons are left out: 0.2 GeV of 50 GeV.</summary>
    public const double SmallestFraction = 0.004;

    /// <summary>Photons a radiation length: the spectrum's integral from the smallest fraction to 1.</summary>
    public static double PhotonsPerRadiationLength { get; } =
        (-4.0 / 3 * PortableMath.Log(SmallestFraction))
        - (4.0 / 3 * (1 - SmallestFraction))
        + (0.5 * (1 - (SmallestFraction * SmallestFraction)));

    /// <summary>Draws a photon's fraction: 1/y by inversion, the polynomial by rejection.</summary>
    public static double SampleFraction(RandomStream random)
    {
        while (true)
        {
            double y = PortableMath.Pow(SmallestFraction, random.NextUnit());
            if (random.NextUnit() < 1 - y + (0.75 * y * y))
            {
                return y;
            }
        }
    }
}
