namespace ParticleImages.Simulation.Tests.Stages;

public class UpstreamMaterialTests
{
    private readonly RandomStream random = new();

    public UpstreamMaterialTests() => random.Restart(seed: 8, label: 0, index: 0);

    [Fact]
    public void Without_material_a_photon_arrives_straight_and_whole()
    {
        var nothing = new UpstreamMaterial(factor: 0, random);
        Assert.Equal([new IncidentParticle(IsPhoton: true, 50, 0)], nothing.Carry(ParticleLabel.Photon, 50, eta: 0));
    }

    [Fact]
    public void Without_material_an_electron_arrives_on_its_circle_to_either_side()
    {
        var nothing = new UpstreamMaterial(factor: 0, random);

        // sin φ = r / 2ρ for a circle of radius ρ through the beam.
        double radius = 50 / (0.3 * 3.8);
        double expected = Math.Asin(1.29 / (2 * radius));
        var azimuths = new List<double>();
        for (int i = 0; i < 50; i++)
        {
            IncidentParticle electron = Assert.Single(nothing.Carry(ParticleLabel.Electron, 50, eta: 0));
            Assert.False(electron.IsPhoton);
            Assert.Equal(50, electron.Energy);
            Assert.Equal(expected, Math.Abs(electron.Azimuth), 1e-5);
            azimuths.Add(electron.Azimuth);
        }

        Assert.Contains(azimuths, azimuth => azimuth > 0);
        Assert.Contains(azimuths, azimuth => azimuth < 0);
    }

    [Theory]
    [InlineData(0.0, 0.36)]
    [InlineData(-1.2, 1.40)]
    public void Photons_survive_the_material_as_often_as_its_thickness_says(double eta, double thickness)
    {
        const int Count = 20_000;
        var once = new UpstreamMaterial(factor: 1, random);
        int survived = 0;
        for (int i = 0; i < Count; i++)
        {
            List<IncidentParticle> arrivals = once.Carry(ParticleLabel.Photon, 50, eta);
            survived += arrivals is [{ IsPhoton: true, Azimuth: 0 }] ? 1 : 0;
        }

        // 0.36 cosh η + 0.75 (|η| / 1.2)⁴; cosh 1.2 = 1.81.
        double expected = Math.Exp(-7.0 / 9 * thickness);
        Assert.Equal(expected, survived / (double)Count, 0.02);
    }

    [Fact]
    public void What_arrives_has_no_more_energy_than_what_set_out_and_mostly_as_much()
    {
        var usual = new UpstreamMaterial(factor: 2, random);
        var parts = new List<double>();
        for (int i = 0; i < 5000; i++)
        {
            double arrived = usual.Carry(ParticleLabel.Electron, 60, eta: 0.5).Sum(particle => particle.Energy);
            Assert.InRange(arrived, 0, 60 * (1 + 1e-12));
            parts.Add(arrived / 60);
        }

        Assert.InRange(parts.Average(), 0.95, 1);
    }

    [Fact]
    public void Electrons_radiate_as_many_photons_as_the_spectrum_says()
    {
        // So little material that photons do not convert: the photons that arrive are those radiated.
        const double Factor = 0.05;
        const int Count = 100_000;
        var thin = new UpstreamMaterial(Factor, random);
        int photons = 0;
        for (int i = 0; i < Count; i++)
        {
            photons += thin.Carry(ParticleLabel.Electron, 50, eta: 0).Count(particle => particle.IsPhoton);
        }

        double expected = Factor * 0.36 * Bremsstrahlung.PhotonsPerRadiationLength;
        Assert.Equal(1, photons / (Count * expected), 0.04);
    }
}
