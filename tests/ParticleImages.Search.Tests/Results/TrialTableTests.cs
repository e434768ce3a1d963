namespace ParticleImages.Search.Tests.Results;

public sealed class TrialTableTests
{
    private static readonly Parameter<double> Rate = Parameter.OneOf("rate", 1.0, 2.0);
    private static readonly Parameter<string> Kind = Parameter.OneOf("kind", "conv", "dense");
    private static readonly Parameter<int> Kernel = Parameter.OneOf("kernel", 1, 3);

    [Fact]
    public void The_notebooks_columns_come_first_then_the_parameters_the_trial_and_its_notes()
    {
        TrialRecord first = Tables.Trial(0, 0.5, ("kind", "conv"), ("rate", 1.0), ("kernel", 3)) with { Notes = TrialNotes.None.With("device", "cpu") };
        TrialTable table = TrialTable.Of([first], [Kind, Rate, Kernel]);

        Assert.Equal(
            ["start", "end", "duration", "round_epochs", "loss", "val_loss", "state", "kind", "rate", "kernel", "trial", "repeat", "seed", "message", "device"],
            table.Columns.Select(column => column.Name));
        Assert.Equal([Tables.Begin, Tables.Begin.AddSeconds(1.5), 1.5, 20L, 0.4, 0.5, "finished", "conv", 1.0, 3L, 0L, 0L, 100L, null, "cpu"], table.Columns.Select(column => column[0]));
        Assert.Equal(TrialColumnRole.Note, table.Column("device").Role);
    }

    [Fact]
    public void What_a_trial_does_not_have_is_missing()
    {
        TrialTable table = TrialTable.Of([
            Tables.Trial(0, 0.5, ("kind", "conv"), ("kernel", 3)),
            new TrialRecord { Number = 1, Proposal = 1, Configuration = Configuration.Of(("kind", "dense")), Seed = 1, State = TrialState.Failed, Message = "broken" },
        ]);

        Assert.Equal([3.0, null], table.Numbers("kernel"));
        Assert.Equal([0.5, null], table.Numbers("val_loss"));
        Assert.Null(table[1]["start"]);
        Assert.Null(table[1].Number("duration"));
        Assert.Equal([null, "broken"], table.Texts("message"));
    }

    [Fact]
    public void A_metric_has_its_error_behind_it_where_any_is_known()
    {
        TrialRecord without = Tables.Trial(0, 0.5);
        TrialTable table = TrialTable.Of([without with { Metrics = TrialMetrics.None.And("auc", 0.9) }, without with { Number = 1, Metrics = TrialMetrics.None.And("auc", 0.8, 0.01).And("loss", 1) }]);

        Assert.Equal(["auc", "auc_error", "loss"], table.Columns.Skip(4).Take(3).Select(column => column.Name));
        Assert.Equal([null, 0.01], table.Numbers("auc_error"));
        Assert.Equal(TrialColumnRole.Error, table.Column("auc_error").Role);
    }

    [Fact]
    public void A_name_that_is_taken_says_what_its_column_is()
    {
        TrialRecord trial = Tables.Trial(0, 0.5, ("seed", 1), ("loss", "mse")) with { Metrics = TrialMetrics.Of(("loss", 1), ("state", 2)), Notes = TrialNotes.None.With("loss", "x") };

        Assert.Equal(
            ["loss", "metric:state", "state", "parameter:seed", "parameter:loss", "trial", "repeat", "seed", "message", "note:loss"],
            TrialTable.Of([trial]).Columns.Skip(4).Select(column => column.Name));
    }

    [Fact]
    public void A_parameter_of_doubles_is_a_column_of_doubles_whatever_its_values()
    {
        TrialRecord trial = Tables.Trial(0, 0.5, ("rate", 1.0));

        Assert.Equal(TrialColumnKind.Real, TrialTable.Of([trial], [Rate]).Column("rate").Kind);
        Assert.Equal(TrialColumnKind.Integer, TrialTable.Of([trial]).Column("rate").Kind);
    }

    [Fact]
    public void Values_of_several_kinds_are_texts_and_no_digit_is_lost()
    {
        const long big = (1L << 53) + 1;
        TrialTable table = TrialTable.Of([Tables.Trial(0, 1, ("a", true), ("b", big), ("c", 1)), Tables.Trial(1, 1, ("a", "x"), ("b", 0.5), ("c", 0.5))]);

        Assert.Equal(["true", "x"], table.Texts("a"));
        Assert.Equal(["9007199254740993", "0.5"], table.Texts("b"));
        Assert.Equal([1.0, 0.5], table.Numbers("c"));
    }

