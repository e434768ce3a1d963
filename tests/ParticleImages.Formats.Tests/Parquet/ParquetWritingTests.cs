using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Formats.Parquet;
using ParquetSharp;

namespace ParticleImages.Formats.Tests.Parquet;

public sealed class ParquetWritingTests
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Any bits at all: NaN, infinities, −0, times without energy.</summary>
    [Property(MaxTest = 60)]
    public void Whatever_the_images_what_is_saved_is_read_back_bit_for_bit(int seed)
    {
        var random = new Random(seed);
        var shape = new ImageShape(random.Next(1, 9), random.Next(1, 9));
        int count = random.Next(0, 30);
        var images = new float[count * shape.Values];
        for (int i = 0; i < images.Length; i++)
        {
            images[i] = random.Next(4) == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : 0;
        }

        var batch = new EventBatch(shape, images, [.. Enumerable.Range(0, count).Select(_ => random.Next(2))]);
        using var folder = new TemporaryFolder();
        EventFile.Save(EventSource.FromBatch(batch), folder["a.parquet"]);
        AssertReadsBack(batch, folder["a.parquet"]);
    }

    [Fact]
    public void Events_of_several_row_groups_read_back_in_any_order()
    {
        EventBatch batch = ExampleEvents.Batch(1300, 32, 32);
        using var folder = new TemporaryFolder();
        EventFile.Save(EventSource.FromBatch(batch), folder["a.pq"]);
        using (var reader = new ParquetFileReader(folder["a.pq"]))
        {
            Assert.InRange(reader.FileMetaData.NumRowGroups, 2, 5);
        }

        AssertReadsBack(batch, folder["a.pq"]);
        using EventSource source = EventFile.Open(folder["a.pq"]);
        for (int start = 1290; start >= 0; start -= 129)
        {
            EventBatch part = source.Read(start, 10);
            Hdf5.ExpectedEvents.AssertSame(batch.Images.Slice(start * 2048, 10 * 2048), part.Images);
        }
    }

    [Fact]
    public void Labels_of_events_without_a_hit_are_kept_and_so_are_no_events_at_all()
    {
        var empty = new EventBatch(new ImageShape(2, 3), new float[7 * 12], [1, 1, 0, 1, 0, 0, 1]);
        var none = new EventBatch(new ImageShape(2, 3), [], []);
        using var folder = new TemporaryFolder();
        foreach (EventBatch batch in new[] { empty, none })
        {
            EventFile.Save(EventSource.FromBatch(batch), folder["a.parquet"]);
            AssertReadsBack(batch, folder["a.parquet"]);
        }
    }

    [Fact]
    public void Arrow_reads_what_is_saved_as_plain_columns()
    {
        EventBatch batch = ExampleEvents.Batch(300);
        using var folder = new TemporaryFolder();
        EventFile.Save(EventSource.FromBatch(batch), folder["a.parquet"], new Dictionary<string, string> { ["unit"] = "50 GeV · 50 ns" });
        using var reader = new ParquetFileReader(folder["a.parquet"]);
        Assert.Equal("50 GeV · 50 ns", reader.FileMetaData.KeyValueMetadata["unit"]);
        Assert.Equal("5x4", reader.FileMetaData.KeyValueMetadata["particle-images.image_shape"]);
        Assert.Equal(1, reader.FileMetaData.NumRowGroups);
        using RowGroupReader group = reader.RowGroup(0);
        int rows = (int)group.MetaData.NumRows;
        int[] events = Read<int>(0), lines = Read<int>(1), columns = Read<int>(2), labels = Read<int>(5);
        float[] energies = Read<float>(3), times = Read<float>(4);
        var images = new float[batch.Images.Length];
        for (int i = 0; i < rows; i++)
        {
            int place = (events[i] * batch.Shape.Values) + (2 * ((lines[i] * 4) + columns[i]));
            images[place] = energies[i];
            images[place + 1] = times[i];
            Assert.Equal(batch.Labels[events[i]], labels[i]);
        }

        Assert.Equal(300, events.Distinct().Count());
        Hdf5.ExpectedEvents.AssertSame(batch.Images, images);

        T[] Read<T>(int column)
        {
            using LogicalColumnReader<T> values = group.Column(column).LogicalReader<T>();
            return values.ReadAll(rows);
        }
    }

    [Fact]
    public void Attributes_are_read_back_and_names_that_mean_something_else_are_refused()
    {
        var attributes = new Dictionary<string, string> { ["source"] = "synthetic, η < 1.2 «toy» 🔬", ["seed"] = "7", ["empty"] = "" };
        using var folder = new TemporaryFolder();
        EventSource events = EventSource.FromBatch(ExampleEvents.Batch(4));
        EventFile.Save(events, folder["a.parquet"], attributes);
        Assert.Equal(attributes, EventFile.ReadAttributes(folder["a.parquet"]));
        foreach (string name in new[] { "", "pandas", "ARROW:schema", "particle-images.image_shape" })
        {
            Assert.Throws<ArgumentException>(() => EventFile.Save(events, folder["b.parquet"], new Dictionary<string, string> { [name] = "x" }));
        }

        Assert.Equal([folder["a.parquet"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_cancelled_save_leaves_the_earlier_file()
    {
        using var folder = new TemporaryFolder();
        new ParquetFormat().Save(folder["a.parquet"], EventSource.FromBatch(ExampleEvents.Batch(6)), None, null, default);
        byte[] earlier = File.ReadAllBytes(folder["a.parquet"]);
        using var cancellation = new CancellationTokenSource();
        var told = new List<int>();
        Assert.Throws<OperationCanceledException>(() => new ParquetFormat().Save(
            folder["a.parquet"],
            EventSource.FromBatch(ExampleEvents.Batch(600)),
            None,
            new Steps(value =>
            {
                told.Add(value);
                cancellation.Cancel();
            }),
            cancellation.Token));
        Assert.Equal([256], told);
        Assert.Equal(earlier, File.ReadAllBytes(folder["a.parquet"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static void AssertReadsBack(EventBatch batch, string path)
    {
        using EventSource source = EventFile.Open(path);
        Assert.Equal((batch.Count, batch.Shape), (source.Count, source.ImageShape));
        EventBatch read = source.Read(0, source.Count);
        Hdf5.ExpectedEvents.AssertSame(batch.Images, read.Images);
        Assert.Equal(batch.Labels.ToArray(), read.Labels.ToArray());
    }

    private sealed class Steps(Action<int> tell) : IProgress<int>
    {
        public void Report(int value) => tell(value);
    }
}
