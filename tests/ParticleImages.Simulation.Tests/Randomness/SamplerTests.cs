namespace ParticleImages.Simulation.Tests.Randomness;

public class SamplerTests
{
    private const int Count = 200_000;

    [Fact]
    public void Unit_numbers_are_uniform()
    {
        RandomStream random = Stream(1);
        double[] values = Sample.Draw(Count, random.NextUnit);

        Assert.DoesNotContain(values, value => value is <= 0 or >= 1);
        Assert.InRange(Sample.KolmogorovDistance(values, x => x), 0, 1.95);
    }

    [Fact]
    public void Neighbouring_events_have_unrelated_numbers()
    {
        // The first number of each stream; along the events it must look like one stream.
        var random = new RandomStream();
        int index = 0;
        double[] values = Sample.Draw(Count, () =>
        {
            random.Restart(seed: 1, label: 0, index++);
            return random.NextUnit();
        });

        Assert.InRange(Sample.KolmogorovDistance(values, x => x), 0, 1.95);
        double correlation = values.Skip(1).Zip(values, (next, value) => (next - 0.5) * (value - 0.5)).Average() * 12;
        Assert.InRange(correlation * Math.Sqrt(Count), -4, 4);
    }

    [Fact]
    public void Class_seed_and_number_each_make_another_stream()
    {
        var random = new RandomStream();
        var first = new HashSet<ulong>();
        for (int seed = -2; seed <= 2; seed++)
        {
            for (int index = 0; index < 10; index++)
            {
                random.Restart(seed, ParticleLabel.Photon, index);
                first.Add(random.NextBits());
                random.Restart(seed, ParticleLabel.Electron, index);
                first.Add(random.NextBits());
            }
        }

        Assert.Equal(100, first.Count);
    }

    [Fact]
    public void Normal_numbers_have_the_normal_moments_and_tail()
    {
        RandomStream random = Stream(2);
        double[] values = Sample.Draw(5 * Count, random.NextNormal);

        // In each case five standard errors of a million numbers.
        Assert.Equal(0, values.Average(), 0.005);
        Assert.Equal(1, Sample.CentralMoment(values, 2), 0.007);
        Assert.Equal(0, Sample.CentralMoment(values, 3), 0.02);
        Assert.Equal(3, Sample.CentralMoment(values, 4), 0.05);

        // Of a normal distribution 5.757e-4 lies beyond 3.4426, where the ziggurat ends, and 2.70e-3 beyond 3.
        Assert.InRange(values.Count(value => Math.Abs(value) > 3.442619855899), 576 - 120, 576 + 120);
        Assert.InRange(values.Count(value => Math.Abs(value) > 3), 2700 - 260, 2700 + 260);
        Assert.InRange(values.Max(Math.Abs), 4.2, 7);
    }

    [Fact]
    public void Exponential_numbers_are_exponential()
    {
        RandomStream random = Stream(3);
        double[] values = Sample.Draw(Count, random.NextExponential);
        Assert.InRange(Sample.KolmogorovDistance(values, x => 1 - Math.Exp(-x)), 0, 1.95);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.1)]
    [InlineData(4.5)]
    [InlineData(40.0)]
    public void Gamma_numbers_have_the_mean_variance_and_skew_of_their_shape(double shape)
    {
        RandomStream random = Stream(4);
        var gamma = new GammaDistribution(shape);
        double[] values = Sample.Draw(Count, () => gamma.Sample(random));

        Assert.DoesNotContain(values, value => value <= 0);
        Assert.Equal(shape, values.Average(), 5 * Math.Sqrt(shape / Count));
        Assert.Equal(1, Sample.CentralMoment(values, 2) / shape, 5 * Math.Sqrt((2 + (6 / shape)) / Count));
        Assert.Equal(2 / Math.Sqrt(shape), Sample.CentralMoment(values, 3) / Math.Pow(shape, 1.5), 0.15);
    }

    [Fact]
    public void Gamma_numbers_of_a_whole_shape_follow_its_distribution()
    {
        RandomStream random = Stream(5);
        var gamma = new GammaDistribution(3);
        double[] values = Sample.Draw(Count, () => gamma.Sample(random));
        Assert.InRange(Sample.KolmogorovDistance(values, x => 1 - (Math.Exp(-x) * (1 + x + (x * x / 2)))), 0, 1.95);
    }

    private static RandomStream Stream(int index)
    {
        var random = new RandomStream();
        random.Restart(seed: 77, label: 0, index);
        return random;
    }
}
