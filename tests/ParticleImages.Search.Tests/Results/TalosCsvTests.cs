namespace ParticleImages.Search.Tests.Results;

public sealed class TalosCsvTests
{
    // As Talos 1 writes it: numpy.savetxt of strings, without quotes.
    private const string Notebook = """
        start,end,duration,round_epochs,loss,accuracy,val_loss,val_accuracy,activation,filters_1,optimizer
        11/28/26-093000,11/28/26-093112,72.25,20,0.6931,0.5,0.7012,0.45,relu,32,<class 'keras.optimizers.Adam'>
        11/28/26-093112,11/28/26-093300,108.0,20,nan,0.5,0.68,0.5666666626930237,elu,96,<function elu at 0x7fd450a3df28>

        """;

    [Fact]
    public void A_log_of_Talos_1_is_a_table_in_the_notebooks_columns()
    {
        TrialTable table = Read(Notebook);

        Assert.Equal(
            [
                (TrialColumnRole.Clock, TrialColumnKind.Time), (TrialColumnRole.Clock, TrialColumnKind.Time), (TrialColumnRole.Clock, TrialColumnKind.Real), (TrialColumnRole.Trial, TrialColumnKind.Integer),
                (TrialColumnRole.Metric, TrialColumnKind.Real), (TrialColumnRole.Metric, TrialColumnKind.Real), (TrialColumnRole.Metric, TrialColumnKind.Real), (TrialColumnRole.Metric, TrialColumnKind.Real),
                (TrialColumnRole.Parameter, TrialColumnKind.Text), (TrialColumnRole.Parameter, TrialColumnKind.Integer), (TrialColumnRole.Parameter, TrialColumnKind.Text),
            ],
            table.Columns.Select(column => (column.Role, column.Kind)));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 9, 31, 12, TimeSpan.Zero), table[0]["end"]);
        Assert.Equal([0.68, 0.7012], table.OrderBy("val_loss").Numbers("val_loss"));
        Assert.Equal([0.6931, double.NaN], table.Numbers("loss"));
        Assert.Equal("<class 'keras.optimizers.Adam'>", table[0].Text("optimizer"));
    }

    [Fact]
    public void An_older_log_has_other_metrics_and_no_times()
    {
        TrialTable table = Read("round_epochs,val_loss,val_acc,val_fmeasure_acc,loss,acc,fmeasure_acc,lr,first_neuron\n100,0.067,0.97,0.96,0.047,0.99,0.99,0.5,9\n");

        Assert.Equal(["val_loss", "val_acc", "val_fmeasure_acc", "loss", "acc", "fmeasure_acc"], table.Columns.Where(column => column.Role == TrialColumnRole.Metric).Select(column => column.Name));
        Assert.Equal(["lr", "first_neuron"], table.Columns.Where(column => column.Role == TrialColumnRole.Parameter).Select(column => column.Name));
    }

    [Fact]
    public void Metrics_can_be_named()
    {
        TrialTable table = Read("round_epochs,loss,lr,filters\n5,0.5,0.1,32\n", "loss", "lr");

        Assert.Equal(["filters"], table.Columns.Where(column => column.Role == TrialColumnRole.Parameter).Select(column => column.Name));
    }

    [Theory]
    [InlineData("\ufeffround_epochs,val_loss,units\n5,0.5,32\n")]
    [InlineData("round_epochs;val_loss;units\r\n5;0.5;32\r\n")]
    [InlineData("round_epochs\tval_loss\tunits\n5\t0.5\t32")]
    [InlineData("\"round_epochs\",\"val_loss\",\"units\"\n\"5\",\"0.5\",\"32\"\n\n\n")]
    public void What_a_spreadsheet_made_of_it_is_read_alike(string text)
    {
        TrialTable table = Read(text);

        Assert.Equal(["round_epochs", "val_loss", "units"], table.Columns.Select(column => column.Name));
        Assert.Equal([5L, 0.5, 32L], table.Columns.Select(column => column[0]));
    }

    [Fact]
    public void The_index_of_pandas_is_the_trials_number() =>
        Assert.Equal([0.0, 1], Read(",round_epochs,val_loss\n0,5,0.5\n1,5,0.25\n").Numbers("trial"));

    [Theory]
    [InlineData("", "is empty. A table begins with a line of names.")]
    [InlineData("\n\n", "is empty. A table begins with a line of names.")]
    [InlineData("a,b\n1,2\n", ", line 1: no column 'round_epochs', which every log of Talos has. It has 'a', 'b'.")]
    [InlineData("round_epochs,val_loss,units\n5,0.5,32\n5,0.5\n", ", line 3: 2 cells, but line 1 has 3 names. Fill in what is missing, or leave the line out.")]
    [InlineData("round_epochs,val_loss,shape\n5,0.5,(3, 3)\n", ", line 2: 4 cells, but line 1 has 3 names. A text with a comma in it, such as a list, stands in quotes.")]
    [InlineData("round_epochs;val_loss\n5;0,5\n", ", line 2: val_loss is '0,5', which is no number. Numbers have a point and no blanks, such as 0.25.")]
    [InlineData("round_epochs,loss,lr,lr\n5,1,2,3\n", ", line 1: columns 3 and 4 have the same name, 'lr'. Give one of them another.")]
    [InlineData("round_epochs,loss,\n5,1,2\n", ", line 1: column 3 of 3 has no name. Give it one.")]
    public void What_is_no_log_is_refused_with_its_line(string text, string problem) =>
        Assert.EndsWith(problem, Assert.Throws<FormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_metric_that_is_not_there_is_told_with_the_nearest_names() =>
        Assert.Contains("has no column 'val_los'. The nearest are 'val_loss', ", Assert.Throws<ArgumentException>(() => Read(Notebook, "val_los")).Message, StringComparison.Ordinal);

    [Fact]
    public void It_is_read_alike_in_every_culture() => Tables.InAnotherCulture(() => Assert.Equal([72.25, 108], Read(Notebook).Numbers("duration")));

    private static TrialTable Read(string text, params string[] metrics)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["log.csv"], text);
        return TalosCsv.Read(folder["log.csv"], metrics);
    }
}
