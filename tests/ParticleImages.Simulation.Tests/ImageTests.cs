namespace ParticleImages.Simulation.Tests;

public sealed class ImageTests(SimulatedEvents events)
{
    [Fact]
    public void Energies_are_finite_and_never_negative() =>
        Assert.DoesNotContain(events.Pixels, pixel => !float.IsFinite(pixel.Energy) || pixel.Energy < 0);

    [Fact]
    public void Times_are_finite_and_0_where_there_is_no_energy() =>
        Assert.DoesNotContain(
            events.Pixels, pixel => !float.IsFinite(pixel.Time) || (pixel.Energy == 0 && pixel.Time != 0));

    [Fact]
    public void Hits_have_times_of_both_signs()
    {
        double early = events.Pixels.Count(pixel => pixel.Time < 0);
        double late = events.Pixels.Count(pixel => pixel.Time > 0);
        Assert.InRange((early - late) / Math.Sqrt(early + late), -4, 4);
    }

    [Fact]
    public void The_hottest_pixel_is_in_row_16_and_column_16()
    {
        for (int i = 0; i < events.Batch.Count; i++)
        {
            float hottest = 0;
            foreach (float energy in EnergiesOf(i))
            {
                hottest = Math.Max(hottest, energy);
            }

            Assert.True(hottest > 0);
            Assert.Equal(hottest, events.Batch.Energy(i, 16, 16));
        }
    }

    [Fact]
    public void An_electron_spreads_more_along_phi_than_a_photon_and_no_more_along_eta()
    {
        double alongPhi = Separation(alongColumns: true);
        double alongEta = Separation(alongColumns: false);

        // In standard deviations of the difference of two means of 2000 events.
        Assert.True(alongPhi > 8, $"{alongPhi} standard deviations along φ");
        Assert.True(alongEta < 2, $"{alongEta} standard deviations along η");
    }

    [Fact]
    public void A_photon_keeps_more_of_its_energy_in_the_centre_than_an_electron()
    {
        double[] photons = events.Of(ParticleLabel.Photon, CentralPart);
        double[] electrons = events.Of(ParticleLabel.Electron, CentralPart);
        double separation = Sample.Separation(electrons, photons);
        Assert.True(separation > 5, $"{separation} standard deviations");

        static double CentralPart(EventBatch batch, int index)
        {
            (double centre, double whole) = SimulatedEvents.Energies(batch, index, crop: 2);
            return centre / whole;
        }
    }

    [Fact]
    public void Without_material_electrons_and_photons_spread_alike_along_phi()
    {
        using EventSource bare = ToyShowers.With(photons: 1000, electrons: 1000, seed: 4).UpstreamMaterial(0).Build();
        EventBatch batch = bare.Read(0, bare.Count);
        double[] widths =
            [.. Enumerable.Range(0, batch.Count).Select(i => SimulatedEvents.Width(batch, i, alongColumns: true))];

        // A photon's shower starts deeper, which is all that is left; an electron's radiation would show at once.
        Assert.InRange(widths[1000..].Average() / widths[..1000].Average(), 0.85, 1.15);
    }

    [Fact]
    public void Without_noise_and_thresholds_every_deposit_is_a_hit_and_with_high_ones_none_is()
    {
        using EventSource open = ToyShowers.With(10, 10, seed: 4)
            .Noise(0).ZeroSuppression(gev: 0, windowGev: 0).Build();
        using EventSource shut = ToyShowers.With(10, 10, seed: 4).ZeroSuppression(gev: 100, windowGev: 100).Build();

        Assert.True(HitEvents.From(open).HitCount > 20 * 60);
        Assert.Equal(0, HitEvents.From(shut).HitCount);
    }

    [Fact]
    public void The_extremes_of_all_conditions_still_give_events()
    {
        using EventSource extreme = ToyShowers.With(200, 200, seed: 4)
            .UpstreamMaterial(5).Noise(0.5).ZeroSuppression(gev: 0, windowGev: 0).Build();

        Assert.Equal(400, extreme.Read(0, 400).Count);
    }

    private double Separation(bool alongColumns) => Sample.Separation(
        events.Of(ParticleLabel.Photon, (batch, i) => SimulatedEvents.Width(batch, i, alongColumns)),
        events.Of(ParticleLabel.Electron, (batch, i) => SimulatedEvents.Width(batch, i, alongColumns)));

    private float[] EnergiesOf(int index)
    {
        ReadOnlySpan<float> image = events.Batch.Image(index);
        var energies = new float[image.Length / 2];
        for (int pixel = 0; pixel < energies.Length; pixel++)
        {
            energies[pixel] = image[2 * pixel];
        }

        return energies;
    }
}
