namespace ParticleImages.Simulation.Tests;

/// <summary>The toy events against the public files, whose numbers are those of 498 000 images.</summary>
public sealed class PublishedNumbersTests(SimulatedEvents events)
{
    [Theory]
    [InlineData(2, 0.68)]
    [InlineData(4, 0.90)]
    [InlineData(6, 0.95)]
    [InlineData(8, 0.97)]
    public void Energy_lies_within_the_crops_as_in_the_data(int crop, double published)
    {
        double mean = Enumerable.Range(0, events.Batch.Count).Average(i =>
        {
            (double inside, double whole) = SimulatedEvents.Energies(events.Batch, i, crop);
            return inside / whole;
        });
        Assert.InRange(mean, published - 0.03, published + 0.03);
    }

    [Fact]
    public void Pixel_energies_spread_as_in_the_data()
    {
        double mean = events.Pixels.Average(pixel => pixel.Energy);
        double variance = events.Pixels.Average(pixel => Math.Pow(pixel.Energy - mean, 2));
        Assert.InRange(Math.Sqrt(variance), 0.0236 * 0.9, 0.0236 * 1.1);
    }

    [Fact]
    public void An_image_holds_as_much_energy_as_in_the_data()
    {
        double mean = events.Pixels.Sum(pixel => (double)pixel.Energy) / events.Batch.Count;
        Assert.InRange(mean, 1.167 * 0.9, 1.167 * 1.1);
    }

    [Fact]
    public void An_image_has_as_many_hits_as_in_the_data()
    {
        double hits = events.Pixels.Count(pixel => pixel.Energy > 0) / (double)events.Batch.Count;
        Assert.InRange(hits, 51 * 0.85, 51 * 1.15);

        double aboveTheUsualCut = events.Pixels.Count(pixel => pixel.Energy > 0.005f) / (double)events.Batch.Count;
        Assert.InRange(aboveTheUsualCut, 13 * 0.85, 13 * 1.15);
    }

    [Fact]
    public void Times_spread_as_in_the_data()
    {
        double meanSquare = events.Pixels.Where(pixel => pixel.Energy > 0).Average(pixel => Math.Pow(pixel.Time, 2));
        Assert.InRange(Math.Sqrt(meanSquare), 0.30 * 0.65, 0.30 * 1.35);
    }

    [Fact]
    public void The_hottest_pixel_of_all_is_about_as_hot_as_in_the_data() =>
        Assert.InRange(events.Pixels.Max(pixel => pixel.Energy), 1.3f, 1.65f);
}
