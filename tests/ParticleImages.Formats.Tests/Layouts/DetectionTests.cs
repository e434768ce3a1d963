using ParticleImages.Formats.Tests.Arrow;
using ParticleImages.Formats.Tests.Hdf5;
using ParticleImages.Formats.Tests.Parquet;
using FixedSizeListArray = Apache.Arrow.FixedSizeListArray;
using IArrowArray = Apache.Arrow.IArrowArray;
using Int32Array = Apache.Arrow.Int32Array;

namespace ParticleImages.Formats.Tests.Layouts;

/// <summary>What a layout leaves open is found where one answer fits, and refused with the choices where several do.</summary>
public sealed class DetectionTests : IDisposable
{
    private static readonly EventBatch Events = ExampleEvents.Batch(6);
    private static readonly Array Images = Arrays.Turned(Events, "ercv");
    private static readonly int[] Labels = Events.Labels.ToArray();

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Files => ["a.hdf5", "a.npz"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.hdf5", "ercv")]
    [InlineData("a.hdf5", "evrc")]
    [InlineData("a.npz", "ercv")]
    [InlineData("a.npz", "evrc")]
    public void The_only_images_and_labels_are_found_whatever_they_are_called_and_however_large_they_are(string file, string order)
    {
        var random = new Random(file.Length + order[1]);
        for (int round = 0; round < 20; round++)
        {
            // Sides of 2 may be taken for channels: they have a test of their own.
            (int height, int width) = (random.Next(3, 9), random.Next(3, 9));
            int count = random.Next(2, 6);
            EventBatch events = ExampleEvents.Batch(count, height, width, seed: round);
            Array labels = random.Next(3) switch
            {
                0 => events.Labels.ToArray(),
                1 => Arrays.Of([.. events.Labels.ToArray().Select(label => (float)label)], count),
                _ => Arrays.Of([.. events.Labels.ToArray().Select(label => (float)label)], count, 1),
            };
            string path = Arrays.Write(
                folder[$"{round}{file}"],
                ("moments", new float[count, 7]),
                ("what", Arrays.Turned(events, order)),
                ("classes", labels),
                ("others", new int[count + 1]));
            using EventSource source = EventFile.Open(path);

            EventBatch read = source.Read(0, count);
            ExpectedEvents.AssertSame(events.Images, read.Images);
            Assert.Equal(events.Labels, read.Labels);
            string slash = file == "a.hdf5" ? "/" : "";
            Assert.Equal(
                ($"{slash}what", $"{slash}classes", order == "ercv" ? ChannelOrder.Last : ChannelOrder.First),
                (source.Layout!.ImagesName, source.Layout.LabelsName, source.Layout.ChannelOrder));

            // What was found, when it is stated, is the same file.
            using EventSource again = EventFile.Open(path, source.Layout);
            ExpectedEvents.AssertSame(events.Images, again.Read(0, count).Images);
            Assert.Equal(source.Layout, again.Layout);
        }
    }

    [Fact]
    public void Of_real_images_for_training_and_testing_neither_is_taken_by_itself()
    {
        if (TestFiles.RealImages is not { } path)
        {
            TestContext.Current.AddWarning("The real images are not here.");
            return;
        }

        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.TimeAll(0))).Message;
        Assert.Contains("2 others may be the images", message, StringComparison.Ordinal);
        Assert.Contains("'x_train' (100, 32, 32) float32", message, StringComparison.Ordinal);
        message = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.Images("x_test").TimeAll(0))).Message;
        Assert.Contains("2 others may be the labels", message, StringComparison.Ordinal);
        using EventSource real = EventFile.Open(path, EventLayout.Default.Images("x_test").Labels("y_test").TimeAll(0));
        Assert.Equal(100, real.Count);
    }

    [Fact]
    public void Other_names_in_a_group_and_channels_before_rows_are_found_in_files_of_h5py()
    {
        foreach (string name in new[] { "other-names", "channel-first" })
        {
            using EventSource source = EventFile.Open(ExpectedEvents.File(name));
            EventBatch read = source.Read(0, source.Count);
            ExpectedEvents.AssertSame(ExpectedEvents.Images, read.Images);
            Assert.Equal(ExpectedEvents.Labels, read.Labels);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Of_several_images_each_is_named_with_its_shape_and_one_is_read_when_it_is_stated(string file)
    {
        string path = Arrays.Write(folder[file], ("train", Images), ("test", new float[3, 2, 9, 8]), ("sums", new float[6, 3]), ("classes", Labels));
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message;
        Assert.Contains("2 others may be the images", message, StringComparison.Ordinal);
        Assert.Contains("train' (6, 5, 4, 2) float32", message, StringComparison.Ordinal);
        Assert.Contains("test' (3, 2, 9, 8) float32", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sums", message, StringComparison.Ordinal);
        Assert.Contains("EventLayout.Default.Images(name)", message, StringComparison.Ordinal);

        using EventSource source = EventFile.Open(path, EventLayout.Default.Images("train"));
        Assert.Equal(Labels, source.Read(0, 6).Labels);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Of_several_labels_each_is_named_with_its_shape_and_one_is_read_when_it_is_stated(string file)
    {
        string path = Arrays.Write(folder[file], ("X", Images), ("classes", Labels), ("energy", new float[6, 1]), ("short", new int[5]));
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message;
        Assert.Contains("2 others may be the labels", message, StringComparison.Ordinal);
        Assert.Contains("classes' (6,) int32", message, StringComparison.Ordinal);
        Assert.Contains("energy' (6, 1) float32", message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", message, StringComparison.Ordinal);
        Assert.Contains("Labels(name), or give all events one label with LabelAll(label)", message, StringComparison.Ordinal);

        using EventSource named = EventFile.Open(path, EventLayout.Default.Labels("classes"));
        Assert.Equal(Labels, named.Read(0, 6).Labels);
        using EventSource constant = EventFile.Open(path, EventLayout.Default.LabelAll(1));
        Assert.All(constant.Read(0, 6).Labels.ToArray(), label => Assert.Equal(1, label));
        Assert.Equal((null, 1), (constant.Layout!.LabelsName, constant.Layout.ConstantLabel));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Usual_names_are_taken_whatever_stands_beside_them(string file)
    {
        string path = Arrays.Write(folder[file], ("other", new float[6, 5, 4, 2]), ("classes", new int[6]), ("X", Images), ("y", Labels));
        using EventSource source = EventFile.Open(path);
        ExpectedEvents.AssertSame(Events.Images, source.Read(0, 6).Images);
        Assert.Equal(Labels, source.Read(0, 6).Labels);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_stated_is_never_overridden(string file)
    {
        string path = Arrays.Write(folder[file], ("X", Arrays.Turned(Events, "evrc")), ("y", Labels), ("sums", new float[6, 3]));
        string order = Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.ChannelLast())).Message;
        Assert.Contains("the layout wants (events, rows, columns, 2)", order, StringComparison.Ordinal);
        Assert.Contains("leave ChannelLast() out", order, StringComparison.Ordinal);
        Assert.Contains("sums", Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.Images("sums"))).Message, StringComparison.Ordinal);
        Assert.Contains("sums", Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.Labels("sums"))).Message, StringComparison.Ordinal);
        Assert.Contains("5 × 4", Assert.Throws<EventFormatException>(() => EventFile.Open(path, EventLayout.Default.Size(new ImageShape(4, 5)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Two_axes_of_length_2_are_asked_about_unless_the_name_is_usual(string file)
    {
        EventBatch narrow = ExampleEvents.Batch(6, height: 2, width: 4);
        EventBatch low = ExampleEvents.Batch(6, height: 4, width: 2);
        string path = Arrays.Write(folder[file], ("images", Arrays.Turned(narrow, "ercv")), ("labels", Labels));
        if (file == "a.npz")
        {
            Assert.Equal(ChannelOrder.Last, OrderOf(path, EventLayout.Default));
        }

        path = Arrays.Write(folder[file], ("what", Arrays.Turned(narrow, "ercv")), ("labels", Labels));
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message;
        Assert.Contains("(6, 2, 4, 2), and its second and its last axis may each be the channels", message, StringComparison.Ordinal);
        Assert.Contains("ChannelFirst() or EventLayout.Default.ChannelLast()", message, StringComparison.Ordinal);
        AssertReads(path, narrow, EventLayout.Default.ChannelLast());

        path = Arrays.Write(folder[file], ("what", Arrays.Turned(low, "evrc")), ("labels", Labels));
        Assert.Throws<EventFormatException>(() => EventFile.Open(path));
        AssertReads(path, low, EventLayout.Default.ChannelFirst());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_time_is_never_made_up(string file)
    {
        string path = Arrays.Write(folder[file], ("energies", new float[6, 5, 4]), ("classes", Labels));
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message;
        Assert.Contains("energies' of", message, StringComparison.Ordinal);
        Assert.Contains("(6, 5, 4)", message, StringComparison.Ordinal);
        Assert.Contains("TimeAll(0)", message, StringComparison.Ordinal);
        using EventSource source = EventFile.Open(path, EventLayout.Default.TimeAll(0.5f));
        Assert.Equal(0.5f, source.Read(5, 1).Images[^1]);
        Assert.Equal(Labels, source.Read(0, 6).Labels);
    }

    [Theory]
    [InlineData("a.hdf5", 1)]
    [InlineData("a.hdf5", 2)]
    [InlineData("a.npz", 1)]
    [InlineData("a.npz", 2)]
    public void Nothing_that_can_be_images_is_an_error_with_the_names_there_are(string file, int dimensions)
    {
        string path = Arrays.Write(folder[file], ("sums", dimensions == 1 ? new float[6] : new float[6, 3]), ("counts", new int[6]));
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message;
        Assert.Contains("sums", message, StringComparison.Ordinal);
        Assert.Contains("counts", message, StringComparison.Ordinal);
        Assert.Contains("Images(name)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_several_channels_is_asked_about_where_the_second_axis_looks_like_them()
    {
        string path = Arrays.Write(folder["a.npz"], ("jets", new float[6, 3, 8, 9]), ("classes", Labels));
        EventLayout layout = EventLayout.Default.Channel(1).TimeAll(0);
        Assert.Contains("may each be the channels", Assert.Throws<EventFormatException>(() => EventFile.Open(path, layout)).Message, StringComparison.Ordinal);
        using EventSource first = EventFile.Open(path, layout.ChannelFirst());
        Assert.Equal(new ImageShape(8, 9), first.ImageShape);
        using EventSource last = EventFile.Open(path, layout.ChannelLast());
        Assert.Equal(new ImageShape(3, 8), last.ImageShape);
    }

    [Fact]
    public void Columns_of_other_names_are_found_in_parquet_and_several_that_may_be_meant_are_listed()
    {
        string path = folder["a.parquet"];
        ParquetFiles.Write(path, 4, null, null, ParquetFiles.Column("jets", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("classes", Labels));
        using (EventSource source = EventFile.Open(path))
        {
            ExpectedEvents.AssertSame(Events.Images, source.Read(0, 6).Images);
            Assert.Equal(("jets", "classes", ChannelOrder.First), (source.Layout!.ImagesName, source.Layout.LabelsName, source.Layout.ChannelOrder));
        }

        ParquetFiles.Write(
            path, 6, null, null, ParquetFiles.Column("a", ParquetFiles.ChannelsLast(Events)), ParquetFiles.Column("b", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("y", Labels));
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message;
        Assert.Contains("'a' (6, ?, ?, ?) list of list of list of float32, 'b' (6, ?, ?, ?) list of list of list of float64", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_other_names_are_found_in_arrow_and_several_that_may_be_meant_are_listed()
    {
        EventBatch events = ExampleEvents.Batch(2, height: 2, width: 3);
        FixedSizeListArray images = OtherWriter.Lists(OtherWriter.Floats(events.Images.ToArray()), events.Shape.Values);
        FixedSizeListArray moments = OtherWriter.Lists(OtherWriter.Floats(new float[10]), 5);
        Int32Array labels = OtherWriter.Labels(events.Labels.ToArray());
        string path = folder["a.arrow"];
        Write(("moments", moments), ("what", images), ("classes", labels));
        using (EventSource source = EventFile.Open(path))
        {
            ExpectedEvents.AssertSame(events.Images, source.Read(0, 2).Images);
            Assert.Equal(events.Labels, source.Read(0, 2).Labels);
            Assert.Equal(("what", "classes", ChannelOrder.Last), (source.Layout!.ImagesName, source.Layout.LabelsName, source.Layout.ChannelOrder));
        }

        Write(("found", OtherWriter.Hits([0, 1, 1], [3], [0.5f], [0.25f])), ("classes", labels));
        using (EventSource source = EventFile.Open(path))
        {
            Assert.Equal([0.5f, 0.25f], source.Read(0, 1).Images.Slice(6, 2));
            Assert.Equal("found", source.Layout!.ImagesName);
        }

        Write(("found", OtherWriter.Hits([0, 1, 1], [3], [0.5f], [0.25f])), ("what", images), ("classes", labels));
        string message = Assert.Throws<EventFormatException>(() => EventFile.Open(path)).Message;
        Assert.Contains("2 others may be the images: 'found' (2, ?, ?, ?) list<struct<", message, StringComparison.Ordinal);
        Assert.Contains("'what' (2, 2, 3, 2) float32", message, StringComparison.Ordinal);

        void Write(params (string Name, IArrowArray Values)[] columns) => OtherWriter.Write(
            path, OtherWriter.Size, [.. columns.Select(column => OtherWriter.Column(column.Name, column.Values))], [[.. columns.Select(column => column.Values)]]);
    }

    private static ChannelOrder? OrderOf(string path, EventLayout layout)
    {
        using EventSource source = EventFile.Open(path, layout);
        return source.Layout!.ChannelOrder;
    }

    private static void AssertReads(string path, EventBatch expected, EventLayout layout)
    {
        using EventSource source = EventFile.Open(path, layout);
        Assert.Equal(expected.Shape, source.ImageShape);
        ExpectedEvents.AssertSame(expected.Images, source.Read(0, source.Count).Images);
    }
}
