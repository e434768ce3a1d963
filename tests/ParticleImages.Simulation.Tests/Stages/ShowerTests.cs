using FsCheck.Xunit;

namespace ParticleImages.Simulation.Tests.Stages;

public class ShowerTests
{
    private readonly RandomStream random = new();

    public ShowerTests() => random.Restart(seed: 9, label: 0, index: 0);

    [Theory]
    [InlineData(0.7)]
    [InlineData(5.0)]
    public void Half_of_a_part_lies_within_its_radius(double radius)
    {
        double[] distances = Sample.Draw(100_000, () =>
        {
            (double x, double y) = LateralProfile.SampleAround(random, radius);
            return Math.Sqrt((x * x) + (y * y));
        });

        Assert.Equal(radius, distances.Order().ElementAt(50_000), 0.03 * radius);
        Assert.InRange(Sample.KolmogorovDistance(distances, r => r * r / ((r * r) + (radius * radius))), 0, 1.95);
    }

    [Fact]
    public void Every_direction_is_as_likely()
    {
        double[] turns = Sample.Draw(100_000, () =>
        {
            (double x, double y) = LateralProfile.SampleAround(random, 1);
            return (Math.Atan2(y, x) / (2 * Math.PI)) + 0.5;
        });

        Assert.InRange(Sample.KolmogorovDistance(turns, turn => turn), 0, 1.95);
    }

    [Property]
    public void Core_and_tail_are_parts_with_radii_above_0_at_any_depth_and_energy(ushort depth, ushort energy)
    {
        double tau = 5.0 * depth / ushort.MaxValue;
        var profile = new LateralProfile(100.0 * energy / ushort.MaxValue);

        Assert.InRange(profile.CoreWeight(tau), 0, 1);
        Assert.InRange(profile.CoreRadius(tau), 0.01, 10);
        Assert.InRange(profile.TailRadius(tau), profile.CoreRadius(tau), 50);
    }

    [Fact]
    public void The_lateral_radii_and_weight_are_those_of_the_paper()
    {
        // 50 GeV at τ = 1, worked out by hand.
        var profile = new LateralProfile(50);
        const double Centimetres = 2.19 * 1.096;
        double core = 0.0251 + (0.00319 * Math.Log(50)) + 0.1162 - (0.000381 * 68.36);
        double rise = 0.3585 + (0.0421 * Math.Log(50));
        double tail = (0.659 - (0.00309 * 68.36)) * (Math.Exp(-2.59 * 0.355) + Math.Exp(rise * 0.355));
        double argument = (0.401 + (0.00187 * 68.36) - 1) / (1.313 - (0.0686 * Math.Log(50)));
        double weight = (2.632 - (0.00094 * 68.36)) * Math.Exp(argument - Math.Exp(argument));

        Assert.Equal(Centimetres * core, profile.CoreRadius(1), 1e-12);
        Assert.Equal(Centimetres * tail, profile.TailRadius(1), 1e-12);
        Assert.Equal(weight, profile.CoreWeight(1), 1e-12);
    }

    [Fact]
    public void Depths_average_to_the_mean_that_relative_depths_are_measured_by()
    {
        // ⟨t⟩ of one profile is depth / relative depth of any of its spots.
        var profile = LongitudinalProfile.Draw(50, random);
        double mean = profile.SampleDepth(random, out double relative) / relative;
        double[] relatives = Sample.Draw(100_000, () =>
        {
            double depth = profile.SampleDepth(random, out double tau);
            Assert.Equal(mean, depth / tau, 1e-9);
            return tau;
        });

        Assert.Equal(1, relatives.Average(), 0.01);
    }

    [Fact]
    public void Showers_of_50_GeV_reach_their_mean_depth_where_the_paper_says()
    {
        // With the means of ln T and ln α: ⟨t⟩ = α T / (α − 1).
        double logY = Math.Log(50 / 8.74e-3);
        double shape = 0.81 + ((0.458 + (2.26 / 68.36)) * logY);
        double expected = shape * (logY - 0.812) / (shape - 1);
        double[] means = Sample.Draw(20_000, () =>
        {
            var profile = LongitudinalProfile.Draw(50, random);
            return profile.SampleDepth(random, out double relative) / relative;
        });

        Assert.Equal(expected, means.Order().ElementAt(10_000), 0.02 * expected);
    }

    [Fact]
    public void A_shower_leaves_nearly_all_its_energy_around_its_axis()
    {
        var crystals = new CrystalPatch(noise: 0, random);
        var shower = new Shower(random, crystals);
        const int Count = 200;
        for (int i = 0; i < Count; i++)
        {
            shower.Develop(new IncidentParticle(IsPhoton: false, 50, 0), 24.5, 40.5);
        }

        double inside = 0;
        for (int row = 22; row <= 26; row++)
        {
            for (int column = 38; column <= 42; column++)
            {
                inside += crystals[row, column];
            }
        }

        // The Molière radius is a crystal's side: 5 × 5 crystals of a central shower hold about 97 %.
        Assert.InRange(inside / (50 * Count), 0.94, 0.99);
        Assert.InRange(crystals[24, 40] / (50 * Count), 0.70, 0.88);
    }
}
