namespace ParticleImages.Tests.Distributions;

public class EventDistributionsTests
{
    private static readonly ImageShape Small = new(6, 8);

    [Fact]
    public void Hits_are_counted_by_class_in_GeV_and_ns()
    {
        // Event 0, an electron: 3 hits. Event 1, a photon: 1 hit of 50 GeV. Event 2, a photon: nothing that is a hit.
        EventDistributions found = Of(
            [1, 0, 0],
            (0, 3, 4, 1f, -0.5f), (0, 0, 0, 0.1f, 0.02f), (0, 1, 1, -0.2f, 0f),
            (1, 3, 4, 1f, 0.25f),
            (2, 0, 1, float.NaN, 1f), (2, 0, 2, 1f, float.PositiveInfinity), (2, 0, 3, 0f, 1f));
        Assert.Equal((1, 3, 1), (found.Electrons.Events, found.Electrons.Hits, found.Electrons.Energies.Below));
        Assert.Equal((2, 1, 0), (found.Photons.Events, found.Photons.Hits, found.Photons.Energies.Below));

        // 5 GeV is in [10^0.6, 10^0.7), 50 GeV in [10^1.6, 10^1.7).
        Assert.Equal(11, found.Electrons.Energies.Bins);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], found.Electrons.Energies.Counts);
        Assert.Equal(Math.Pow(10, 0.6), found.Photons.Energies.Edges[0], 1e-12);

        // |t| of 25, 1 and 0 ns, and of 12.5 ns: bins of 2^-7 ns hold up to 32.
        Assert.Equal(1.0 / 128, found.Photons.AbsoluteTimes.Edges[1]);
        Assert.Equal(1, found.Electrons.AbsoluteTimes.Counts[25 * 128]);
        Assert.Equal(1, found.Electrons.AbsoluteTimes.Counts[0]);
        Assert.Equal(1, found.Photons.AbsoluteTimes.Counts[1600]);
        Assert.Equal([1, 1, 0, 0], found.Photons.HitsAnEvent.Counts);
        Assert.Equal([0, 0, 0, 1], found.Electrons.HitsAnEvent.Counts);
    }

    [Fact]
    public void The_mean_image_is_over_all_events_of_the_class()
    {
        EventDistributions found = Of([0, 0, 1], (0, 2, 3, 1f, 0f), (0, 5, 7, 0.5f, 0f), (1, 2, 3, 3f, 0f));
        Assert.Equal(100, found.Photons.MeanEnergies[(2 * 8) + 3]);
        Assert.Equal(12.5, found.Photons.MeanEnergies[^1]);
        Assert.Equal(112.5, found.Photons.MeanEnergies.ToArray().Sum());
        Assert.Equal(0, found.Electrons.MeanEnergies.ToArray().Sum());
    }

    [Fact]
    public void Containment_is_the_mean_share_with_the_error_of_the_mean()
    {
        // Of 6 × 8 pixels a crop of 2 has rows 2, 3 and columns 3, 4. Shares in it: 0.75 and 0.25.
        EventDistributions found = Of(
            [1, 1, 1, 0],
            (0, 2, 3, 3f, 0f), (0, 1, 2, 1f, 0f),
            (1, 3, 4, 1f, 0f), (1, 0, 0, 3f, 0f),
            (3, 3, 5, 1f, 0f), (3, 0, 0, -5f, 0f));
        Assert.Equal([2, 4, 6], found.Electrons.Containment.Select(crop => crop.Size));
        Assert.Equal(new Estimate(0.5, 0.25), found.Electrons.Containment[0].Share);
        Assert.Equal(0.625, found.Electrons.Containment[1].Share.Value);

        // One event has no spread; its negative energy has no part in it; column 0 lies outside the largest crop.
        Assert.Equal(new Estimate(0, null), found.Photons.Containment[0].Share);
        Assert.Equal(new Estimate(1, null), found.Photons.Containment[1].Share);
        Assert.Equal(0.625, found.Electrons.Containment[2].Share.Value);
    }

    [Fact]
    public void Crops_are_those_of_the_voxelizer()
    {
        // One hit in each pixel in turn: the smallest crop that holds it is the one whose rows and columns do.
        for (int pixel = 0; pixel < Small.Pixels; pixel++)
        {
            (int row, int column) = (pixel / Small.Width, pixel % Small.Width);
            foreach (CropShare crop in Of([0], (0, row, column, 1f, 0f)).Photons.Containment)
            {
                bool isInside = row >= 3 - (crop.Size / 2) && row < 3 + (crop.Size / 2)
                    && column >= 4 - (crop.Size / 2) && column < 4 + (crop.Size / 2);
                Assert.Equal(isInside ? 1 : 0, crop.Share.Value);
            }
        }
    }

    [Fact]
    public void Energies_on_the_edges_of_decades_lie_in_the_bin_above()
    {
        float[] energies = [0.001f, 1f, 10f, 1000f, 1e-30f, 1e30f];
        EventBatch batch = Images([0], [.. energies.Select((energy, column) => (0, 0, column, energy, 0f))]);
        Histogram spectrum = EventDistributions.Of(EventSource.FromBatch(batch), 1, 1).Photons.Energies;
        foreach (float energy in energies)
        {
            int bin = spectrum.Edges.ToArray().Count(edge => edge <= energy) - 1;
            Assert.Equal(1, spectrum.Counts[bin]);
        }

        Assert.Equal(6, spectrum.Total);
    }

    [Fact]
    public void A_late_hit_widens_the_bins_and_loses_none()
    {
        var random = new Random(1);
        float[] times = [.. Enumerable.Range(0, 48).Select(i => (float)Math.Pow(10, (random.NextDouble() * 12) - 4))];
        EventBatch batch = Images([0], [.. times.Select((time, i) => (0, i / 8, i % 8, 1f, time))]);
        Histogram found = EventDistributions.Of(EventSource.FromBatch(batch), 1, 1).Photons.AbsoluteTimes;
        Assert.InRange(found.Bins, 1, 4096);
        Assert.Equal(Histogram.Of([.. times.Select(time => (double)time)], found.Edges).Counts, found.Counts);
        Assert.Equal(48, found.Counts.ToArray().Sum());
    }

    [Fact]
    public void Both_classes_have_the_same_bins()
    {
        EventDistributions found = Of([1, 0], (0, 0, 0, 1f, 2f), (1, 0, 0, 0.001f, 0.0001f));
        Assert.Equal(found.Photons.Energies.Edges, found.Electrons.Energies.Edges);
        Assert.Equal(found.Photons.AbsoluteTimes.Edges, found.Electrons.AbsoluteTimes.Edges);
        Assert.Equal(found.Photons.HitsAnEvent.Edges, found.Electrons.HitsAnEvent.Edges);
    }

    [Fact]
    public void Images_and_the_hits_found_in_them_give_the_same()
    {
        var random = new Random(2);
        EventBatch batch = Images(
            [.. Enumerable.Range(0, 700).Select(i => i % 2)],
            [.. Enumerable.Range(0, 6000).Select(_ => (random.Next(700), random.Next(6), random.Next(8), random.NextSingle(), random.NextSingle() - 0.5f))]);
        EventDistributions images = EventDistributions.Of(EventSource.FromBatch(batch));
        EventDistributions hits = EventDistributions.Of(HitEvents.From(batch));
        Assert.Equal(images.Photons.Energies.Counts, hits.Photons.Energies.Counts);
        Assert.Equal(images.Photons.AbsoluteTimes.Counts, hits.Photons.AbsoluteTimes.Counts);
        Assert.Equal(images.Electrons.HitsAnEvent.Counts, hits.Electrons.HitsAnEvent.Counts);
        Assert.Equal(images.Electrons.MeanEnergies, hits.Electrons.MeanEnergies);
        Assert.Equal(images.Electrons.Containment, hits.Electrons.Containment);
    }

    [Fact]
    public void No_events_give_empty_distributions()
    {
        EventDistributions none = Of([]);
        Assert.Equal(0, none.Photons.Events + none.Electrons.Hits);
        Assert.Equal(1, none.Photons.Energies.Bins);
        Assert.Empty(none.Photons.Containment);
        Assert.All(none.Photons.MeanEnergies.ToArray(), energy => Assert.Equal(0, energy));
    }

    [Fact]
    public void Units_are_above_0_and_finite()
    {
        EventSource source = EventSource.FromBatch(Images([0]));
        Assert.Throws<ArgumentOutOfRangeException>("gigaelectronvolts", () => EventDistributions.Of(source, gigaelectronvolts: 0));
        Assert.Throws<ArgumentOutOfRangeException>("nanoseconds", () => EventDistributions.Of(source, nanoseconds: double.NaN));
    }

    private static EventDistributions Of(int[] labels, params (int Event, int Row, int Column, float Energy, float Time)[] hits) =>
        EventDistributions.Of(EventSource.FromBatch(Images(labels, hits)));

    private static EventBatch Images(int[] labels, params (int Event, int Row, int Column, float Energy, float Time)[] hits)
    {
        var images = new float[labels.Length * Small.Values];
        foreach ((int index, int row, int column, float energy, float time) in hits)
        {
            int offset = (index * Small.Values) + (((row * Small.Width) + column) * 2);
            (images[offset], images[offset + 1]) = (energy, time);
        }

        return new EventBatch(Small, images, labels);
    }
}
