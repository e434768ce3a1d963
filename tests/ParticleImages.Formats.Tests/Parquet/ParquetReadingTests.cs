using ParticleImages.Formats.Parquet;
using ParquetSharp;

namespace ParticleImages.Formats.Tests.Parquet;

public sealed class ParquetReadingTests
{
    private static readonly EventBatch Events = ExampleEvents.Batch(30, 8, 6);

    [Theory]
    [InlineData(Compression.Uncompressed, true)]
    [InlineData(Compression.Snappy, true)]
    [InlineData(Compression.Snappy, false)]
    [InlineData(Compression.Gzip, false)]
    [InlineData(Compression.Brotli, true)]
    [InlineData(Compression.Zstd, true)]
    [InlineData(Compression.Zstd, false)]
    [InlineData(Compression.Lz4, false)]
    public void Whatever_the_codec_hits_and_images_are_the_same(Compression codec, bool dictionary)
    {
        using var folder = new TemporaryFolder();
        void Choose(WriterPropertiesBuilder builder)
        {
            // Small pages, so that a row group has several.
            builder.Compression(codec).DataPagesize(256).WriteBatchSize(16);
            if (!dictionary)
            {
                builder.DisableDictionary();
            }
        }

        ParquetFiles.WriteHits(folder["hits.parquet"], Events, 400, Choose);
        AssertSame(Events, folder["hits.parquet"], EventLayout.Default.Size(Events.Shape));
        ParquetFiles.Write(
            folder["nested.parquet"],
            8,
            Choose,
            null,
            ParquetFiles.Column("X", ParquetFiles.ChannelsLast(Events)),
            ParquetFiles.Column("label", Events.Labels.ToArray()));
        AssertSame(Events, folder["nested.parquet"], EventLayout.Default);
    }

    /// <summary>
    /// Columns that may have nulls, as pandas writes all of them, in several pages of each encoding: without a null they are read, and with some,
    /// in whichever page, the first is told with its row.
    /// </summary>
    [Theory]
    [InlineData(ParquetDataPageVersion.V1, Compression.Snappy, null)]
    [InlineData(ParquetDataPageVersion.V1, Compression.Zstd, Encoding.Plain)]
    [InlineData(ParquetDataPageVersion.V1, Compression.Uncompressed, Encoding.ByteStreamSplit)]
    [InlineData(ParquetDataPageVersion.V2, Compression.Snappy, null)]
    [InlineData(ParquetDataPageVersion.V2, Compression.Gzip, Encoding.Plain)]
    [InlineData(ParquetDataPageVersion.V2, Compression.Uncompressed, Encoding.ByteStreamSplit)]
    public void Columns_that_may_have_nulls_are_read_as_long_as_they_have_none(ParquetDataPageVersion version, Compression codec, Encoding? encoding)
    {
        const int hits = 3000;
        using var folder = new TemporaryFolder();
        double?[] energies = [.. Enumerable.Range(0, hits).Select(i => (double?)((i % 700) + 0.5))];
        Write(energies);
        using (EventSource source = EventFile.Open(folder["a.parquet"], EventLayout.Default.Size(new ImageShape(4, 4)).LabelAll(1)))
        {
            Assert.Equal(hits, source.Count);
            EventBatch read = source.Read(0, hits);
            Assert.All(Enumerable.Range(0, hits), i => Assert.Equal((i % 700) + 0.5f, read.Image(i)[2 * (((i % 4) * 4) + (i % 3))]));
        }

        foreach (int first in new[] { 0, 8, 1111, hits - 5 })
        {
            double?[] some = [.. energies.Select((energy, i) => i >= first && (i - first) % 5 == 0 ? null : energy)];
            Write(some);
            EventFormatException error = Assert.Throws<EventFormatException>(() =>
            {
                using EventSource source = EventFile.Open(folder["a.parquet"], EventLayout.Default.Size(new ImageShape(4, 4)).LabelAll(1));
                source.Read(0, hits);
            });
            Assert.Equal((first, "energy"), (error.Row, error.Dataset));
            Assert.Contains("no value (null)", error.Message, StringComparison.Ordinal);
        }

        void Write(double?[] column) => ParquetFiles.Write(
            folder["a.parquet"],
            10_000,
            builder =>
            {
                builder.Compression(codec).DataPageVersion(version).DataPagesize(1024).WriteBatchSize(64);
                if (encoding is { } chosen)
                {
                    builder.DisableDictionary().Encoding("energy", chosen).Encoding("event", Encoding.DeltaBinaryPacked);
                }
            },
            null,
            ParquetFiles.Column("event", Enumerable.Range(0, hits).Select(i => (long?)i).ToArray()),
            ParquetFiles.Column("row", Enumerable.Range(0, hits).Select(i => (int?)(i % 4)).ToArray()),
            ParquetFiles.Column("column", Enumerable.Range(0, hits).Select(i => (short?)(i % 3)).ToArray()),
            ParquetFiles.Column("energy", column),
            ParquetFiles.Column("time", new float?[hits].Select(_ => (float?)0.25f).ToArray()));
    }

