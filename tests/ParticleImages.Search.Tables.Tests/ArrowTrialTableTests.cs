using Apache.Arrow;
using FsCheck.Xunit;

namespace ParticleImages.Search.Tables.Tests;

public sealed class ArrowTrialTableTests
{
    [Property(MaxTest = 100)]
    public void Every_cell_is_there_and_missing_ones_are_null(int seed)
    {
        TrialTable table = Examples.Random(seed);
        using RecordBatch batch = table.ToArrow();

        Assert.Equal(table.Count, batch.Length);
        for (int i = 0; i < table.Columns.Count; i++)
        {
            Assert.Equal(table.Columns[i].Name, batch.Schema.GetFieldByIndex(i).Name);
            Assert.Equal(Examples.Cells(table.Columns[i]), Enumerable.Range(0, table.Count).Select(row => Examples.Bits(Cell(batch.Column(i), row))));
        }
    }

    [Fact]
    public void A_field_says_what_it_is_of_the_trial()
    {
        using RecordBatch batch = Examples.OfTrials().ToArrow();

        Assert.Equal("clock", batch.Schema.GetFieldByName("start").Metadata["role"]);
        Assert.Equal("error", batch.Schema.GetFieldByName("auc_error").Metadata["role"]);
        Assert.Equal("parameter", batch.Schema.GetFieldByName("filters").Metadata["role"]);
        Assert.Equal("timestamp", batch.Schema.GetFieldByName("start").DataType.Name);
    }

    [Fact]
    public void It_goes_through_a_stream_of_Arrow_and_back()
    {
        TrialTable table = Examples.OfTrials();
        using RecordBatch batch = table.ToArrow();
        using var stream = new MemoryStream();
        using (var writer = new Apache.Arrow.Ipc.ArrowStreamWriter(stream, batch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        stream.Position = 0;
        using var reader = new Apache.Arrow.Ipc.ArrowStreamReader(stream);
        using RecordBatch read = reader.ReadNextRecordBatch();
        for (int i = 0; i < table.Columns.Count; i++)
        {
            Assert.Equal(Examples.Cells(table.Columns[i]), Enumerable.Range(0, table.Count).Select(row => Examples.Bits(Cell(read.Column(i), row))));
        }
    }

    private static object? Cell(IArrowArray array, int row) => array switch
    {
        Int64Array integers => integers.GetValue(row),
        DoubleArray reals => reals.GetValue(row),
        BooleanArray truths => truths.GetValue(row),
        TimestampArray times => times.GetTimestamp(row),
        StringArray texts => texts.IsNull(row) ? null : texts.GetString(row),
        _ => throw new InvalidOperationException($"No column is a {array.GetType().Name}."),
    };
}
