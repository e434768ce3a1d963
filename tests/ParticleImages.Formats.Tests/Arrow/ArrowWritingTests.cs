using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using FsCheck.Xunit;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

public sealed class ArrowWritingTests : IDisposable
{
    private static readonly Dictionary<string, string> NoTexts = [];
    private readonly TemporaryFolder folder = new();

    private string File => folder["events.arrow"];

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 30)]
    public void What_is_saved_is_read_back_bit_for_bit(byte count, byte height, byte width, byte compression)
    {
        EventBatch batch = ExampleEvents.Batch(count % 40, 1 + (height % 9), 1 + (width % 9), count);
        new ArrowFormat((ArrowCompression)(compression % 3)).Save(File, EventSource.FromBatch(batch), NoTexts, null, default);
        AssertReadsBack(batch);
    }

    [Theory]
    [InlineData(ArrowCompression.None)]
    [InlineData(ArrowCompression.Lz4)]
    [InlineData(ArrowCompression.Zstd)]
    public void Several_batches_tell_their_progress_and_are_read_back(ArrowCompression compression)
    {
        // Of 128 × 128 pixels 64 images are 8 MiB.
        EventBatch batch = ExampleEvents.Batch(130, 128, 128);
        var told = new List<int>();
        new ArrowFormat(compression).Save(File, EventSource.FromBatch(batch), NoTexts, new Told(told.Add), default);
        Assert.Equal([64, 128, 130], told);
        AssertReadsBack(batch);
        DatasetDescription images = EventFile.Describe(File)[0];
        Assert.Equal(("images", "float32"), (images.Name, images.ElementType));
        Assert.Equal([130, 2 * 128 * 128], images.Shape);
        Assert.Equal(
            $"3 record batches of 2 to 64 rows, {compression switch { ArrowCompression.None => "uncompressed", ArrowCompression.Lz4 => "lz4", _ => "zstd" }}", images.Storage);
    }

    [Theory]
    [InlineData(".arrow")]
    [InlineData(".FEATHER")]
    [InlineData(".ipc")]
    public void The_ending_of_the_name_chooses_the_format(string ending)
    {
        EventFile.Save(EventSource.FromBatch(ExampleEvents.Batch(4)), folder["a" + ending]);
        Assert.IsType<ArrowFormat>(EventFile.FormatOf(folder["a" + ending]));
    }

    /// <summary>Holds for images and hits: what other programs take for a stream by its name is one.</summary>
    [Theory]
    [InlineData("a.arrows", true)]
    [InlineData("a.ARROWS", true)]
    [InlineData("a.arrow", false)]
    public void The_ending_of_streams_makes_a_stream(string name, bool isStream)
    {
        HitEvents hits = ExampleHits.Hits(7);
        EventBatch batch = ExampleHits.Images(7);
        HitFile.Save(hits, folder[name]);
        AssertForm("hits");
        using (HitFile file = HitFile.Open(folder[name]))
        {
            ExampleHits.AssertSame(hits, file.Events);
        }

        EventFile.Save(EventSource.FromBatch(batch), folder[name]);
        AssertForm("images");
        using EventSource events = EventFile.Open(folder[name]);
        Assert.Equal(batch.Images.ToArray(), events.Read(0, 7).Images.ToArray());

        void AssertForm(string column)
        {
            using FileStream stream = System.IO.File.OpenRead(folder[name]);
            using ArrowStreamReader reader = isStream ? new ArrowStreamReader(stream) : new ArrowFileReader(stream);
            using RecordBatch read = reader.ReadNextRecordBatch();
            Assert.Equal((7, column), (read.Length, read.Schema.FieldsList[0].Name));
        }
    }

    [Fact]
    public void Attributes_are_read_back_from_images_and_hits()
    {
        var attributes = new Dictionary<string, string> { ["source"] = "synthetic", ["unit"] = "50 GeV · 50 ns", ["empty"] = "" };
        EventSource events = EventSource.FromBatch(ExampleEvents.Batch(4));
        EventFile.Save(events, File, attributes);
        Assert.Equal(attributes, EventFile.ReadAttributes(File));
        HitFile.Save(events, File, attributes);
        Assert.Equal(attributes, EventFile.ReadAttributes(File));
        HitFile.Save(ExampleHits.Hits(4), File, attributes, ArrowCompression.Zstd, default);
        Assert.Equal(attributes, EventFile.ReadAttributes(File));
        HitFile.Save(ExampleHits.Hits(4), File);
        Assert.Empty(EventFile.ReadAttributes(File));
    }

    [Theory]
    [InlineData("")]
    [InlineData("image_height")]
    [InlineData("image_width")]
    [InlineData("pandas")]
    [InlineData("ARROW:schema")]
    public void An_attribute_without_a_name_of_its_own_is_refused_before_anything_is_written(string name)
    {
        var attributes = new Dictionary<string, string> { [name] = "x" };
        EventSource events = EventSource.FromBatch(ExampleEvents.Batch(4));
        Assert.Throws<ArgumentException>(() => EventFile.Save(events, File, attributes));
        Assert.Throws<ArgumentException>(() => HitFile.Save(events, File, attributes));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_compression_that_is_none_is_refused_before_anything_is_written()
    {
        EventSource events = EventSource.FromBatch(ExampleEvents.Batch(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ArrowFormat((ArrowCompression)3).Save(File, events, NoTexts, null, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => HitFile.Save(events, File, compression: (ArrowCompression)3));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cancelled_writing_leaves_the_earlier_file_and_nothing_else(bool asHits)
    {
        Save(ExampleHits.Images(4), null, default);
        byte[] earlier = System.IO.File.ReadAllBytes(File);
        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Save(ExampleHits.Images(600, 128, 128), new Told(_ => cancellation.Cancel()), cancellation.Token));
        Assert.Equal(earlier, System.IO.File.ReadAllBytes(File));
        Assert.Equal([File], Directory.GetFiles(folder.Path));

        void Save(EventBatch batch, IProgress<int>? progress, CancellationToken token)
        {
            if (asHits)
            {
                HitFile.Save(EventSource.FromBatch(batch), File, progress: progress, cancellation: token);
            }
            else
            {
                EventFile.Save(EventSource.FromBatch(batch), File, progress: progress, cancellation: token);
            }
        }
    }

    [Theory]
    [InlineData(ArrowCompression.None)]
    [InlineData(ArrowCompression.Lz4)]
    [InlineData(ArrowCompression.Zstd)]
    public void What_is_saved_is_read_by_Apache_Arrow(ArrowCompression compression)
    {
        EventBatch batch = ExampleHits.Images(9);
        new ArrowFormat(compression).Save(File, EventSource.FromBatch(batch), NoTexts, null, default);
        using (RecordBatch read = ReadBatch())
        {
            var images = (FixedSizeListArray)read.Column("images");
            Assert.Equal(batch.Images, ((FloatArray)images.Values).Values);
            Assert.Equal(batch.Labels, ((Int32Array)read.Column("labels")).Values);
            Field field = read.Schema.GetFieldByName("images");
            Assert.Equal("arrow.fixed_shape_tensor", field.Metadata["ARROW:extension:name"]);
            Assert.Equal("""{"shape":[5,4,2]}""", field.Metadata["ARROW:extension:metadata"]);
            Assert.Equal(("5", "4"), (read.Schema.Metadata["image_height"], read.Schema.Metadata["image_width"]));
        }

        HitEvents expected = HitEvents.From(batch);
        HitFile.Save(expected, File, null, compression, default);
        using RecordBatch hits = ReadBatch();
        var lists = (ListArray)hits.Column("hits");
        Assert.Equal(9, lists.Length);
        for (int i = 0; i < 9; i++)
        {
            var found = (StructArray)lists.GetSlicedValues(i);
            Assert.Equal(expected[i].Pixels.ToArray(), ((UInt16Array)found.Fields[0]).Values.ToArray());
            Assert.Equal(expected[i].Energies, ((FloatArray)found.Fields[1]).Values);
            Assert.Equal(expected[i].Times, ((FloatArray)found.Fields[2]).Values);
        }

        RecordBatch ReadBatch()
        {
            using FileStream stream = System.IO.File.OpenRead(File);
            using var reader = new ArrowFileReader(stream, new CompressionCodecFactory());
            return reader.ReadNextRecordBatch();
        }
    }

    private void AssertReadsBack(EventBatch batch)
    {
        using EventSource source = EventFile.Open(File);
        Assert.Equal((batch.Count, batch.Shape), (source.Count, source.ImageShape));
        EventBatch read = source.Read(0, source.Count);
        Assert.Equal(Bits(batch.Images), Bits(read.Images));
        Assert.Equal(batch.Labels, read.Labels);
    }

    private static int[] Bits(ReadOnlySpan<float> values) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values).ToArray();

    private sealed class Told(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
