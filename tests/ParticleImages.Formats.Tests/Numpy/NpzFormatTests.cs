using ParticleImages.Formats.Numpy;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests.Numpy;

public sealed class NpzFormatTests(ITestOutputHelper output)
{
    private static readonly NpzFormat Format = new();
    private static readonly EventBatch Events = ExampleEvents.Batch(6);

    [Fact]
    public void The_real_images_open_by_their_names_with_one_time_for_all()
    {
        if (TestFiles.RealImages is not { } path)
        {
            output.WriteLine("The real images are not ours to redistribute and not here; nothing was read.");
            return;
        }

        EventLayout layout = EventLayout.Default.Images("x_test").Labels("y_test").TimeAll(0);
        using EventSource source = Format.Open(path, layout);
        Assert.Equal(100, source.Count);
        Assert.Equal(ImageShape.Crop32, source.ImageShape);
        EventBatch batch = source.Read(0, 100);
        for (int i = 0; i < batch.Images.Length; i += 2)
        {
            Assert.True(float.IsFinite(batch.Images[i]) && batch.Images[i] >= 0);
            Assert.Equal(0, batch.Images[i + 1]);
        }

        Assert.True(HitEvents.From(batch).HitCount > 100);
        Assert.Equal([0, 1], batch.Labels.ToArray().Distinct().Order());
    }

