namespace ParticleImages.Simulation;

/// <summary>
/// Second stage: an arriving particle's shower, as spots of equal energy spread by the
/// <see cref="LongitudinalProfile"/> and the <see cref="LateralProfile"/>, dropped into the crystals.
/// </summary>
internal sealed class Shower
{
    /// <summary>The part, one standard deviation, by which a whole shower's measured energy is off.</summary>
    public const double EnergySpread = 0.003;

    // Grindhammer and Peters count 93 ln Z · E^0.876 spots; these 60 · E^0.876 give the same pictures, 6 times faster.
    private const double SpotsPerEnergy = 60;
    private const double SpotsPower = 0.876;
    private const int FewestSpots = 20;
    private const int MostSpots = 4000;

    // A photon's mean free path in radiation lengths.
    private const double ConversionLength = 9.0 / 7;

    private const double CalorimeterDepth = Barrel.CrystalDepth / LeadTungstate.RadiationLength;

    private const double CrystalsPerCentimetre = 1 / Barrel.CrystalSide;

    private readonly RandomStream random;
    private readonly CrystalPatch crystals;

    public Shower(RandomStream random, CrystalPatch crystals)
    {
        this.random = random;
        this.crystals = crystals;
    }

    /// <summary>Adds a particle's shower to the crystals; what leaves them at the back or the sides is lost.</summary>
    /// <param name="particle">What arrives.</param>
    /// <param name="row">Where its axis enters the patch, in rows from the patch's edge.</param>
    /// <param name="column">The same in columns.</param>
    public void Develop(in IncidentParticle particle, double row, double column)
    {
        double energy = particle.Energy * (1 + (EnergySpread * random.NextNormal()));
        var depths = LongitudinalProfile.Draw(energy, random);
        var widths = new LateralProfile(energy);
        double start = particle.IsPhoton ? ConversionLength * random.NextExponential() : 0;
        int spots = Math.Clamp((int)(SpotsPerEnergy * PortableMath.Pow(energy, SpotsPower)), FewestSpots, MostSpots);
        double spotEnergy = energy / spots;
        for (int spot = 0; spot < spots; spot++)
        {
            double depth = start + depths.SampleDepth(random, out double relativeDepth);
            if (depth > CalorimeterDepth)
            {
                continue;
            }

            (double alongRows, double alongColumns) = widths.SampleOffset(random, relativeDepth);
            crystals.Deposit(
                row + (alongRows * CrystalsPerCentimetre), column + (alongColumns * CrystalsPerCentimetre), spotEnergy);
        }
    }
}
