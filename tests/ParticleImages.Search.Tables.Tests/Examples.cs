namespace ParticleImages.Search.Tables.Tests;

/// <summary>Tables with every kind of cell.</summary>
internal static class Examples
{
    private static readonly string[] Texts = ["", " ", "relu", "a,b", "\"", "\n", "007", "NaN", "ä", "試行", "🎯", "\0"];

    private static readonly double[] Reals =
    [
        0.0, -0.0, 1, 0.1, -1.5e-300, double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    /// <summary>A table with columns of all kinds, in some of which cells are missing. Names are no metric's, so that a reader takes the columns for parameters.</summary>
    public static TrialTable Random(int seed)
    {
        var random = new Random(seed);
        int rows = random.Next(0, 40);
        return TrialTable.Of([.. Enumerable.Range(0, random.Next(1, 8)).Select(place => Column(random, $"p{place}", rows))]);
    }

    /// <summary>The table of two trials, one of which failed.</summary>
    public static TrialTable OfTrials()
    {
        var finished = new TrialRecord
        {
            Number = 0,
            Proposal = 0,
            Configuration = Configuration.Of(("filters", 32), ("rate", 0.1), ("flag", true), ("activation", "relu")),
            Seed = 7,
            State = TrialState.Finished,
            Start = new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero).AddTicks(1),
            End = new DateTimeOffset(2026, 11, 28, 9, 31, 0, TimeSpan.Zero),
            LastStep = 20,
            Metrics = TrialMetrics.None.And("auc", 0.9, 0.01).And("val_loss", 0.1 + 0.2),
            Notes = TrialNotes.None.With("device", "cpu"),
        };
        var failed = new TrialRecord { Number = 1, Proposal = 1, Configuration = Configuration.Of(("filters", 64)), Seed = 8, State = TrialState.Failed, Message = "broken" };
        return TrialTable.Of([finished, failed]);
    }

    public static void AssertEqual(TrialTable expected, TrialTable actual)
    {
        Assert.Equal(expected.Columns.Select(column => (column.Name, column.Role, column.Kind)), actual.Columns.Select(column => (column.Name, column.Role, column.Kind)));
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Columns.Count; i++)
        {
            Assert.Equal(Cells(expected.Columns[i]), Cells(actual.Columns[i]));
        }
    }

    /// <summary>The cells, numbers by their bits, so that −0 is not 0.</summary>
    public static IEnumerable<object?> Cells(TrialColumn column) => Enumerable.Range(0, column.Count).Select(row => Bits(column[row]));

    public static object? Bits(object? cell) => cell is double real ? BitConverter.DoubleToInt64Bits(real) : cell;

    private static TrialColumn Column(Random random, string name, int rows)
    {
        bool[] isThere = [.. Enumerable.Range(0, rows).Select(_ => random.Next(4) > 0)];
        var begin = new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero);
        return random.Next(5) switch
        {
            0 => TrialColumn.Integers(name, TrialColumnRole.Parameter, isThere.Select(there => there ? random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) : (long?)null)),
            1 => TrialColumn.Reals(name, TrialColumnRole.Parameter, isThere.Select(there => there ? Reals[random.Next(Reals.Length)] : (double?)null)),
            2 => TrialColumn.Booleans(name, TrialColumnRole.Parameter, isThere.Select(there => there ? random.Next(2) == 0 : (bool?)null)),
            3 => TrialColumn.Times(name, TrialColumnRole.Parameter, isThere.Select(there => there ? begin.AddTicks(random.NextInt64(-(1L << 50), 1L << 50)) : (DateTimeOffset?)null)),
            _ => TrialColumn.Texts(name, TrialColumnRole.Parameter, isThere.Select(there => there ? Texts[random.Next(Texts.Length)] : null)),
        };
    }
}