    [Fact]
    public void Sorting_leaves_equal_rows_in_order_and_puts_NaN_and_missing_cells_last_either_way()
    {
        TrialTable table = TrialTable.Of(
            TrialColumn.Reals("x", TrialColumnRole.Metric, [null, 2, double.NaN, 1, double.PositiveInfinity, 1, null, double.NegativeInfinity]),
            TrialColumn.Integers("row", TrialColumnRole.Trial, [0, 1, 2, 3, 4, 5, 6, 7]));

        Assert.Equal([7.0, 3, 5, 1, 4, 2, 0, 6], table.OrderBy("x").Numbers("row"));
        Assert.Equal([4.0, 1, 3, 5, 7, 2, 0, 6], table.OrderBy("x", descending: true).Numbers("row"));
        Assert.Equal([0.0, 1, 2, 3, 4, 5, 6, 7], table.Numbers("row"));
    }

    [Fact]
    public void Texts_truth_values_and_times_are_sorted_too()
    {
        TrialTable table = TrialTable.Of(
            TrialColumn.Texts("text", TrialColumnRole.Parameter, ["b", "B", "a"]),
            TrialColumn.Booleans("truth", TrialColumnRole.Parameter, [true, null, false]),
            TrialColumn.Times("time", TrialColumnRole.Clock, [Tables.Begin.ToOffset(TimeSpan.FromHours(9)), Tables.Begin.AddSeconds(-1), null]));

        Assert.Equal(["B", "a", "b"], table.OrderBy("text").Texts("text"));
        Assert.Equal(["a", "b", "B"], table.OrderBy("truth").Texts("text"));
        Assert.Equal(["B", "b", "a"], table.OrderBy("time").Texts("text"));
    }

    [Fact]
    public void Rows_are_filtered_and_cut_and_columns_chosen()
    {
        TrialTable table = TrialTable.Of(Enumerable.Range(0, 5).Select(number => Tables.Trial(number, 1.0 / (number + 1), ("kernel", number))));

        Assert.Equal([4.0, 3], table.OrderBy("val_loss").Take(2).Numbers("trial"));
        Assert.Equal([3.0, 4], table.Where(row => row.Number("val_loss") < 0.3).Numbers("kernel"));
        Assert.Equal(["kernel", "loss"], table.Only("kernel", "loss").Columns.Select(column => column.Name));
        Assert.DoesNotContain(table.WithoutClock().Columns, column => column.Name is "start" or "end" or "duration");
        Assert.Equal(5, table.Take(100).Count);
        Assert.Empty(table.Take(0));
    }

    [Fact]
    public void An_unknown_column_is_told_with_the_nearest_names()
    {
        KeyNotFoundException problem = Assert.Throws<KeyNotFoundException>(() => TrialTable.Of([Tables.Trial(0, 0.5)]).OrderBy("val_los"));

        Assert.Equal("No column 'val_los' among the 11 of this table. The nearest are 'val_loss', 'loss', 'trial'.", problem.Message);
    }

    [Fact]
    public void Cells_of_another_kind_are_refused()
    {
        TrialTable table = TrialTable.Of([Tables.Trial(0, 0.5)]);

        Assert.Equal("Column 'state' holds no numbers, but texts. Ask for these, or for texts.", Assert.Throws<InvalidOperationException>(() => table.Numbers("state")).Message);
        Assert.Throws<InvalidOperationException>(() => table[0].Number("state"));
        Assert.Throws<ArgumentOutOfRangeException>(() => table[1]);
    }

    [Fact]
    public void Columns_that_do_not_fit_together_are_no_table()
    {
        TrialColumn one = TrialColumn.Integers("x", TrialColumnRole.Metric, [1]);

        Assert.Throws<ArgumentException>(() => TrialTable.Of());
        Assert.StartsWith("Two columns have the name 'x'.", Assert.Throws<ArgumentException>(() => TrialTable.Of(one, one)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Column 'y' has 0 cells, but column 'x' has 1.", Assert.Throws<ArgumentException>(() => TrialTable.Of(one, TrialColumn.Texts("y", TrialColumnRole.Note, []))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_people_numbers_stand_right_and_empty_columns_are_left_out()
    {
        TrialTable table = TrialTable.Of(
            TrialColumn.Texts("kind", TrialColumnRole.Parameter, ["a\nb", new string('x', 40), null]),
            TrialColumn.Texts("message", TrialColumnRole.Trial, [null, null, null]),
            TrialColumn.Reals("val_loss", TrialColumnRole.Metric, [0.123456789, 12, null]),
            TrialColumn.Times("start", TrialColumnRole.Clock, [Tables.Begin, null, null]));

        Assert.Equal(
            [
                "kind                              val_loss                start",
                "a b                               0.123457  2026-11-28 09:30:00",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…        12                    -",
                "… 1 more rows",
            ],
            table.ToText(2).Split('\n'));
    }

    [Fact]
    public void A_table_without_rows_still_has_its_names() =>
        Assert.Equal("start  end  duration  round_epochs  state  trial  repeat  seed  message", TrialTable.Of(Enumerable.Empty<TrialRecord>()).ToText());
}
