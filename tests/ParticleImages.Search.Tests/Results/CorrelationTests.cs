using System.Globalization;

namespace ParticleImages.Search.Tests.Results;

public sealed class CorrelationTests
{
    [Fact]
    public void Values_worked_out_by_hand()
    {
        // Deviations −2 −1 0 1 2 and −2 0 −1 2 1: products 8, squares 10 and 10.
        ParameterCorrelation known = Assert.Single(Table([1, 2, 3, 4, 5], [1, 3, 2, 5, 4]).Correlations());

        Assert.Equal(5, known.Count);
        Assert.Equal(0.8, known.Pearson!.Value, 1e-15);
        Assert.Equal(0.8, known.Spearman!.Value, 1e-15);

        // t = 0.8·√3 / 0.6 with 3 degrees of freedom.
        Assert.Equal(0.10408803866182, known.PearsonPValue!.Value, 1e-12);
    }

    [Fact]
    public void Equal_values_share_the_mean_of_their_ranks()
    {
        // Ranks 1 2.5 2.5 4 and 1 2 3.5 3.5: products of deviations 3.75, squares 4.5 and 4.5.
        ParameterCorrelation known = Assert.Single(Table([1, 2, 2, 9], [-5, 0, 7, 7]).Correlations());

        Assert.Equal(3.75 / 4.5, known.Spearman!.Value, 1e-15);
    }

    [Fact]
    public void What_does_not_vary_has_no_correlation()
    {
        ParameterCorrelation constant = Assert.Single(Table([0.1, 0.1, 0.1], [1, 2, 3]).Correlations());
        ParameterCorrelation single = Assert.Single(Table([1], [1]).Correlations());

        Assert.Equal(new ParameterCorrelation("p", "val_loss", 3, null, null, null, null), constant);
        Assert.Equal(new ParameterCorrelation("p", "val_loss", 1, null, null, null, null), single);
    }

    [Fact]
    public void A_straight_line_correlates_perfectly_whatever_its_scale()
    {
        ParameterCorrelation line = Assert.Single(Table([1e-300, 2e-300, 3e-300, 4e-300], [4e300, 3e300, 2e300, 1e300]).Correlations());

        Assert.Equal(-1, line.Pearson!.Value, 1e-15);
        Assert.Equal(-1, line.Spearman!.Value, 1e-15);
        Assert.Equal(0, line.SpearmanPValue!.Value, 1e-12);
    }

    [Fact]
    public void Missing_cells_and_those_that_are_no_finite_numbers_leave_their_row_out()
    {
        ParameterCorrelation known = Assert.Single(Table([1, 2, null, 3, 4, 5], [3, null, 1, double.NaN, 2, double.PositiveInfinity]).Correlations());

        Assert.Equal(2, known.Count);
        Assert.Equal(-1, known.Pearson!.Value, 1e-15);
        Assert.Null(known.PearsonPValue);
    }

    [Fact]
    public void Rows_alike_in_all_parameters_are_one_with_the_mean_of_its_values()
    {
        // Pairs (1, 1), (2, 3), (3, 2), and the last row by its name: products of deviations 1, squares 2 and 2.75.
        TrialTable table = TrialTable.Of(
            TrialColumn.Reals("val_loss", TrialColumnRole.Metric, [1, 2, 4, 2, double.NaN, 3, 3]),
            TrialColumn.Reals("p", TrialColumnRole.Parameter, [1, 2, 2, 3, 2, 2, 2]),
            TrialColumn.Texts("name", TrialColumnRole.Parameter, ["a", "a", "a", null, "a", "a", "b"]));

        ParameterCorrelation known = Assert.Single(table.Correlations());
        Assert.Equal(4, known.Count);
        Assert.Equal(1 / Math.Sqrt(5.5), known.Pearson!.Value, 1e-12);
    }

