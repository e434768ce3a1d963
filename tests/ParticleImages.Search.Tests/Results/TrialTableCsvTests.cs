using FsCheck.Xunit;

namespace ParticleImages.Search.Tests.Results;

public sealed class TrialTableCsvTests
{
    private static readonly string[] Nasty =
    [
        "", " ", "a,b", "a;b", "\"", "\"\"", "a\"b", "\n", "\r", "\r\n", "a\nb", " a", "a ", "\t", "1", "-1", "007", "18446744073709551615", "-", "1.0", "1e5", ".5", "+1", "-0", "0x10", "1 000", "NaN", "nan", "Infinity", "-Infinity", "inf", "-inf",
        "true", "False", "TRUE", "null", "NA", "2026-11-28T09:30:00Z", "2026-11-28", "ä", "試行", "🎯", "'", "\\", "=1+1", "\u00a0", "\ufeff", "\u2028", "\0",
    ];

    [Property(MaxTest = 300, Arbitrary = [typeof(Seeds)])]
    public void A_table_comes_back_from_CSV_as_it_was(int seed)
    {
        TrialTable table = RandomTable(new Random(seed));
        using var folder = new TemporaryFolder();
        table.SaveCsv(folder["table.csv"]);

        Tables.AssertEqual(table, TrialTable.ReadCsv(folder["table.csv"]));
    }

    [Fact]
    public void Every_nasty_text_comes_back_in_every_column_and_as_a_name()
    {
        string[] names = [.. Nasty.Where(text => text.Length > 0).Distinct()];
        TrialTable table = TrialTable.Of([.. names.Select(name => TrialColumn.Texts(name, TrialColumnRole.Parameter, Nasty.Append(null)))]);
        using var folder = new TemporaryFolder();
        table.SaveCsv(folder["table.csv"]);

        Tables.AssertEqual(table, TrialTable.ReadCsv(folder["table.csv"]));
    }

