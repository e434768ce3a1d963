using ParticleImages.Formats;
using ParticleImages.Numpy;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli.Tests;

public sealed class VoxelizeTests(ITestOutputHelper log) : IDisposable
{
    private static readonly Voxelizer Usual =
        Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative();

    private readonly TemporaryFolder folder = new();

    private string Out => folder["out.npz"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("in.hdf5", "documented_cumulative", "documented_edges")]
    [InlineData("in.npz", "documented_cumulative", "documented_edges")]
    [InlineData("in.hdf5", "documented_exclusive", "documented_edges", "--exclusive")]
    [InlineData("in.hdf5", "notebook_cumulative", "notebook_edges", "--notebook")]
    [InlineData("in.hdf5", "notebook_exclusive", "notebook_edges", "--notebook", "--exclusive")]
    public void The_defaults_give_the_reference_voxels_bit_for_bit(string input, string voxels, string edges, params string[] options)
    {
        using NpzFile reference = NpzFile.Open(TestFiles.Data("voxels-default.npz"));
        NumpyArray<float> images = reference.Read<float>("images");
        int[] labels = [.. Enumerable.Range(0, images.Shape[0]).Select(i => i % 3 == 0 ? 1 : 0)];
        using var events = EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images.Values, labels));
        EventFile.Save(events, folder[input]);

        ToolRun.OutputOf(["voxelize", folder[input], "--out", Out, .. options]);
        using NpzFile written = NpzFile.Open(Out);
        Assert.Equal(reference.Read<float>(voxels).Shape, written.Read<float>("voxels").Shape);
        Assert.Equal(Bits.Of(reference.Read<float>(voxels).Values), Bits.Of(written.Read<float>("voxels").Values));
        Assert.Equal(Bits.Of(reference.Read<double>(edges).Values), Bits.Of(written.Read<double>("edges").Values));
        Assert.Equal(labels, written.Read<int>("labels").Values);
    }

    [Fact]
    public void Every_option_reaches_the_voxelizer()
    {
        Simulate(folder["toy.hdf5"], photons: 5, electrons: 5);
        string[] options =
        [
            "--energy-above", "1e-3", "--time-within", "0.5", "--time-start", "-0.25", "--time-stop", "0.3", "--time-step", "0.05",
            "--exclusive", "--crop", "12",
        ];
        string said = ToolRun.OutputOf(["voxelize", folder["toy.hdf5"], "--out", Out, .. options]);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(-0.25, 0.3, 0.05)).KeepEnergyAbove(1e-3).KeepTimeWithin(0.5).Crop(12);
        AssertHolds(voxelizer, Events(folder["toy.hdf5"]));
        Assert.Contains(voxelizer.ToString(), said, StringComparison.Ordinal);
        Assert.Contains("5 photons, 5 electrons", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notebook_mode_takes_the_other_options()
    {
        Simulate(folder["toy.hdf5"], photons: 5, electrons: 5);
        ToolRun.OutputOf("voxelize", folder["toy.hdf5"], "--out", Out, "--notebook", "--energy-above", "0.01", "--time-stop", "0.05", "--crop", "8");
        AssertHolds(Voxelizer.NotebookCompatible(-0.1, 0.05, 0.0099).KeepEnergyAbove(0.01).Crop(8).Cumulative(), Events(folder["toy.hdf5"]));
    }

    [Theory]
    [InlineData(null, 0, 700)]
    [InlineData("0:5", 0, 5)]
    [InlineData("295:310", 295, 15)]
    [InlineData("-1:", 699, 1)]
    [InlineData(":-1", 0, 699)]
    public void Several_files_are_taken_one_after_the_other_in_blocks(string? range, int start, int count)
    {
        Simulate(folder["photons.hdf5"], photons: 300, electrons: 0);
        Simulate(folder["electrons.npz"], photons: 0, electrons: 400);
        string[] options = range is null ? [] : ["--events", range];
        ToolRun.OutputOf(["voxelize", folder["photons.hdf5"], folder["electrons.npz"], "--out", Out, "--crop", "4", .. options]);
        EventBatch all = Events(folder["photons.hdf5"], folder["electrons.npz"]);
        int values = all.Shape.Values;
        AssertHolds(
            Usual.Crop(4),
            new EventBatch(all.Shape, all.Images.Slice(start * values, count * values).ToArray(), all.Labels.Slice(start, count).ToArray()));
    }

    [Theory]
    [InlineData("channel-first.hdf5")]
    [InlineData("channel-first.hdf5", "--channel-first")]
    [InlineData("contiguous.hdf5", "--channel-last", "--layout", "electron-photon")]
    [InlineData("other-names.hdf5")]
    [InlineData("other-names.hdf5", "--images", "/data/images", "--labels", "/data/labels")]
    [InlineData("expected-X.npy", "--labels", "expected-y.npy")]
    public void A_layout_is_read_as_the_options_say(string name, params string[] options)
    {
        ToolRun.OutputOf(["voxelize", TestFiles.Data($"hdf5/{name}"), "--out", Out, .. options]);
        AssertHolds(Usual, Events(TestFiles.Data("hdf5/contiguous.hdf5")));
    }

    [Fact]
    public void Energies_alone_get_the_time_that_is_given()
    {
        ToolRun.OutputOf("voxelize", TestFiles.Data("hdf5/energy-only.hdf5"), "--out", Out, "--time", "-0.03");
        using EventSource events = EventFile.Open(TestFiles.Data("hdf5/energy-only.hdf5"), EventLayout.Default.TimeAll(-0.03f));
        AssertHolds(Usual, events.Read(0, events.Count));
    }

    [Fact]
    public void Events_without_labels_get_the_label_that_is_given()
    {
        string input = TestFiles.Data("hdf5/bad-no-y.hdf5");
        ToolRun.OutputOf("voxelize", input, "--out", Out, "--label", "1");
        using EventSource events = EventFile.Open(input, EventLayout.Default.LabelAll(1));
        AssertHolds(Usual, events.Read(0, events.Count));
    }

    [Fact]
    public void What_was_synthetic_stays_so_and_the_binning_is_told()
    {
        Simulate(folder["toy.hdf5"], photons: 2, electrons: 0);
        ToolRun.OutputOf("voxelize", TestFiles.Data("hdf5/lzf.hdf5"), folder["toy.hdf5"], "--out", Out);
        IReadOnlyDictionary<string, string> attributes = EventFile.ReadAttributes(Out);
        Assert.Equal("true", attributes["synthetic"]);
        Assert.Equal(Usual, Voxelizer.FromJson(attributes["voxelizer"]));
        Assert.Contains("synthetic = true", Collapsed(ToolRun.OutputOf("inspect", Out)), StringComparison.Ordinal);

        ToolRun.OutputOf("voxelize", TestFiles.Data("hdf5/lzf.hdf5"), "--out", Out);
        Assert.DoesNotContain("synthetic", EventFile.ReadAttributes(Out).Keys);
    }

    [Theory]
    [InlineData("bad-label.hdf5", "Event 17", "--labels NAME")]
    [InlineData("bad-corrupt-chunk.hdf5", "row 16")]
    [InlineData("bad-truncated.hdf5", "truncated")]
    [InlineData("bad-no-y.hdf5", "/y", "--labels NAME")]
    [InlineData("energy-only.hdf5", "(48, 32, 32)", "--time 0")]
    [InlineData("missing.hdf5", "no file")]
    [InlineData("", "is a folder")]
    public void Bad_data_is_one_sentence_and_leaves_the_output_as_it_was(string name, params string[] essentials)
    {
        string input = Path.Combine(AppContext.BaseDirectory, "Data", "hdf5", name);
        ToolRun.Of("voxelize", TestFiles.Data("hdf5/lzf.hdf5"), input, "--out", Out).AssertFailed([name, .. essentials]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));

        File.WriteAllText(Out, "mine");
        ToolRun.Of("voxelize", input, "--out", Out).AssertFailed(essentials);
        Assert.Equal("mine", File.ReadAllText(Out));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("Crop to 32 or less", "--crop", "34")]
    [InlineData("has labels of its own in '/y'", "--label", "1")]
    [InlineData("--events 40:50 does not fit", "--events", "40:50")]
    [InlineData("--events -50: does not fit", "--events", "-50:")]
    public void Options_that_do_not_fit_the_data_are_told(string essential, params string[] options)
    {
        ToolRun.Of(["voxelize", TestFiles.Data("hdf5/lzf.hdf5"), "--out", Out, .. options]).AssertFailed(essential);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Images_of_two_sizes_are_no_one_array()
    {
        using var small = EventSource.FromBatch(ExampleEvents.Batch(3));
        EventFile.Save(small, folder["small.hdf5"]);
        ToolRun.Of("voxelize", TestFiles.Data("hdf5/lzf.hdf5"), folder["small.hdf5"], "--out", Out).AssertFailed("32 × 32", "5 × 4");
    }

    [Fact]
    public void A_file_without_events_gives_no_voxels()
    {
        using var none = EventSource.FromBatch(ExampleEvents.Batch(0));
        EventFile.Save(none, folder["none.hdf5"]);
        ToolRun.Of("voxelize", folder["none.hdf5"], "--out", Out).AssertFailed("none.hdf5", "no events");
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public void Numpy_loads_the_arrays()
    {
        if (!PythonNumpy.IsPresent)
        {
            log.WriteLine("numpy is not installed here; the other tests read the file with the library's own reader.");
            return;
        }

        Simulate(folder["toy.hdf5"], photons: 2, electrons: 1);
        ToolRun.OutputOf("voxelize", folder["toy.hdf5"], "--out", Out, "--notebook");
        const string script = """
            import json, sys, numpy
            z = numpy.load(sys.argv[1], allow_pickle=False)
            v, e, y = z['voxels'], z['edges'], z['labels']
            assert v.dtype == 'float32' and v.shape == (3, 21, 32, 32) and v.flags['C_CONTIGUOUS'], (v.dtype, v.shape)
            assert e.dtype == 'float64' and numpy.array_equal(e, numpy.arange(-.1, .1, .0099)), e
            assert y.dtype == 'int32' and y.tolist() == [0, 0, 1], y
            attributes = json.loads(str(z['attributes']))
            assert attributes['synthetic'] == 'true'
            assert isinstance(json.loads(attributes['voxelizer']), dict), attributes
            print(repr(float(v.astype('float64').sum())))
            """;
        double sum = Voxelizer.NotebookCompatible(-0.1, 0.1, 0.0099).KeepEnergyAbove(0.005).Cumulative()
            .Bin(Events(folder["toy.hdf5"])).Voxels.ToArray().Sum(value => (double)value);
        Assert.Equal(sum, double.Parse(PythonNumpy.Run(script, Out), System.Globalization.CultureInfo.InvariantCulture), 1e-9 * sum);
    }

    private static void Simulate(string path, int photons, int electrons)
    {
        ToyShowers showers = ToyShowers.With(photons, electrons, seed: 3);
        using EventSource events = showers.Build();
        EventFile.Save(events, path, showers.Attributes);
    }

    private static EventBatch Events(params string[] paths)
    {
        List<float> images = [];
        List<int> labels = [];
        foreach (string path in paths)
        {
            using EventSource events = EventFile.Open(path);
            EventBatch batch = events.Read(0, events.Count);
            images.AddRange(batch.Images);
            labels.AddRange(batch.Labels);
        }

        return new EventBatch(ImageShape.Crop32, [.. images], [.. labels]);
    }

    private static string Collapsed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private void AssertHolds(Voxelizer voxelizer, EventBatch events)
    {
        VoxelGrid expected = voxelizer.Bin(events);
        using NpzFile written = NpzFile.Open(Out);
        NumpyArray<float> voxels = written.Read<float>("voxels");
        (int frames, int height, int width) = expected.Shape;
        Assert.Equal([expected.Count, frames, height, width], voxels.Shape);
        Assert.Contains(voxels.Values, value => value != 0);
        Assert.True(Bits.Of(expected.Voxels).AsSpan().SequenceEqual(Bits.Of(voxels.Values)));
        Assert.Equal(Bits.Of(voxelizer.Axis.Edges), Bits.Of(written.Read<double>("edges").Values));
        Assert.Equal(expected.Labels.ToArray(), written.Read<int>("labels").Values);
    }
}