    /// <summary>Counted one by one, a third of the repeats of what has no connection looked as if it had one.</summary>
    [Fact]
    public void Repeats_of_noise_are_no_connection()
    {
        int strong = Enumerable.Range(0, 100).Count(seed =>
        {
            var random = new Random(seed);
            (double Place, double Noise)[] tried = [.. Enumerable.Range(0, 30).SelectMany(_ => Enumerable.Repeat((random.NextDouble(), random.NextDouble()), 5))];
            return Assert.Single(Table([.. tried.Select(one => (double?)one.Place)], [.. tried.Select(one => (double?)(one.Noise + (0.1 * random.NextDouble())))]).Only("val_loss", "p").Correlations()).PearsonPValue < 0.05;
        });

        Assert.InRange(strong, 1, 11);
    }

    [Fact]
    public void Of_a_scans_table_finished_trials_count_and_texts_do_not()
    {
        IReadOnlyList<ParameterCorrelation> correlations = TrialTable.Of([
            Tables.Trial(0, 1, ("n", 1), ("flag", false), ("name", "a")),
            Tables.Trial(1, 2, ("n", 2), ("flag", true), ("name", "b")),
            Tables.Trial(2, 9, ("n", 3), ("flag", true), ("name", "b")) with { State = TrialState.Pruned }]).Correlations();

        Assert.Equal([("n", "loss"), ("n", "val_loss"), ("flag", "loss"), ("flag", "val_loss")], correlations.Select(known => (known.Parameter, known.Metric)));
        Assert.All(correlations, known => Assert.Equal((2, 1.0), (known.Count, Math.Round(known.Pearson!.Value, 12))));
    }

    [Fact]
    public void A_metric_that_no_trial_has_is_left_out()
    {
        TrialTable table = TrialTable.Of(
            TrialColumn.Texts("val_loss", TrialColumnRole.Metric, [null, null, null]),
            TrialColumn.Reals("loss", TrialColumnRole.Metric, [0.5, 0.4, 0.2]),
            TrialColumn.Reals("p", TrialColumnRole.Parameter, [1, 2, 3]));

        Assert.Equal(["loss"], table.Correlations().Select(known => known.Metric));
    }

    [Fact]
    public void numpy_finds_the_same()
    {
        if (!PythonNumpy.IsPresent)
        {
            return;
        }

        var random = new Random(7);
        double[] one = [.. Enumerable.Range(0, 200).Select(_ => Math.Floor(random.NextDouble() * 20))];
        double[] two = [.. one.Select(value => Math.Exp(value / 5) + (random.NextDouble() * 30))];
        ParameterCorrelation ours = Assert.Single(Table([.. one.Select(value => (double?)value)], [.. two.Select(value => (double?)value)]).Correlations());
        string[] theirs = PythonNumpy.Run(
            """
            import sys, numpy as np
            x, y = (np.array([float(v) for v in a.split(',')]) for a in sys.argv[1:3])
            def ranks(v):
                return np.array([(v < u).sum() + ((v == u).sum() + 1) / 2 for u in v])
            print(repr(float(np.corrcoef(x, y)[0, 1])), repr(float(np.corrcoef(ranks(x), ranks(y))[0, 1])))
            """,
            string.Join(',', one.Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
            string.Join(',', two.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))).Split(' ');

        Assert.Equal(double.Parse(theirs[0], CultureInfo.InvariantCulture), ours.Pearson!.Value, 1e-12);
        Assert.Equal(double.Parse(theirs[1], CultureInfo.InvariantCulture), ours.Spearman!.Value, 1e-12);
    }

    // By their texts all rows are configurations of their own.
    private static TrialTable Table(double?[] parameter, double?[] metric) => TrialTable.Of(
        TrialColumn.Reals("val_loss", TrialColumnRole.Metric, metric),
        TrialColumn.Reals("p", TrialColumnRole.Parameter, parameter),
        TrialColumn.Texts("row", TrialColumnRole.Parameter, parameter.Select((_, row) => $"{row}")));
}
