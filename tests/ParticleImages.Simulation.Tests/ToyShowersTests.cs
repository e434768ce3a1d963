namespace ParticleImages.Simulation.Tests;

public class ToyShowersTests
{
    [Fact]
    public void Photons_come_first_then_electrons()
    {
        using EventSource events = ToyShowers.With(photons: 3, electrons: 2, seed: 1).Build();

        Assert.Equal(5, events.Count);
        Assert.Equal(ImageShape.Crop32, events.ImageShape);
        Assert.Equal([0, 0, 0, 1, 1], events.Read(0, 5).Labels.ToArray());
        var labels = new int[3];
        events.ReadLabels(1, labels);
        Assert.Equal([0, 0, 1], labels);
    }

    [Fact]
    public void One_class_alone_holds_the_events_it_has_beside_the_other()
    {
        using EventSource both = ToyShowers.With(photons: 3, electrons: 4, seed: 5).Build();
        using EventSource photons = ToyShowers.With(photons: 3, electrons: 0, seed: 5).Build();
        using EventSource electrons = ToyShowers.With(photons: 0, electrons: 4, seed: 5).Build();

        Assert.Equal(both.Read(0, 3).Images, photons.Read(0, 3).Images);
        Assert.Equal(both.Read(3, 4).Images, electrons.Read(0, 4).Images);
    }

    [Fact]
    public void No_events_are_a_source_without_events()
    {
        using EventSource none = ToyShowers.With(photons: 0, electrons: 0, seed: 1).Build();

        Assert.Equal(0, none.Count);
        Assert.Equal(0, none.Read(0, 0).Count);
        Assert.Empty(none.Batches(10));
    }

    [Fact]
    public void A_source_splits_like_a_file()
    {
        using EventSource events = ToyShowers.With(photons: 6, electrons: 6, seed: 1).Build();
        EventSplit split = events.SplitPerClass(train: 3, validation: 2, test: 1);

        EventBatch test = split.Test.Read(0, 2);
        Assert.Equal([0, 1], test.Labels.ToArray());
        Assert.Equal(events.Read(5, 1).Images, test.Image(0));
        Assert.Equal(events.Read(11, 1).Images, test.Image(1));
    }

    [Theory]
    [InlineData(-1, 0, "photons")]
    [InlineData(0, -1, "electrons")]
    [InlineData(1, int.MaxValue, "electrons")]
    public void Impossible_numbers_of_events_are_refused(int photons, int electrons, string name)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ToyShowers.With(photons, electrons, seed: 1));
        Assert.Equal(name, error.ParamName);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Conditions_out_of_range_are_refused(double value)
    {
        ToyShowers showers = ToyShowers.With(1, 1, seed: 1);

        Assert.Equal("factor", Refusal(() => showers.UpstreamMaterial(value)).ParamName);
        Assert.Equal("gev", Refusal(() => showers.Noise(value)).ParamName);
        Assert.Equal("gev", Refusal(() => showers.ZeroSuppression(value, windowGev: 1)).ParamName);
        Assert.Equal("windowGev", Refusal(() => showers.ZeroSuppression(gev: 1, value)).ParamName);

        static ArgumentOutOfRangeException Refusal(Func<ToyShowers> change) =>
            Assert.Throws<ArgumentOutOfRangeException>(change);
    }

    [Fact]
    public void A_refusal_says_what_is_allowed()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ToyShowers.With(1, 1, seed: 1).Noise(0.7));
        Assert.Contains("The noise of a crystal in GeV is between 0 and 0.5.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verb_returns_a_copy_and_leaves_the_original_alone()
    {
        ToyShowers usual = ToyShowers.With(photons: 2, electrons: 2, seed: 3);
        ToyShowers quiet = usual.Noise(0);

        Assert.Equal("0.042", usual.Attributes["noise_gev"]);
        Assert.Equal("0", quiet.Attributes["noise_gev"]);
        Assert.Equal((2, 2, 3), (quiet.Photons, quiet.Electrons, quiet.Seed));
        Assert.NotEqual(ImagesOf(usual), ImagesOf(quiet));
        Assert.Equal(ImagesOf(usual), ImagesOf(quiet.Noise(0.042)));
    }

    [Fact]
    public void Attributes_call_the_events_synthetic_and_say_how_to_make_them_again()
    {
        IReadOnlyDictionary<string, string> attributes = ToyShowers.With(photons: 10, electrons: 20, seed: -7)
            .UpstreamMaterial(1.5).Noise(0.05).ZeroSuppression(gev: 0.2, windowGev: 2).Attributes;

        var expected = new Dictionary<string, string>
        {
            ["synthetic"] = "true",
            ["recipe"] = "ParticleImages toy showers 1",
            ["seed"] = "-7",
            ["photons"] = "10",
            ["electrons"] = "20",
            ["upstream_material_factor"] = "1.5",
            ["noise_gev"] = "0.05",
            ["keep_above_gev"] = "0.2",
            ["window_above_gev"] = "2",
            ["energy_unit_gev"] = "50",
            ["time_unit_ns"] = "50",
            ["reference"] = "Grindhammer and Peters, hep-ex/0001020",
        };
        Assert.Equal(expected.OrderBy(pair => pair.Key), attributes.OrderBy(pair => pair.Key));
    }

    private static float[] ImagesOf(ToyShowers showers)
    {
        using EventSource events = showers.Build();
        return events.Read(0, events.Count).Images.ToArray();
    }
}