    [Theory]
    [InlineData(Encoding.ByteStreamSplit)]
    [InlineData(Encoding.Plain)]
    public void Whatever_the_encoding_of_floats_they_are_the_same(Encoding encoding)
    {
        using var folder = new TemporaryFolder();
        ParquetFiles.WriteHits(folder["a.parquet"], Events, 400, builder => builder.DisableDictionary().Encoding("energy", encoding).Encoding("time", encoding));
        AssertSame(Events, folder["a.parquet"], EventLayout.Default.Size(Events.Shape));
    }

    [Fact]
    public void Integers_as_differences_are_the_same()
    {
        using var folder = new TemporaryFolder();
        ParquetFiles.WriteHits(
            folder["a.parquet"],
            Events,
            400,
            builder => builder.DisableDictionary().Encoding("event", Encoding.DeltaBinaryPacked).Encoding("row", Encoding.DeltaBinaryPacked).Encoding("column", Encoding.DeltaBinaryPacked));
        AssertSame(Events, folder["a.parquet"], EventLayout.Default.Size(Events.Shape));
    }

    [Fact]
    public void Of_jets_with_three_channels_the_layout_takes_one_and_gives_it_a_time()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        double[][][][] jets = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 125).Select(_ =>
            Enumerable.Range(0, 125).Select(_ => random.Next(50) == 0 ? random.NextDouble() : 0).ToArray()).ToArray()).ToArray())];
        ParquetFiles.Write(
            folder["jets.parquet"],
            2,
            null,
            null,
            ParquetFiles.Column("X_jets", jets),
            ParquetFiles.Column("pt", new double[] { 1, 2, 3, 4, 5 }),
            ParquetFiles.Column("m0", new double[] { 1, 2, 3, 4, 5 }),
            ParquetFiles.Column("y", new double[] { 0, 1, 1, 0, 1 }));
        for (int channel = 0; channel < 3; channel++)
        {
            using EventSource source = EventFile.Open(folder["jets.parquet"], EventLayout.Default.ChannelFirst().Channel(channel).TimeAll(0.5f));
            Assert.Equal((5, new ImageShape(125, 125)), (source.Count, source.ImageShape));
            EventBatch batch = source.Read(0, 5);
            float[] expected = [.. jets.SelectMany(jet => jet[channel].SelectMany(row => row.SelectMany(value => new[] { (float)value, 0.5f })))];
            Assert.Equal(expected, batch.Images.ToArray());
            Assert.Equal([0, 1, 1, 0, 1], batch.Labels.ToArray());
        }

        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["jets.parquet"]));
        Assert.Contains("(5, 3, 125, 125)", error.Message, StringComparison.Ordinal);
        Assert.Contains("ChannelFirst().Channel(number).TimeAll(0)", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["jets.parquet"], EventLayout.Default.ChannelFirst().Channel(3).TimeAll(0)));
        Assert.Contains("(events, 4 or more, rows, columns)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EventFile.Open(folder["jets.parquet"], EventLayout.Default.ChannelFirst().Channel(1)));
    }

    [Fact]
    public void Numbers_are_converted_by_value_whatever_their_type()
    {
        Same(new sbyte[] { -3, 0, 1, 127 });
        Same(new short[] { -300, 0, 1, 1000 });
        Same(new int[] { -3, 0, 16777217, 7 });
        Same(new long[] { -3, 0, long.MaxValue, 7 });
        Same(new uint[] { 0, 1, uint.MaxValue, 7 });
        Same(new ulong[] { 0, 1, ulong.MaxValue, 7 });
        Same(new byte[] { 0, 1, 255, 0x5A });
        Same(new double[] { 0.1, 1e300, double.NaN, -0.0 });

        static void Same<T>(T[] energies)
            where T : System.Numerics.INumber<T>
        {
            using var folder = new TemporaryFolder();
            ParquetFiles.Write(
                folder["a.parquet"],
                100,
                null,
                new Dictionary<string, string> { ["particle-images.image_shape"] = "1x4" },
                ParquetFiles.Column("event", new ushort[4]),
                ParquetFiles.Column("row", new byte[4]),
                ParquetFiles.Column("column", new ulong[] { 0, 1, 2, 3 }),
                ParquetFiles.Column("energy", energies));
            using EventSource source = EventFile.Open(folder["a.parquet"], EventLayout.Default.LabelAll(1).TimeAll(0));
            float[] read = [.. source.Read(0, 1).Images.ToArray().Where((_, i) => i % 2 == 0)];
            Assert.Equal(energies.Select(value => float.CreateTruncating(value)), read);
        }
    }

    [Fact]
    public void A_bigger_number_of_values_than_one_page_holds_comes_back()
    {
        EventBatch many = ExampleEvents.Batch(3000, 8, 8);
        using var folder = new TemporaryFolder();
        ParquetFiles.Write(
            folder["a.parquet"],
            2500,
            builder => builder.DataPagesize(1 << 16),
            null,
            ParquetFiles.Column("X", ParquetFiles.ChannelsFirst(many)),
            ParquetFiles.Column("y", many.Labels.ToArray().Select(label => (float)label).ToArray()));
        AssertSame(many, folder["a.parquet"], EventLayout.Default.ChannelFirst());
    }

    [Fact]
    public void Describing_lists_columns_with_their_types()
    {
        using var folder = new TemporaryFolder();
        ParquetFiles.Write(
            folder["a.parquet"],
            8,
            null,
            new Dictionary<string, string> { ["source"] = "η < 1.2", ["pandas"] = "{}" },
            ParquetFiles.Column("X_jets", ParquetFiles.ChannelsFirst(Events)),
            ParquetFiles.Column("name", Events.Labels.ToArray().Select(label => $"{label}").ToArray()),
            ParquetFiles.Column("y", Events.Labels.ToArray()));
        DatasetDescription[] found = [.. EventFile.Describe(folder["a.parquet"])];
        Assert.Equal(["X_jets", "name", "y"], found.Select(column => column.Name));
        Assert.Equal(["list of list of list of float64", "text", "int32"], found.Select(column => column.ElementType));
        Assert.All(found, column => Assert.Equal([30L], column.Shape));
        Assert.All(found, column => Assert.Equal("4 row groups of 6 to 8 rows, snappy", column.Storage));
        Assert.Equal(new Dictionary<string, string> { ["source"] = "η < 1.2" }, EventFile.ReadAttributes(folder["a.parquet"]));
        Assert.IsType<ParquetFormat>(EventFile.FormatOf(folder["a.parquet"]));
    }

    private static void AssertSame(EventBatch expected, string path, EventLayout layout)
    {
        using EventSource source = EventFile.Open(path, layout);
        Assert.Equal((expected.Count, expected.Shape), (source.Count, source.ImageShape));
        EventBatch read = source.Read(0, source.Count);
        Hdf5.ExpectedEvents.AssertSame(expected.Images, read.Images);
        Assert.Equal(expected.Labels.ToArray(), read.Labels.ToArray());
    }
}
