using System.Runtime.InteropServices;

namespace ParticleImages.Formats.Tests.Hdf5;

public sealed class Hdf5WritingTests
{
    [Theory]
    [InlineData(1, 32, 32)]
    [InlineData(48, 32, 32)]
    [InlineData(256, 4, 6)]
    [InlineData(257, 4, 6)]
    [InlineData(1000, 3, 3)]
    public void What_is_saved_is_read_back_bit_for_bit(int count, int height, int width)
    {
        EventBatch batch = RandomEvents(count, new ImageShape(height, width));
        using var folder = new TemporaryFolder();
        string path = folder["events.hdf5"];
        EventFile.Save(EventSource.FromBatch(batch), path);
        AssertReadsBack(batch, path);
    }

    [Fact]
    public void No_events_at_all_are_saved_and_read_back()
    {
        var none = new EventBatch(ImageShape.Crop32, [], []);
        using var folder = new TemporaryFolder();
        string path = folder["none.h5"];
        EventFile.Save(EventSource.FromBatch(none), path, new Dictionary<string, string> { ["source"] = "none" });
        AssertReadsBack(none, path);
        Assert.Equal("none", EventFile.ReadAttributes(path)["source"]);
    }

    [Fact]
    public void The_public_layout_is_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.hdf5"];
        EventFile.Save(EventSource.FromBatch(RandomEvents(300, new ImageShape(4, 4))), path);
        IReadOnlyList<DatasetDescription> datasets = EventFile.Describe(path);
        Assert.Equal(["/X", "/y"], datasets.Select(dataset => dataset.Name));
        Assert.Equal([300, 4, 4, 2], datasets[0].Shape);
        Assert.Equal("float32", datasets[0].ElementType);
        Assert.Equal("chunks of 256 × 4 × 4 × 2, shuffle, gzip", datasets[0].Storage);
        Assert.Equal([300], datasets[1].Shape);
        Assert.Equal("float32", datasets[1].ElementType);
    }

    [Fact]
    public void Attributes_are_read_back()
    {
        var attributes = new Dictionary<string, string> { ["source"] = "synthetic", ["unit"] = "50 GeV · 50 ns", ["empty"] = "" };
        using var folder = new TemporaryFolder();
        string path = folder["events.hdf5"];
        EventFile.Save(EventSource.FromBatch(ExpectedEvents.Batch), path, attributes);
        Assert.Equal(attributes, EventFile.ReadAttributes(path));
    }

    [Fact]
    public void Progress_tells_the_events_written_so_far()
    {
        var told = new List<int>();
        using var folder = new TemporaryFolder();
        EventFile.Save(
            EventSource.FromBatch(RandomEvents(600, new ImageShape(2, 2))), folder["events.hdf5"], progress: new Told(told.Add));
        Assert.Equal([256, 512, 600], told);
    }

    [Fact]
    public void A_source_that_fails_leaves_the_earlier_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.hdf5"];
        EventFile.Save(EventSource.FromBatch(ExpectedEvents.Batch), path);
        using EventSource damaged = EventFile.Open(ExpectedEvents.File("bad-corrupt-chunk"));
        Assert.Throws<EventFormatException>(() => EventFile.Save(damaged, path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        AssertReadsBack(ExpectedEvents.Batch, path);
    }

    [Fact]
    public void A_cancelled_writing_leaves_the_earlier_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.hdf5"];
        EventFile.Save(EventSource.FromBatch(ExpectedEvents.Batch), path);
        using var cancellation = new CancellationTokenSource();
        EventSource many = EventSource.FromBatch(RandomEvents(600, new ImageShape(2, 2)));
        Assert.Throws<OperationCanceledException>(() => EventFile.Save(
            many, path, progress: new Told(_ => cancellation.Cancel()), cancellation: cancellation.Token));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        AssertReadsBack(ExpectedEvents.Batch, path);
    }

    [Fact]
    public void A_file_can_be_saved_over_the_one_that_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.hdf5"];
        File.Copy(ExpectedEvents.File("gzip"), path);
        using (EventSource source = EventFile.Open(path))
        {
            EventFile.Save(source.Slice(0, 20), path);
        }

        using EventSource shorter = EventFile.Open(path);
        Assert.Equal(20, shorter.Count);
    }

    [Fact]
    public void An_attribute_without_a_name_is_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => EventFile.Save(
            EventSource.FromBatch(ExpectedEvents.Batch), folder["a.hdf5"], new Dictionary<string, string> { [""] = "x" }));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>Where Python with h5py is at hand; elsewhere the test is skipped after our own reader read the file.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(700)]
    public void What_is_saved_is_read_by_h5py_bit_for_bit(int count)
    {
        EventBatch batch = RandomEvents(count, new ImageShape(5, 7));
        using var folder = new TemporaryFolder();
        string path = folder["events.hdf5"];
        EventFile.Save(EventSource.FromBatch(batch), path, new Dictionary<string, string> { ["unit"] = "50 GeV · 50 ns" });
        AssertReadsBack(batch, path);
        const string script = """
            import sys, h5py
            f = h5py.File(sys.argv[1], "r")
            assert f["X"].dtype == "<f4" and f["y"].dtype == "<f4" and f.attrs["unit"] == "50 GeV · 50 ns"
            open(sys.argv[2], "wb").write(f["X"][:].tobytes() + f["y"][:].tobytes())
            """;
        Assert.SkipUnless(
            PythonNumpy.IsPresent && PythonNumpy.Run("import importlib.util; print(importlib.util.find_spec('h5py') is not None)") == "True",
            "There is no h5py here: only our own reader read the file.");
        PythonNumpy.Run(script, path, folder["values"]);
        float[] labels = [.. batch.Labels.ToArray().Select(label => (float)label)];
        float[] values = [.. batch.Images, .. labels];
        ExpectedEvents.AssertSame(values, MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["values"])));
    }

    private static EventBatch RandomEvents(int count, ImageShape shape)
    {
        var random = new Random(count);
        var images = new float[count * shape.Values];
        random.NextBytes(MemoryMarshal.AsBytes(images.AsSpan()));
        return new EventBatch(shape, images, [.. Enumerable.Range(0, count).Select(_ => random.Next(2))]);
    }

    private static void AssertReadsBack(EventBatch batch, string path)
    {
        using EventSource source = EventFile.Open(path);
        Assert.Equal(batch.Shape, source.ImageShape);
        Assert.Equal(batch.Count, source.Count);
        EventBatch read = source.Read(0, source.Count);
        ExpectedEvents.AssertSame(batch.Images, read.Images);
        Assert.Equal(batch.Labels.ToArray(), read.Labels.ToArray());
    }

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
