using FsCheck.Xunit;
using ParquetSharp;

namespace ParticleImages.Search.Tables.Tests;

public sealed class ParquetTrialTableTests
{
    [Property(MaxTest = 100)]
    public void A_table_comes_back_as_it_was(int seed)
    {
        TrialTable table = Examples.Random(seed);
        using var folder = new TemporaryFolder();
        table.SaveParquet(folder["table.parquet"]);

        Examples.AssertEqual(table, ParquetTrialTable.ReadParquet(folder["table.parquet"]));
    }

    [Property(MaxTest = 100)]
    public void Another_reader_finds_the_same_types_cells_and_nulls(int seed)
    {
        TrialTable table = Examples.Random(seed);
        using var folder = new TemporaryFolder();
        table.SaveParquet(folder["table.parquet"]);
        using var file = new ParquetFileReader(folder["table.parquet"]);
        using RowGroupReader group = file.RowGroup(0);

        Assert.Equal(table.Count, group.MetaData.NumRows);
        for (int i = 0; i < table.Columns.Count; i++)
        {
            Assert.Equal(table.Columns[i].Name, file.FileMetaData.Schema.Column(i).Name);
            Assert.Equal(Examples.Cells(table.Columns[i]), Read(group, i, table.Columns[i].Kind, table.Count));
        }
    }

    [Fact]
    public void The_table_of_a_scan_comes_back_with_the_roles_of_its_columns()
    {
        using var folder = new TemporaryFolder();
        Examples.OfTrials().SaveParquet(folder["new/table.parquet"]);

        Examples.AssertEqual(Examples.OfTrials(), ParquetTrialTable.ReadParquet(folder["new/table.parquet"]));
        Assert.Equal([folder["new/table.parquet"]], Directory.GetFileSystemEntries(folder["new"]));
    }

    [Fact]
    public void Names_may_have_any_characters()
    {
        string[] names = ["a.b", "a/b", "a b", "parameter:seed", "ä", "list"];
        TrialTable table = TrialTable.Of([.. names.Select(name => TrialColumn.Integers(name, TrialColumnRole.Parameter, [1, null]))]);
        using var folder = new TemporaryFolder();
        table.SaveParquet(folder["table.parquet"]);

        Examples.AssertEqual(table, ParquetTrialTable.ReadParquet(folder["table.parquet"]));
    }

    [Fact]
    public void A_table_that_another_program_wrote_is_read_in_all_its_row_groups()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new ParquetFileWriter(folder["table.parquet"], [new Column<int>("filters"), new Column<float?>("val_loss"), new Column<string>("name")]))
        {
            foreach (int first in new[] { 1, 3 })
            {
                using RowGroupWriter group = writer.AppendRowGroup();
                using (LogicalColumnWriter<int> filters = group.NextColumn().LogicalWriter<int>())
                {
                    filters.WriteBatch([first, first + 1]);
                }

                using (LogicalColumnWriter<float?> losses = group.NextColumn().LogicalWriter<float?>())
                {
                    losses.WriteBatch([0.5f, null]);
                }

                using LogicalColumnWriter<string> names = group.NextColumn().LogicalWriter<string>();
                names.WriteBatch(["a", null!]);
            }

            writer.Close();
        }

        TrialTable table = ParquetTrialTable.ReadParquet(folder["table.parquet"]);
        Assert.Equal([1.0, 2, 3, 4], table.Numbers("filters"));
        Assert.Equal([0.5, null, 0.5, null], table.Numbers("val_loss"));
        Assert.Equal(["a", null, "a", null], table.Texts("name"));
        Assert.Equal(TrialColumnRole.Metric, table.Column("val_loss").Role);
    }

    [Fact]
    public void What_is_no_table_is_refused_with_its_path()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.parquet"], "start,end\n1,2\n");
        File.WriteAllText(folder["empty.parquet"], "");
        Examples.OfTrials().SaveParquet(folder["whole.parquet"]);
        File.WriteAllBytes(folder["cut.parquet"], File.ReadAllBytes(folder["whole.parquet"])[..^9]);
        using (var writer = new ParquetFileWriter(folder["bytes.parquet"], [new Column<byte[]>("x")]))
        {
            writer.Close();
        }

        Assert.All(
            ["text.parquet", "empty.parquet", "cut.parquet", "bytes.parquet"],
            name => Assert.StartsWith(folder[name], Assert.Throws<FormatException>(() => ParquetTrialTable.ReadParquet(folder[name])).Message, StringComparison.Ordinal));
        Assert.Throws<FileNotFoundException>(() => ParquetTrialTable.ReadParquet(folder["none.parquet"]));
    }

    [Fact]
    public void A_moment_that_nanoseconds_do_not_reach_leaves_no_file()
    {
        TrialTable table = TrialTable.Of(TrialColumn.Times("start", TrialColumnRole.Clock, [DateTimeOffset.MinValue]));
        using var folder = new TemporaryFolder();

        Assert.Contains("Column 'start' has the moment 0001-01-01 00:00:00Z.", Assert.Throws<ArgumentException>(() => table.SaveParquet(folder["table.parquet"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table.ToArrow());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static IEnumerable<object?> Read(RowGroupReader group, int column, TrialColumnKind kind, int rows)
    {
        using ColumnReader reader = group.Column(column);
        using LogicalType type = reader.ColumnDescriptor.LogicalType;
        Assert.Equal(kind == TrialColumnKind.Time, type is TimestampLogicalType { IsAdjustedToUtc: true });
        return kind switch
        {
            TrialColumnKind.Integer => Cells<long?>(reader, rows).Select(cell => (object?)cell),
            TrialColumnKind.Real => Cells<double?>(reader, rows).Select(cell => Examples.Bits(cell)),
            TrialColumnKind.Boolean => Cells<bool?>(reader, rows).Select(cell => (object?)cell),
            TrialColumnKind.Time => Cells<DateTimeNanos?>(reader, rows).Select(cell => cell is { } time ? new DateTimeOffset(time.DateTime.Ticks, TimeSpan.Zero) : (object?)null),
            _ => Cells<string?>(reader, rows),
        };
    }

    private static T[] Cells<T>(ColumnReader column, int rows)
    {
        using LogicalColumnReader<T> reader = column.LogicalReader<T>();
        return reader.ReadAll(rows);
    }
}
