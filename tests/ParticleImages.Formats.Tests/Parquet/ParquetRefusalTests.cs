using ParticleImages.Formats.Parquet;
using ParquetSharp;

namespace ParticleImages.Formats.Tests.Parquet;

public sealed class ParquetRefusalTests
{
    private static readonly EventBatch Events = ExampleEvents.Batch(6);

    [Fact]
    public void A_missing_column_is_told_with_those_there_are_the_nearest_first()
    {
        using var folder = new TemporaryFolder();
        Write(folder, ParquetFiles.Column("X_jet", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("pt", new float[6]), ParquetFiles.Column("classes", new int[6]));
        Assert.Contains("2 others may be the labels: 'pt' (6,) float32, 'classes' (6,) int32.", Refusal(folder, EventLayout.Default).Message, StringComparison.Ordinal);
        EventFormatException error = Refusal(folder, EventLayout.Default.Images("X_jet").ChannelFirst().Labels("class"));
        Assert.Contains("No column 'class'", error.Message, StringComparison.Ordinal);
        Assert.Contains("It has 'classes', ", error.Message, StringComparison.Ordinal);
        Assert.Contains("LabelAll(label)", Refusal(folder, EventLayout.Default.Images("X_jet").ChannelFirst()).Message, StringComparison.Ordinal);
        Assert.Contains("Images(name)", Refusal(folder, EventLayout.Default.Images("jets")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_may_each_be_meant_are_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, ParquetFiles.Column("X", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("images", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("y", new int[6]));
        Assert.Contains("'X' and 'images'", Refusal(folder, EventLayout.Default).Message, StringComparison.Ordinal);
        Write(folder, ParquetFiles.Column("X", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("label", new int[6]), ParquetFiles.Column("y", new int[6]));
        Assert.Contains("both 'y' and 'label'", Refusal(folder, EventLayout.Default.ChannelFirst()).Message, StringComparison.Ordinal);
        Assert.Contains("Leave LabelAll(label) out", Refusal(folder, EventLayout.Default.ChannelFirst().LabelAll(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_value_is_refused_with_its_row()
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder, energies: [1, 2, null, 4]);
        AssertRefused(folder, 2, "energy", "Row 2", "no value");
        WriteHits(folder, events: [0, null, 0, 1]);
        AssertRefused(folder, 1, "event", "Row 1", "no value");
        double?[][][][] jets = [.. Enumerable.Range(0, 5).Select(_ => new double?[][][] { [[1, 2], [3, 4]], [[5, 6], [7, 8]] })];
        jets[3][1][0][1] = null;
        Write(folder, ParquetFiles.Column("X", jets), ParquetFiles.Column("y", new int[5]));
        AssertRefused(folder, 3, "X", "Row 3", "a null or an empty list");
        jets[3][1][0] = [];
        Write(folder, ParquetFiles.Column("X", jets), ParquetFiles.Column("y", new int[5]));
        AssertRefused(folder, 3, "X", "Row 3", "a null or an empty list");
        Write(folder, ParquetFiles.Column("X", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("y", new int?[] { 0, 1, 0, 1, null, 1 }));
        AssertRefused(folder, 4, "y", "Row 4", "no value");
    }

    [Fact]
    public void Lists_of_several_lengths_are_refused_with_their_row()
    {
        using var folder = new TemporaryFolder();
        double[][][][] ragged = [.. Enumerable.Range(0, 5).Select(_ => new double[][][] { [[1, 2], [3, 4]], [[5, 6], [7, 8]] })];
        ragged[2][1] = [[5, 6], [7]];
        Refused(2);
        ragged[2][1] = [[5, 6], [7, 8], [9, 10]];
        Refused(2);
        ragged[2][1] = [[5, 6, 7], [8]];
        Refused(2);
        ragged[0] = [[[1, 2, 3], [4]], [[5, 6], [7, 8]]];
        Refused(0);

        void Refused(int row)
        {
            Write(folder, ParquetFiles.Column("X", ragged), ParquetFiles.Column("y", new int[5]));
            EventFormatException error = AssertRefused(folder, row, "X", $"event {row}", "another shape");
            Assert.Equal(row, error.Row);
        }
    }

    [Fact]
    public void A_label_other_than_0_and_1_is_refused_with_its_row_and_others_are_read()
    {
        using var folder = new TemporaryFolder();
        Write(folder, ParquetFiles.Column("X", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("y", new double[] { 0, 1, 0.5, 1, 0, 1 }));
        using (EventSource source = EventFile.Open(folder["a.parquet"], EventLayout.Default.ChannelFirst()))
        {
            Assert.Equal(2, source.Read(0, 2).Count);
            EventFormatException error = Assert.Throws<EventFormatException>(() => source.Read(0, 6));
            Assert.Equal((2L, "y"), (error.Row, error.Dataset));
            Assert.Contains("label 0.5", error.Message, StringComparison.Ordinal);
        }

        WriteHits(folder, labels: [0, 0, 7, 7], events: [0, 0, 1, 1]);
        using EventSource hits = EventFile.Open(folder["a.parquet"], EventLayout.Default.Size(new ImageShape(2, 2)));
        Assert.Equal(1, hits.Read(0, 1).Count);
        Assert.Equal(2, Assert.Throws<EventFormatException>(() => hits.Read(0, 2)).Row);
    }

    [Fact]
    public void Hits_that_make_no_images_are_refused_with_their_row()
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder, events: [0, 1, 0, 1]);
        AssertRefused(folder, 2, "event", "ascend", "sort the table");
        WriteHits(folder, labels: [0, 1, 1, 1], events: [0, 0, 1, 1]);
        AssertRefused(folder, 1, "label", "the label 1", "0");
        WriteHits(folder, rows: [0, 0, 2, 1]);
        AssertRefused(folder, 2, "row", "'row' 2", "0 to 1", "Size(size)");
        WriteHits(folder, columns: [0, 1, 0, -1]);
        AssertRefused(folder, 3, "column", "'column' -1");
        WriteHits(folder, rows: [0, 0, 0, 0], columns: [0, 1, 0, 1]);
        AssertRefused(folder, 2, "energy", "second hit in pixel (0, 0)");
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(0, 0)]
    public void Two_hits_in_a_pixel_are_refused_whatever_their_values(double first, double second)
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder, rows: [0, 0, 1, 0], columns: [1, 0, 1, 1], energies: [first, 2, 3, second], times: [(float)first, 2, 3, (float)second]);
        AssertRefused(folder, 3, "energy", "second hit in pixel (0, 1)");
    }

    /// <summary>Hits of one event may stand in two row groups, and so may two of one pixel.</summary>
    [Fact]
    public void Two_hits_in_a_pixel_are_refused_across_row_groups()
    {
        using var folder = new TemporaryFolder();
        ParquetFiles.Write(
            folder["a.parquet"],
            2,
            null,
            null,
            ParquetFiles.Column("event", new[] { 0, 0, 0, 0 }),
            ParquetFiles.Column("row", new[] { 0, 0, 1, 0 }),
            ParquetFiles.Column("column", new[] { 0, 1, 0, 0 }),
            ParquetFiles.Column("energy", new float[] { 0, 2, 3, 4 }),
            ParquetFiles.Column("time", new float[4]),
            ParquetFiles.Column("label", new int[4]));
        AssertRefused(folder, 3, "energy", "second hit in pixel (0, 0)");
    }

    [Fact]
    public void A_table_that_does_not_tell_the_size_or_tells_another_is_refused()
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder);
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["a.parquet"]));
        Assert.Contains("Size(ImageShape.Crop32)", error.Message, StringComparison.Ordinal);
        EventFile.Save(EventSource.FromBatch(Events), folder["a.parquet"]);
        Assert.Contains("5 × 4", Refusal(folder, EventLayout.Default.Size(new ImageShape(4, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("leave TimeAll out", Refusal(folder, EventLayout.Default.TimeAll(0)).Message, StringComparison.Ordinal);
        Assert.Contains("ChannelFirst()", Refusal(folder, EventLayout.Default.ChannelFirst()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_types_that_are_no_numbers_are_refused()
    {
        using var folder = new TemporaryFolder();
        Write(folder, ParquetFiles.Column("X", new[] { "a", "b" }), ParquetFiles.Column("y", new int[2]));
        Assert.Contains("type text", Refusal(folder, EventLayout.Default).Message, StringComparison.Ordinal);
        Write(folder, ParquetFiles.Column("X", ParquetFiles.ChannelsFirst(Events)), ParquetFiles.Column("y", new[] { "a", "b", "a", "b", "a", "b" }));
        Assert.Contains("type text", Refusal(folder, EventLayout.Default.ChannelFirst()).Message, StringComparison.Ordinal);
        Write(folder, ParquetFiles.Column("X", new double[][] { [1, 2], [3, 4] }), ParquetFiles.Column("y", new int[2]));
        Assert.Contains("list of float64", Refusal(folder, EventLayout.Default).Message, StringComparison.Ordinal);
        Write(folder, ParquetFiles.Column("event", new double[2]), ParquetFiles.Column("row", new int[2]), ParquetFiles.Column("column", new int[2]), ParquetFiles.Column("label", new int[2]));
        Assert.Contains("integers are read", Refusal(folder, EventLayout.Default).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_decoded_rightly_is_refused_rather_than_read()
    {
        using var folder = new TemporaryFolder();
        ParquetFiles.Write(
            folder["a.parquet"],
            10,
            builder => builder.DataPageVersion(ParquetDataPageVersion.V2),
            null,
            ParquetFiles.Column("X", ParquetFiles.ChannelsFirst(Events)),
            ParquetFiles.Column("y", Events.Labels.ToArray()));
        Assert.Contains("data_page_version", Refusal(folder, EventLayout.Default.ChannelFirst()).Message, StringComparison.Ordinal);
    }

    private static EventFormatException AssertRefused(TemporaryFolder folder, long row, string column, params string[] words)
    {
        EventLayout layout = column is "X" or "y" ? EventLayout.Default.ChannelFirst() : EventLayout.Default.Size(new ImageShape(2, 2));
        EventFormatException error = Refusal(folder, layout);
        Assert.Equal((row, column), (error.Row, error.Dataset));
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
        return error;
    }

    private static EventFormatException Refusal(TemporaryFolder folder, EventLayout layout)
    {
        string path = folder["a.parquet"];
        EventFormatException error = Assert.Throws<EventFormatException>(() =>
        {
            using EventSource source = new ParquetFormat().Open(path, layout);
            source.Read(0, source.Count);
        });
        Assert.Equal(path, error.Path);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);

        // A refused file is closed.
        using FileStream alone = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True(alone.Length > 0);
        return error;
    }

    private static void Write(TemporaryFolder folder, params IWrittenColumn[] columns) =>
        ParquetFiles.Write(folder["a.parquet"], 10, null, null, columns);

    private static void WriteHits(
        TemporaryFolder folder, int?[]? events = null, int[]? rows = null, int[]? columns = null, double?[]? energies = null, int[]? labels = null, float[]? times = null) =>
        Write(
            folder,
            ParquetFiles.Column("event", events ?? [0, 0, 0, 0]),
            ParquetFiles.Column("row", rows ?? [0, 0, 1, 1]),
            ParquetFiles.Column("column", columns ?? [0, 1, 0, 1]),
            ParquetFiles.Column("energy", energies ?? [1, 2, 3, 4]),
            ParquetFiles.Column("time", times ?? [1, 2, 3, 4]),
            ParquetFiles.Column("label", labels ?? [1, 1, 1, 1]));
}
