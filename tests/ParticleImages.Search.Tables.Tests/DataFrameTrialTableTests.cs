using FsCheck.Xunit;
using Microsoft.Data.Analysis;

namespace ParticleImages.Search.Tables.Tests;

public sealed class DataFrameTrialTableTests
{
    [Property(MaxTest = 100)]
    public void Every_cell_is_there_and_missing_ones_are_null(int seed)
    {
        TrialTable table = Examples.Random(seed);
        DataFrame frame = table.ToDataFrame();

        Assert.Equal(table.Columns.Select(column => column.Name), frame.Columns.Select(column => column.Name));
        for (int i = 0; i < table.Columns.Count; i++)
        {
            DataFrameColumn column = frame.Columns[i];
            Assert.Equal(
                Examples.Cells(table.Columns[i]),
                Enumerable.Range(0, table.Count).Select(row => Examples.Bits(column[row] is DateTime time ? new DateTimeOffset(time, TimeSpan.Zero) : column[row])));
        }
    }

    [Fact]
    public void Columns_have_types_with_which_it_computes()
    {
        DataFrame frame = Examples.OfTrials().ToDataFrame();

        Assert.Equal(typeof(double), frame["val_loss"].DataType);
        Assert.Equal(96L, frame["filters"].Sum());
        Assert.Equal(1, frame["rate"].NullCount);
    }
}
