namespace ParticleImages.Simulation;

/// <summary>
/// How a shower's energy spreads over depth: a gamma distribution, in radiation lengths from the shower's start, whose
/// shape α and maximum T fluctuate from shower to shower. Grindhammer and Peters, hep-ex/0001020, homogeneous
/// calorimeters: with y = E / E_c, (ln T, ln α) is normal with means ln(ln y − 0.812) and ln(0.81 + (0.458 + 2.26/Z) ln
/// y), spreads 1/(−1.4 + 1.26 ln y) and 1/(−0.58 + 0.86 ln y), and correlation 0.705 − 0.023 ln y.
/// </summary>
internal readonly struct LongitudinalProfile
{
    // The formulas hold for showers, not for single soft particles: below E = 79 MeV the profile of 79 MeV is used.
    private const double SmallestLogEnergy = 2.2;

    // At α = 1 the maximum would lie at the surface and the mean depth be undefined.
    private const double SmallestShape = 1.1;

    private readonly GammaDistribution depths;
    private readonly double shape;
    private readonly double lengthPerUnit;

    private LongitudinalProfile(double shape, double maximum)
    {
        this.shape = shape;
        lengthPerUnit = maximum / (shape - 1);
        depths = new GammaDistribution(shape);
    }

    /// <summary>Draws the profile of one shower.</summary>
    /// <param name="energy">In GeV.</param>
    /// <param name="random">Where the two normal numbers come from.</param>
    public static LongitudinalProfile Draw(double energy, RandomStream random)
    {
        double logY = Math.Max(PortableMath.Log(energy / LeadTungstate.CriticalEnergy), SmallestLogEnergy);
        double spreadOfMaximum = 1 / (-1.4 + (1.26 * logY));
        double spreadOfShape = 1 / (-0.58 + (0.86 * logY));
        double correlation = 0.705 - (0.023 * logY);

        // Sum and difference of two independent numbers have the correlation wanted.
        double common = Math.Sqrt((1 + correlation) / 2) * random.NextNormal();
        double opposed = Math.Sqrt((1 - correlation) / 2) * random.NextNormal();
        double maximum = (logY - 0.812) * PortableMath.Exp(spreadOfMaximum * (common + opposed));
        double shape = (0.81 + ((0.458 + (2.26 / LeadTungstate.AtomicNumber)) * logY))
            * PortableMath.Exp(spreadOfShape * (common - opposed));
        return new LongitudinalProfile(Math.Max(shape, SmallestShape), maximum);
    }

    /// <summary>Draws the depth of one spot.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="relativeDepth">τ, the depth in units of the shower's mean depth.</param>
    /// <returns>The depth in radiation lengths.</returns>
    public double SampleDepth(RandomStream random, out double relativeDepth)
    {
        double depth = depths.Sample(random);
        relativeDepth = depth / shape;
        return depth * lengthPerUnit;
    }
}
