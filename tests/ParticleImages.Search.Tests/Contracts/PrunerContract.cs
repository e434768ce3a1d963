namespace ParticleImages.Search.Tests;

/// <summary>What every pruner holds for. Inherit it and make the pruner, with limits that a loss of 1 to 2 passes and one of a million does not.</summary>
public abstract class PrunerContract
{
    private const int Steps = 27;
    private const int Others = 30;

    protected abstract IPruner Create();

    [Fact]
    public void Its_identity_is_the_same_for_equal_pruners()
    {
        Assert.False(string.IsNullOrWhiteSpace(Create().Identity));
        Assert.Equal(Create().Identity, Create().Identity);
    }

    [Fact]
    public void The_first_trial_is_compared_with_nobody()
    {
        TrialHistory history = Begun(ScriptedScan.Loss, 0);

        Assert.All(Verdicts(history, 0, step => 2 - (step / 100.0)), Assert.Null);
    }

    [Fact]
    public void The_best_at_every_step_goes_on_to_its_end()
    {
        TrialHistory history = Begun(ScriptedScan.Loss, Others);

        Assert.All(Verdicts(history, Others, step => 0.9 - (step / 1000.0)), Assert.Null);
    }

    [Fact]
    public void The_hopeless_one_is_ended_with_a_reason()
    {
        TrialHistory history = Begun(ScriptedScan.Loss, Others);

        Assert.Contains(Verdicts(history, Others, _ => 1e6), reason => !string.IsNullOrWhiteSpace(reason));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_ended(double loss)
    {
        TrialHistory history = Begun(ScriptedScan.Loss, Others);

        Assert.Contains(Verdicts(history, Others, _ => loss), reason => reason is not null);
    }

    [Fact]
    public void The_same_history_has_the_same_verdict()
    {
        TrialHistory history = Begun(ScriptedScan.Loss, Others);
        for (int step = 1; step <= Steps; step++)
        {
            Report(history, Others, step, Curve(7, step));

            Assert.Equal(Create().Judge(Others, step, history), Create().Judge(Others, step, history));
        }
    }

    /// <summary>Trials that report nothing, or seldom, or not from the first step on.</summary>
    [Fact]
    public void Gaps_are_no_reason_to_end_the_best()
    {
        TrialHistory history = Begun(ScriptedScan.Loss, Others, firstStep: 5, every: 4);

        Assert.All(Verdicts(history, Others, _ => 0.5), Assert.Null);
    }

    private static TrialHistory Begun(Objective objective, int others, int firstStep = 1, int every = 1)
    {
        var history = new TrialHistory(objective);
        for (int trial = 0; trial <= others; trial++)
        {
            bool isLast = trial == others;
            ScriptedScan.Tell(history, new Proposal(Configuration.Of(("trial", trial))), isLast ? TrialState.Running : TrialState.Finished, isLast ? [] : [Curve(trial, Steps)]);
            for (int step = firstStep; step <= Steps && !isLast; step += every)
            {
                Report(history, trial, step, Curve(trial, step));
            }
        }

        return history;
    }

    // From 2 down to between 1 and 1.5.
    private static double Curve(int trial, int step) => 1 + (trial / 60.0) + (0.5 / step);

    private static void Report(TrialHistory history, int trial, int step, double loss) => history.Add(trial, new TrialReport(step, TrialMetrics.Of((history.Objectives[0].Metric, loss))));

    private List<string?> Verdicts(TrialHistory history, int trial, Func<int, double> loss)
    {
        var verdicts = new List<string?>();
        for (int step = 1; step <= Steps; step++)
        {
            Report(history, trial, step, loss(step));
            verdicts.Add(Create().Judge(trial, step, history));
        }

        return verdicts;
    }
}
