using ParticleImages.Formats;

namespace ParticleImages.Cli.Tests;

public sealed class ConvertTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Holds from every format that events are read from to every one that they are written to: bit for bit, as long as all values are hits.</summary>
    [Theory]
    [InlineData("hdf5", "npz")]
    [InlineData("npz", "arrow")]
    [InlineData("arrow", "hdf5")]
    [InlineData("hdf5", "parquet")]
    [InlineData("parquet", "feather")]
    [InlineData("arrow", "arrow", "--hits")]
    [InlineData("hdf5", "parquet", "--hits")]
    public void Events_are_the_same_in_another_format(string from, string to, params string[] options)
    {
        (float[] images, int[] labels) = Simulate(folder[$"in.{from}"]);

        string said = ToolRun.OutputOf(["convert", folder[$"in.{from}"], "--out", folder[$"out.{to}"], .. options]);

        AssertHolds(folder[$"out.{to}"], images, labels);
        Assert.Contains("11 events of 32 × 32 pixels, 6 photons, 5 electrons", said, StringComparison.Ordinal);
        Assert.Equal("true", EventFile.ReadAttributes(folder[$"out.{to}"])["synthetic"]);
    }

    [Fact]
    public void Several_files_and_a_range_become_one_file_with_what_their_attributes_share()
    {
        (float[] images, int[] labels) = Simulate(folder["a.hdf5"]);
        using (var again = EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images, labels)))
        {
            EventFile.Save(again, folder["b.npz"], new Dictionary<string, string> { ["synthetic"] = "true", ["seed"] = "another" });
        }

        ToolRun.OutputOf("convert", folder["a.hdf5"], folder["b.npz"], "--events", "9:13", "--out", folder["out.hdf5"]);

        int values = ImageShape.Crop32.Values;
        AssertHolds(folder["out.hdf5"], [.. images[(9 * values)..], .. images[..(2 * values)]], [.. labels[9..], .. labels[..2]]);
        Assert.Equal("synthetic", Assert.Single(EventFile.ReadAttributes(folder["out.hdf5"])).Key);
    }

    [Fact]
    public void What_a_conversion_makes_untrue_is_not_kept()
    {
        using (EventSource toys = Simulation.ToyShowers.With(photons: 6, electrons: 5, seed: 3).Build())
        {
            EventFile.Save(toys, folder["in.hdf5"], new Dictionary<string, string> { ["energy_unit_gev"] = "50", ["time_unit_ns"] = "50", ["photons"] = "6", ["electrons"] = "5", ["note"] = "mine" });
        }

        IReadOnlyDictionary<string, string> As(params string[] options)
        {
            ToolRun.OutputOf(["convert", folder["in.hdf5"], "--out", folder["out.arrow"], .. options]);
            return EventFile.ReadAttributes(folder["out.arrow"]);
        }

        Assert.Equal(("50", "50", "6", "5", "mine"), Said(As()));

        // 1 in units of 50 GeV is 50 in units of 1 GeV.
        Assert.Equal(("1", "50", "6", "5", "mine"), Said(As("--energy-factor", "50")));
        Assert.Equal(("50", "25", null, null, "mine"), Said(As("--time-factor", "2", "--events", "0:5")));

        static (string?, string?, string?, string?, string?) Said(IReadOnlyDictionary<string, string> attributes) =>
            (attributes.GetValueOrDefault("energy_unit_gev"), attributes.GetValueOrDefault("time_unit_ns"), attributes.GetValueOrDefault("photons"), attributes.GetValueOrDefault("electrons"), attributes["note"]);
    }

    [Fact]
    public void What_is_synthetic_in_part_stays_synthetic()
    {
        (float[] images, int[] labels) = Simulate(folder["toys.hdf5"]);
        using (var measured = EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images, labels)))
        {
            EventFile.Save(measured, folder["measured.npz"]);
        }

        ToolRun.OutputOf("convert", folder["measured.npz"], folder["toys.hdf5"], "--out", folder["out.hdf5"]);
        Assert.Equal("true", EventFile.ReadAttributes(folder["out.hdf5"])["synthetic"]);
    }

    [Fact]
    public void Hits_that_share_a_pixel_are_looked_at_and_copied_and_refused_as_images()
    {
        var hits = new HitEvents(ImageShape.Crop32, [0, 2, 3], [5, 5, 7], [1, 2, 3], [0, 1, 2], [0, 1]);
        HitFile.Save(hits, folder["layers.arrow"]);

        string told = ToolRun.OutputOf("inspect", folder["layers.arrow"]);
        Assert.Contains("hits in images of 32 × 32 pixels", told, StringComparison.Ordinal);
        Assert.Matches(@"hits an event +2\.00 +1\.00 +1\.50", told);

        ToolRun.OutputOf("convert", folder["layers.arrow"], "--hits", "--out", folder["copy.arrow"]);
        using (HitFile copy = HitFile.Open(folder["copy.arrow"]))
        {
            Assert.Equal(hits.HitCount, copy.Events.HitCount);
            Assert.Equal([1, 2], copy.Events[0].Energies.ToArray());
        }

        ToolRun.Of("convert", folder["layers.arrow"], "--out", folder["images.npz"]).AssertFailed("two hits in pixel 5", "convert --hits");
    }

    [Fact]
    public void Other_names_are_read_where_the_options_say()
    {
        string path = TestFiles.Data(Path.Combine("hdf5", "other-names.hdf5"));
        ToolRun.OutputOf("convert", path, "--images", "/data/images", "--labels", "/data/labels", "--out", folder["out.npz"]);

        using EventSource events = EventFile.Open(folder["out.npz"]);
        Assert.Equal(48, events.Count);
    }

    [Theory]
    [InlineData("--channel takes energies only", "--channel", "1")]
    [InlineData("--channel '-1'", "--channel", "-1", "--time", "0")]
    [InlineData("no size of an image", "--size", "32")]
    [InlineData("no size of an image", "--size", "0x32")]
    [InlineData("no size of an image", "--size", "1000x1000")]
    [InlineData("exclude each other", "--channel-first", "--channel-last")]
    [InlineData("--energy-factor '0'", "--energy-factor", "0")]
    [InlineData("--time-factor '-2'", "--time-factor", "-2")]
    [InlineData("calogan-1, calogan-2", "--layout", "calogan")]
    [InlineData("--label N", "--layout", "calogan-1")]
    [InlineData("--channel N", "--layout", "quark-gluon-hdf5")]
    public void Options_on_the_layout_that_mean_nothing_are_refused(string essential, params string[] options)
    {
        Simulate(folder["in.hdf5"]);
        ToolRun.Of(["convert", folder["in.hdf5"], "--out", folder["out.npz"], .. options]).AssertWrongUsage(essential, "See particle-images convert --help.");
    }

    [Fact]
    public void A_channel_and_a_size_reach_the_reader()
    {
        (_, int[] labels) = Simulate(folder["in.parquet"]);
        ToolRun.OutputOf("convert", folder["in.parquet"], "--size", "32x32", "--out", folder["same.npz"]);
        ToolRun.Of("convert", folder["in.parquet"], "--size", "16x16", "--out", folder["other.npz"]).AssertFailed("16 × 16");

        float[] three = [.. Enumerable.Range(0, labels.Length * 3 * 16).Select(i => (float)i)];
        Numpy.NpzFile.Write(folder["three.npz"], archive =>
        {
            archive.Add("images", three, labels.Length, 3, 4, 4);
            archive.Add("labels", labels);
        });
        ToolRun.OutputOf("convert", folder["three.npz"], "--channel-first", "--channel", "1", "--time", "0.5", "--out", folder["one.npz"]);
        using EventSource events = EventFile.Open(folder["one.npz"]);
        Assert.Equal(16 + (2 * 48), events.Read(2, 1).Images[0]);
        Assert.Equal(0.5f, events.Read(2, 1).Images[1]);
    }

    [Fact]
    public void Units_and_turned_axes_reach_the_reader()
    {
        float[] images = [.. Enumerable.Range(0, 2 * 3 * 4 * 2).Select(i => (float)i)];
        Numpy.NpzFile.Write(folder["turned.npz"], archive =>
        {
            archive.Add("images", images, 2, 4, 3, 2);
            archive.Add("labels", new int[2]);
        });
        ToolRun.OutputOf("convert", folder["turned.npz"], "--column-first", "--energy-factor", "0.5", "--time-factor", "4", "--out", folder["out.npz"]);
        using EventSource events = EventFile.Open(folder["out.npz"]);
        Assert.Equal(new ImageShape(3, 4), events.ImageShape);

        // Row 2, column 1 of the second event: column 1, row 2 in the file.
        int stored = 24 + (((1 * 3) + 2) * 2);
        Assert.Equal([0.5f * stored, 4f * (stored + 1)], events.Read(1, 1).Images.Slice(((2 * 4) + 1) * 2, 2));
    }

    [Fact]
    public void A_layer_of_public_showers_is_read_by_the_name_of_its_layout()
    {
        float[] layer = [.. Enumerable.Range(0, 5 * 12 * 6).Select(i => i / 1000f)];
        Numpy.NpzFile.Write(folder["showers.npz"], archive =>
        {
            archive.Add("layer_2", layer, 5, 12, 6);
            archive.Add("energy", new float[5], 5, 1);
        });
        ToolRun.OutputOf("convert", folder["showers.npz"], "--layout", "calogan-2", "--images", "layer_2", "--label", "1", "--out", folder["out.npz"]);
        using EventSource events = EventFile.Open(folder["out.npz"]);
        Assert.Equal(new ImageShape(12, 6), events.ImageShape);
        EventBatch read = events.Read(0, 5);
        Assert.Equal(layer, Enumerable.Range(0, layer.Length).Select(i => read.Images[2 * i]));
        Assert.All(read.Labels.ToArray(), label => Assert.Equal(1, label));
    }

    [Fact]
    public void A_wrong_command_line_is_refused_before_anything_is_written()
    {
        Simulate(folder["in.hdf5"]);
        ToolRun.Of("convert", folder["in.hdf5"], "--out", folder["out.npy"]).AssertWrongUsage(".hdf5 or", "See particle-images convert --help.");
        ToolRun.Of("convert", folder["in.hdf5"], "--out", folder["out.npz"], "--hits").AssertWrongUsage("--hits", "See particle-images convert --help.");
        ToolRun.Of("convert", folder["in.hdf5"], "--out", folder["in.hdf5"]).AssertWrongUsage("the input", "See particle-images convert --help.");
        ToolRun.Of("convert", folder["nowhere.hdf5"], "--out", folder["out.npz"]).AssertFailed("There is no file", "in.hdf5");
        Assert.Equal(["in.hdf5"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    private static (float[] Images, int[] Labels) Simulate(string path)
    {
        // Toy showers' pixels without energy have time 0: all that an image holds are its hits.
        using EventSource toys = Simulation.ToyShowers.With(photons: 6, electrons: 5, seed: 3).Build();
        EventFile.Save(toys, path, new Dictionary<string, string> { ["synthetic"] = "true", ["seed"] = "3" });
        EventBatch batch = toys.Read(0, toys.Count);
        return (batch.Images.ToArray(), batch.Labels.ToArray());
    }

    private static void AssertHolds(string path, float[] images, int[] labels)
    {
        using EventSource events = EventFile.Open(path);
        EventBatch batch = events.Read(0, events.Count);
        Assert.Equal(labels, batch.Labels.ToArray());
        Assert.Equal(Bits.Of(images), Bits.Of(batch.Images.ToArray()));
    }
}