    [Theory]
    [InlineData("X", "y", "images", "labels", "both 'X' and 'images'")]
    [InlineData("x_train", "y_train", "", "", "no array 'X' or 'images', and 2 others may be the images: 'x_train' (1, 5, 4, 2) float32, 'y_train'")]
    [InlineData("X", "y_train", "", "", "neither 'y' nor 'labels'")]
    [InlineData("X", "y", "labels", "", "both 'y' and 'labels'")]
    [InlineData("", "", "", "", "It has no arrays")]
    public void Usual_names_that_are_missing_or_stand_twice_are_refused_with_the_names_there_are(
        string first, string second, string third, string fourth, string said)
    {
        using var folder = new TemporaryFolder();
        string[] names = [.. new[] { first, second, third, fourth }.Where(name => name.Length > 0)];
        NpzFile.Write(folder["a.npz"], archive =>
        {
            foreach (string name in names)
            {
                archive.Add(name, new float[40], 1, 5, 4, 2);
            }
        });
        var error = Assert.Throws<EventFormatException>(() => Format.Open(folder["a.npz"], EventLayout.Default));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.All(
            said.StartsWith("both", StringComparison.Ordinal) ? [] : names, name => Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Images_of_one_class_need_no_labels()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], archive => archive.Add("X", Events.Images.ToArray(), 6, 5, 4, 2));
        using EventSource source = Format.Open(folder["a.npz"], EventLayout.Default.LabelAll(1));
        Assert.All(source.Read(0, 6).Labels.ToArray(), label => Assert.Equal(1, label));
    }

    [Theory]
    [InlineData("y")]
    [InlineData("labels")]
    public void One_label_for_all_is_refused_where_the_archive_has_labels(string name)
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], archive =>
        {
            archive.Add("X", Events.Images.ToArray(), 6, 5, 4, 2);
            archive.Add(name, new int[6]);
        });
        var error = Assert.Throws<EventFormatException>(() => Format.Open(folder["a.npz"], EventLayout.Default.LabelAll(1)));
        Assert.Equal((folder["a.npz"], name), (error.Path, error.Dataset));
        Assert.Contains("Leave LabelAll(label) out", error.Message, StringComparison.Ordinal);
        using FileStream alone = new(folder["a.npz"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.Length > 0);
    }

    [Fact]
    public void A_label_that_is_neither_0_nor_1_is_refused_with_its_row_when_it_is_read()
    {
        Refused(new float[] { 0, 1, 0, 0.5f, 1, 1 }, 3, "0.5");
        Refused(new long[] { 0, 1, 0, 1, -1, 1 }, 4, "-1");
        Refused(new float[] { 0, float.NaN, 0, 1, 1, 1 }, 1, "NaN");

        static void Refused<T>(T[] labels, int row, string shown)
            where T : unmanaged
        {
            using var folder = new TemporaryFolder();
            NpzFile.Write(folder["a.npz"], archive =>
            {
                archive.Add("X", Events.Images.ToArray(), 6, 5, 4, 2);
                archive.Add("y", labels);
            });
            using EventSource source = Format.Open(folder["a.npz"], EventLayout.Default);
            Assert.Equal(row, source.Read(0, row).Count);
            var error = Assert.Throws<EventFormatException>(() => source.Read(0, 6));
            Assert.Equal((row, "y"), (error.Row, error.Dataset));
            Assert.Contains($"has the label {shown} in 'y'", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Two million events of one pixel, stored in some kilobytes: their labels take a byte each, of whatever type they are stored.</summary>
    [Fact]
    public void Labels_are_kept_as_bytes()
    {
        const int count = 2_000_000;
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], archive =>
        {
            archive.AddRows<float>("X", [count, 1, 1, 2], rows =>
            {
                var block = new float[20_000];
                for (int i = 0; i < count; i += 10_000)
                {
                    rows.Write(block);
                }
            });
            archive.Add("y", Enumerable.Range(0, count).Select(i => i % 1000 == 999).ToArray());
        });
        using EventSource source = Format.Open(folder["a.npz"], EventLayout.Default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        EventBatch last = source.Read(count - 1, 1);
        Assert.Equal(1, last.Labels[0]);
        Assert.Equal(0, source.Read(count - 1000, 1).Labels[0]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, count, 2 * count);
    }

    [Fact]
    public void Arrays_that_are_no_events_are_refused_with_the_next_step()
    {
        float[] images = Events.Images.ToArray();
        Refused(archive => Add(archive, new NumpyArray<float>(images, 6, 5, 8), 6), "TimeAll");
        Refused(archive => Add(archive, new NumpyArray<float>(images, 6, 5, 2, 4), 6), "(events, rows, columns, 2) or (events, 2, rows, columns)");
        Refused(archive => Add(archive, new NumpyArray<float>(images, 240), 6), "(240,)");
        Refused(archive => Add(archive, new NumpyArray<float>(images, 6, 5, 4, 2), 5), "5 labels");
        Refused(archive => Add(archive, new NumpyArray<int>(new int[240], 6, 5, 4, 2), 6), "type int32");
        Refused(
            archive =>
            {
                archive.Add("X", images, 6, 5, 4, 2);
                archive.Add("y", new int[12], 6, 2);
            },
            "(6, 2)");

        static void Add<T>(NpzWriter archive, NumpyArray<T> images, int labels)
            where T : unmanaged
        {
            archive.Add("X", images);
            archive.Add("y", new int[labels]);
        }

        static void Refused(Action<NpzWriter> write, string said)
        {
            using var folder = new TemporaryFolder();
            NpzFile.Write(folder["a.npz"], write);
            var error = Assert.Throws<EventFormatException>(() => Format.Open(folder["a.npz"], EventLayout.Default));
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
            Assert.Equal(folder["a.npz"], error.Path);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_several_channels_the_layout_takes_one_wherever_they_stand(bool isFirst)
    {
        using var folder = new TemporaryFolder();
        float[] values = [.. Enumerable.Range(0, 6 * 3 * 20).Select(value => (float)value)];
        NpzFile.Write(folder["a.npz"], archive => archive.Add("X", values, isFirst ? [6, 3, 5, 4] : [6, 5, 4, 3]));
        for (int channel = 0; channel < 3; channel++)
        {
            EventLayout layout = EventLayout.Default.Channel(channel).TimeAll(0.5f).LabelAll(1).Size(new ImageShape(5, 4));
            using EventSource source = Format.Open(folder["a.npz"], isFirst ? layout.ChannelFirst() : layout);
            float[] images = source.Read(0, 6).Images.ToArray();
            Assert.All(Enumerable.Range(0, 6 * 20), i =>
            {
                int expected = isFirst ? (i / 20 * 60) + (channel * 20) + (i % 20) : (3 * i) + channel;
                Assert.Equal((expected, 0.5f), (images[2 * i], images[(2 * i) + 1]));
            });
        }

        EventLayout other = EventLayout.Default.Channel(0).TimeAll(0).LabelAll(1).Size(new ImageShape(4, 5));
        var error = Assert.Throws<EventFormatException>(() => Format.Open(folder["a.npz"], isFirst ? other.ChannelFirst() : other));
        Assert.Contains("the layout states 4 × 5", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Format.Open(folder["a.npz"], EventLayout.Default.Channel(0).LabelAll(1)));
    }

    [Fact]
    public void A_refused_file_is_closed()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], archive => archive.Add("X", new float[3]));
        Assert.Throws<EventFormatException>(() => Format.Open(folder["a.npz"], EventLayout.Default.LabelAll(0)));
        using FileStream alone = new(folder["a.npz"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.Length > 0);
    }

    [Fact]
    public void Saved_events_and_texts_read_back()
    {
        using var folder = new TemporaryFolder();
        var attributes = new Dictionary<string, string> { ["source"] = "synthetic, η < 1.2 «toy» 🔬", ["seed"] = "7", ["empty"] = "" };
        var progress = new Steps();
        EventBatch many = ExampleEvents.Batch(600);
        Format.Save(folder["a.npz"], EventSource.FromBatch(many), attributes, progress, default);
        Assert.Equal([256, 512, 600], progress.Seen);
        Assert.Equal(attributes, Format.ReadAttributes(folder["a.npz"]));
        using EventSource source = Format.Open(folder["a.npz"], EventLayout.Default);
        EventBatch read = source.Read(0, 600);
        Assert.Equal(many.Images.ToArray(), read.Images.ToArray());
        Assert.Equal(many.Labels.ToArray(), read.Labels.ToArray());
    }

    [Fact]
    public void No_events_and_no_texts_read_back_as_none()
    {
        using var folder = new TemporaryFolder();
        var none = new Dictionary<string, string>();
        Format.Save(folder["a.npz"], EventSource.FromBatch(ExampleEvents.Batch(0)), none, null, default);
        using EventSource source = Format.Open(folder["a.npz"], EventLayout.Default);
        Assert.Equal(0, source.Count);
        Assert.Equal(0, source.Read(0, 0).Count);
        Assert.Empty(Format.ReadAttributes(folder["a.npz"]));
    }

    [Fact]
    public void An_array_of_texts_in_another_form_is_no_attributes()
    {
        Assert.Empty(Read(archive => archive.Add("attributes", new float[2])));
        Assert.Empty(Read(archive => archive.AddText("attributes", "made on a Monday")));
        Assert.Empty(Read(archive => archive.AddText("attributes", "[1, 2]")));
        Assert.Empty(Read(archive => archive.AddText("attributes", "null")));

        static IReadOnlyDictionary<string, string> Read(Action<NpzWriter> write)
        {
            using var folder = new TemporaryFolder();
            NpzFile.Write(folder["a.npz"], write);
            return Format.ReadAttributes(folder["a.npz"]);
        }
    }

    [Fact]
    public void A_cancelled_save_leaves_the_earlier_file()
    {
        using var folder = new TemporaryFolder();
        var none = new Dictionary<string, string>();
        Format.Save(folder["a.npz"], EventSource.FromBatch(Events), none, null, default);
        byte[] earlier = File.ReadAllBytes(folder["a.npz"]);
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Format.Save(
            folder["a.npz"], EventSource.FromBatch(ExampleEvents.Batch(600)), none, new Steps(cancellation.Cancel), cancellation.Token));
        Assert.Equal(earlier, File.ReadAllBytes(folder["a.npz"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Describing_lists_every_array_also_those_that_are_no_numbers()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["a.npz"], archive =>
        {
            archive.Add("X", new float[1000], 10, 100);
            archive.AddText("note", "abc");
        });
        DatasetDescription[] found = [.. Format.Describe(folder["a.npz"])];
        Assert.Equal(["X", "note"], found.Select(array => array.Name));
        Assert.Equal(["float32", "<U3"], found.Select(array => array.ElementType));
        Assert.Equal([10, 100], found[0].Shape);
        Assert.Equal("deflated", found[0].Storage);
        Assert.Empty(found[1].Shape);
    }

    [Fact]
    public void Archives_are_recognized_by_how_they_begin()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder["empty.npz"], _ => { });
        Assert.True(Format.Recognizes(File.ReadAllBytes(folder["empty.npz"])));
        NpzFile.Write(folder["a.npz"], archive => archive.Add("X", new float[1]));
        Assert.True(Format.Recognizes(File.ReadAllBytes(folder["a.npz"])));
        Assert.False(Format.Recognizes("PK"u8));
        Assert.False(Format.Recognizes([0x93, .. "NUMPY"u8]));
    }

    [Fact]
    public void Numpy_finds_images_labels_and_texts_in_what_was_saved()
    {
        if (!PythonNumpy.IsPresent)
        {
            output.WriteLine("numpy is not installed here; nothing was compared.");
            return;
        }

        using var folder = new TemporaryFolder();
        Format.Save(
            folder["a.npz"], EventSource.FromBatch(Events), new Dictionary<string, string> { ["note"] = "η «é»" }, null, default);
        const string script = """
            import sys, json, numpy
            f = numpy.load(sys.argv[1])
            print(f.files, f['images'].dtype, f['images'].shape, f['labels'].dtype, f['labels'].tolist(), json.loads(str(f['attributes'])))
            """;
        Assert.Equal(
            "['images', 'labels', 'attributes'] float32 (6, 5, 4, 2) int32 [1, 0, 1, 0, 1, 0] {'note': 'η «é»'}",
            PythonNumpy.Run(script, folder["a.npz"]));
    }

    private sealed class Steps(Action? then = null) : IProgress<int>
    {
        public List<int> Seen { get; } = [];

        public void Report(int value)
        {
            Seen.Add(value);
            then?.Invoke();
        }
    }
}
