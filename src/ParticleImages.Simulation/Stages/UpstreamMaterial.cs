namespace ParticleImages.Simulation;

/// <summary>
/// First stage: the way of the primary particle from the beam through the tracker's material to the crystals. Electrons
/// bend in the field and radiate; photons convert into pairs. What is radiated flies on straight, so that several
/// particles arrive side by side in φ. This is what tells the electrons' images from the photons'.
/// </summary>
/// <remarks>
/// The material is X = k (0.36 cosh η + 0.75 (|η| / 1.2)⁴) radiation lengths. The factor k is a nuisance parameter: 2
/// makes the images of the public files. The bend is that of a circle of radius p_T / (0.3 B) m, p_T in GeV and B in T.
/// A photon converts with probability 1 − exp(−7X/9) (Review of Particle Physics), its energy shared evenly over the
/// pair.
/// </remarks>
internal sealed class UpstreamMaterial
{
    // The tracker's innermost and outermost layers, in m, and the steps between them.
    private const double InnerRadius = 0.04;
    private const double OuterRadius = 1.15;
    private const int Steps = 40;
    private const double StepLength = (OuterRadius - InnerRadius) / Steps;

    // GeV. Below the first, a charged particle curls up before it arrives; below the second, a photon is not worth
    // following.
    private const double SmallestTransverseMomentum = 0.3;
    private const double SmallestPhotonEnergy = 0.05;

    // GeV per T and m of bending radius.
    private const double MomentumPerFieldAndRadius = 0.3;

    private readonly double factor;
    private readonly RandomStream random;
    private readonly List<IncidentParticle> arrivals = [];

    private double coshEta;
    private double conversionProbability;
    private double noPhotonProbability;

    public UpstreamMaterial(double factor, RandomStream random)
    {
        this.factor = factor;
        this.random = random;
    }

    /// <summary>Carries one primary particle to the crystals.</summary>
    /// <param name="label">Photon or electron; an electron's charge is drawn.</param>
    /// <param name="energy">In GeV.</param>
    /// <param name="eta">The direction, as pseudorapidity.</param>
    /// <returns>What arrives; valid until the next call.</returns>
    public List<IncidentParticle> Carry(int label, double energy, double eta)
    {
        double slant = Math.Abs(eta) / 1.2;
        coshEta = PortableMath.Cosh(eta);
        double thickness = factor * ((0.36 * coshEta) + (0.75 * slant * slant * slant * slant)) / Steps;
        conversionProbability = 1 - PortableMath.Exp(-7.0 / 9 * thickness);
        noPhotonProbability = PortableMath.Exp(-Bremsstrahlung.PhotonsPerRadiationLength * thickness);

        arrivals.Clear();
        int charge = label == ParticleLabel.Photon ? 0 : random.NextUnit() < 0.5 ? 1 : -1;
        var primary = new Flight { Charge = charge, Energy = energy };
        Advance(ref primary, InnerRadius);
        Fly(primary);
        return arrivals;
    }

    private void Fly(Flight particle)
    {
        while (particle.Step < Steps)
        {
            if (CurlsUp(particle))
            {
                return;
            }

            Advance(ref particle, StepLength);
            particle.Step++;
            if (particle.Charge != 0)
            {
                Radiate(ref particle);
            }
            else if (random.NextUnit() < conversionProbability)
            {
                Convert(particle);
                return;
            }
        }

        if (!CurlsUp(particle))
        {
            Advance(ref particle, Barrel.Radius - OuterRadius);
            double azimuth = PortableMath.Atan(particle.Offset / Barrel.Radius);
            arrivals.Add(new IncidentParticle(particle.Charge == 0, particle.Energy, azimuth));
        }
    }

    private void Radiate(ref Flight electron)
    {
        // Poisson by products of uniform numbers: the mean of a step is far below 1.
        for (double product = random.NextUnit(); product > noPhotonProbability; product *= random.NextUnit())
        {
            double energy = Bremsstrahlung.SampleFraction(random) * electron.Energy;
            electron.Energy -= energy;
            if (energy > SmallestPhotonEnergy)
            {
                Fly(electron with { Charge = 0, Energy = energy });
            }
        }
    }

    private void Convert(Flight photon)
    {
        double share = random.NextUnit();
        Fly(photon with { Charge = 1, Energy = share * photon.Energy });
        Fly(photon with { Charge = -1, Energy = (1 - share) * photon.Energy });
    }

    private bool CurlsUp(in Flight particle) =>
        particle.Charge != 0 && particle.Energy < SmallestTransverseMomentum * coshEta;

    private void Advance(ref Flight particle, double length)
    {
        // 1/m; the parabola stands for the circle, whose radius is far larger than a step.
        double curvature = particle.Charge * MomentumPerFieldAndRadius * Barrel.Field * coshEta / particle.Energy;
        particle.Offset += (particle.Slope * length) + (0.5 * curvature * length * length);
        particle.Slope += curvature * length;
    }

    /// <summary>
    /// A particle under way: charge, energy in GeV, steps done, offset along φ in m, and its change per m of radius.
    /// </summary>
    private record struct Flight(int Charge, double Energy, int Step, double Offset, double Slope);
}
