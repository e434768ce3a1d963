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