    [Fact]
    public void The_table_of_a_scan_comes_back_with_the_roles_of_its_columns()
    {
        TrialRecord trial = Tables.Trial(0, 0.5, ("filters", 32), ("activation", "relu"), ("loss_name", "mse"), ("flag", true)) with
        {
            Metrics = TrialMetrics.None.And("odd", 1.5, 0.1).And("val_loss", 2),
            Notes = TrialNotes.None.With("device", "cpu").With("version", "1.0"),
        };
        TrialTable table = TrialTable.Of([trial, trial with { Number = 1, Message = "a, \"b\"\nc" }]);
        using var folder = new TemporaryFolder();
        table.SaveCsv(folder["new/table.csv"]);

        Tables.AssertEqual(table, TrialTable.ReadCsv(folder["new/table.csv"]));
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture()
    {
        TrialTable table = TrialTable.Of(
            TrialColumn.Reals("x", TrialColumnRole.Metric, [-1.5, double.NaN, double.PositiveInfinity, 1e20, 3]),
            TrialColumn.Integers("n", TrialColumnRole.Parameter, [-1, 1_000_000, null, 0, 1]),
            TrialColumn.Times("start", TrialColumnRole.Clock, [Tables.Begin, null, null, null, null]));
        const string expected = "x,n,start\n-1.5,-1,2026-11-28T09:30:00.25Z\nNaN,1000000,\nInfinity,,\n1E+20,0,\n3.0,1,\n";
        using var folder = new TemporaryFolder();
        Tables.InAnotherCulture(() =>
        {
            table.SaveCsv(folder["table.csv"]);
            Assert.Equal(expected, File.ReadAllText(folder["table.csv"]));
            Assert.Equal(table.Numbers("x"), TrialTable.ReadCsv(folder["table.csv"]).Numbers("x"));
            Assert.Equal(Tables.Begin, TrialTable.ReadCsv(folder["table.csv"])[0]["start"]);
        });
    }

    [Theory]
    [InlineData("", "is empty. A table begins with a line of names.")]
    [InlineData("a,b\n1\n", ", line 2: 1 cells, but line 1 has 2 names. Fill in what is missing, or leave the line out.")]
    [InlineData("a,b\n1,2\n\n1,2,3\n", ", line 4: 3 cells, but line 1 has 2 names. A text with a comma in it, such as a list, stands in quotes.")]
    [InlineData("a,b\n\"1\n2\",2\n\"3,4\n", ", line 4: a quote begins and does not end. Put one where the text ends; a quote inside a text is written twice.")]
    [InlineData("a,b\n\"1\"2,2\n", ", line 2: '2' follows a closing quote. A quote inside a text is written twice.")]
    [InlineData("a,,c\n1,2,3\n", ", line 1: column 2 of 3 has no name. Give it one.")]
    [InlineData("a;b\n1;2\n", ", line 1: 'a;b' is one name, but seems to be several with other separators. Cells are separated by ','.")]
    [InlineData("a,b,a\n1,2,3\n", ", line 1: columns 1 and 3 have the same name, 'a'. Give one of them another.")]
    public void What_is_no_table_is_refused_with_its_line(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["table.csv"], text);

        Assert.EndsWith(problem, Assert.Throws<FormatException>(() => TrialTable.ReadCsv(folder["table.csv"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_digit_of_a_foreign_table_is_lost()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["table.csv"], "a,b,c,d\n18446744073709551615,9007199254740993,1,007\n1,0.5,2.5,8\n");
        TrialTable table = TrialTable.ReadCsv(folder["table.csv"]);

        Assert.Equal(["18446744073709551615", "1"], table.Texts("a"));
        Assert.Equal(["9007199254740993", "0.5"], table.Texts("b"));
        Assert.Equal([1, 2.5], table.Numbers("c"));
        Assert.Equal(["007", "8"], table.Texts("d"));
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["table.csv"]);

        Assert.Throws<IOException>(() => TrialTable.Of(TrialColumn.Texts("x", TrialColumnRole.Note, [])).SaveCsv(folder["table.csv"]));
        Assert.Equal([folder["table.csv"]], Directory.GetFileSystemEntries(folder.Path));
    }

    // Their names are no metric's, so that a reader takes them for parameters; the first cell is there, or the kind were lost.
    private static TrialTable RandomTable(Random random)
    {
        int rows = random.Next(1, 6);
        return TrialTable.Of([.. Enumerable.Range(0, random.Next(1, 6)).Select(place => RandomColumn(random, $"p{place}", rows))]);
    }

    private static TrialColumn RandomColumn(Random random, string name, int rows)
    {
        bool[] isThere = [.. Enumerable.Range(0, rows).Select(row => row == 0 || random.Next(4) > 0)];
        return random.Next(5) switch
        {
            0 => TrialColumn.Integers(name, TrialColumnRole.Parameter, isThere.Select(there => there ? random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) : (long?)null)),
            1 => TrialColumn.Reals(name, TrialColumnRole.Parameter, isThere.Select(there => there ? RandomReal(random) : (double?)null)),
            2 => TrialColumn.Booleans(name, TrialColumnRole.Parameter, isThere.Select(there => there ? random.Next(2) == 0 : (bool?)null)),
            3 => TrialColumn.Times(name, TrialColumnRole.Parameter, isThere.Select(there => there ? Tables.Begin.AddTicks(random.NextInt64(-(1L << 50), 1L << 50)) : (DateTimeOffset?)null)),
            _ => TrialColumn.Texts(name, TrialColumnRole.Parameter, isThere.Select(there => there ? Nasty[random.Next(Nasty.Length)] + (random.Next(2) == 0 ? Nasty[random.Next(Nasty.Length)] : "") : null)),
        };
    }

    // Any bits but those of a NaN with a message in it, of which no text knows.
    private static double RandomReal(Random random)
    {
        double real = random.Next(4) == 0 ? random.Next(-3, 4) : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return double.IsNaN(real) ? double.NaN : real;
    }
}
