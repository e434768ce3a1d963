using System.Globalization;

namespace ParticleImages.Search.Tests.Results;

/// <summary>Trials and tables for tests.</summary>
internal static class Tables
{
    public static readonly DateTimeOffset Begin = new(2026, 11, 28, 9, 30, 0, 250, TimeSpan.Zero);

    /// <summary>A finished trial of its own proposal.</summary>
    public static TrialRecord Trial(int number, double loss, params (string Name, object Value)[] configuration) => new()
    {
        Number = number,
        Proposal = number,
        Configuration = Configuration.Of(configuration),
        Seed = 100 + number,
        State = TrialState.Finished,
        Start = Begin.AddSeconds(number),
        End = Begin.AddSeconds(number + 1.5),
        LastStep = 20,
        Metrics = TrialMetrics.Of(("loss", loss - 0.1), ("val_loss", loss)),
        Values = [new MetricValue(loss)],
    };

    /// <summary>Runs something where numbers have commas and dates another order, as in much of Europe.</summary>
    public static void InAnotherCulture(Action action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.NumberFormat.NumberGroupSeparator = ".";
        other.NumberFormat.NegativeSign = "−";
        other.NumberFormat.NaNSymbol = "ohne";
        other.NumberFormat.PositiveInfinitySymbol = "unendlich";
        other.DateTimeFormat.DateSeparator = ".";
        other.DateTimeFormat.TimeSeparator = "-";
        try
        {
            CultureInfo.CurrentCulture = other;
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
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

    // Numbers by their bits, so that −0 is not 0.
    private static IEnumerable<object?> Cells(TrialColumn column) =>
        Enumerable.Range(0, column.Count).Select(row => column[row] is double real ? BitConverter.DoubleToInt64Bits(real) : column[row]);
}
