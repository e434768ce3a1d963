namespace ParticleImages.Simulation.Tests.Stages;

public class BremsstrahlungTests
{
    private const double Smallest = Bremsstrahlung.SmallestFraction;

    [Fact]
    public void The_number_of_photons_is_the_integral_of_the_spectrum()
    {
        // The midpoint rule over ln y.
        const int Steps = 100_000;
        double width = -Math.Log(Smallest) / Steps;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double y = Smallest * Math.Exp((i + 0.5) * width);
            sum += width * ((4.0 / 3) - (4.0 / 3 * y) + (y * y));
        }

        Assert.Equal(sum, Bremsstrahlung.PhotonsPerRadiationLength, 1e-8);
    }

    [Fact]
    public void Fractions_follow_the_spectrum()
    {
        var random = new RandomStream();
        random.Restart(seed: 1, label: 0, index: 0);
        double[] fractions = Sample.Draw(200_000, () => Bremsstrahlung.SampleFraction(random));

        Assert.InRange(Sample.KolmogorovDistance(fractions, Cumulative), 0, 1.95);

        static double Cumulative(double y) =>
            ((4.0 / 3 * (Math.Log(y / Smallest) - (y - Smallest))) + (0.5 * ((y * y) - (Smallest * Smallest))))
            / Bremsstrahlung.PhotonsPerRadiationLength;
    }
}
