namespace ParticleImages.Search.Tests;

public sealed class PrunerTests
{
    [Fact]
    public void The_median_is_that_of_the_others_at_the_same_step_and_the_best_so_far_is_compared()
    {
        TrialHistory history = With([1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [3.5, 3.5]);

        Assert.Equal(
            "loss was at best 3.5 up to step 1; of 5 other trials the best 50 percent had 3 or better there.",
            Pruner.Median(minimumTrials: 5).Judge(5, 1, history));
        Assert.Null(Pruner.Median(minimumTrials: 5).Judge(5, 1, With([1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [2.9, 9])));
        Assert.Null(Pruner.Median(minimumTrials: 6).Judge(5, 1, history));
        Assert.Null(Pruner.Median(warmUp: 2).Judge(5, 1, history));
        Assert.Null(Pruner.Median(interval: 2).Judge(5, 1, history));
        Assert.NotNull(Pruner.Median(interval: 2).Judge(5, 0, history));
    }

    [Fact]
    public void Percentiles_lie_between_neighbours_in_proportion()
    {
        // A quarter of the way from the first to the last of five others is the second.
        Assert.Null(Pruner.Percentile(25).Judge(5, 0, With([1], [2], [3], [4], [5], [2])));
        Assert.NotNull(Pruner.Percentile(25).Judge(5, 0, With([1], [2], [3], [4], [5], [2.01])));
        Assert.Null(Pruner.Percentile(10).Judge(5, 0, With([1], [2], [3], [4], [5], [1.4])));
        Assert.NotNull(Pruner.Percentile(10).Judge(5, 0, With([1], [2], [3], [4], [5], [1.41])));
    }

    [Fact]
    public void Of_a_metric_that_is_made_large_the_low_ones_are_ended()
    {
        var objective = new Objective("accuracy", ObjectiveDirection.Maximize, JudgedEpoch.Last);

        Assert.Equal("accuracy was 0.4 at step 0; the limit is 0.5.", Pruner.Threshold(0.5).Judge(0, 0, With(objective, [0.4])));
        Assert.Null(Pruner.Threshold(0.5).Judge(0, 0, With(objective, [0.5])));
        Assert.Contains("accuracy was at best 0.5", Pruner.Median(minimumTrials: 1).Judge(1, 0, With(objective, [0.6], [0.5])), StringComparison.Ordinal);
        Assert.Contains("accuracy was 0.5", Pruner.SuccessiveHalving().Judge(1, 1, With(objective, [0, 0.6], [0, 0.5])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_of_infinity_ends_only_what_is_no_number()
    {
        IPruner pruner = Pruner.Threshold(double.PositiveInfinity);

        Assert.Null(pruner.Judge(0, 0, With([1e300])));
        Assert.Equal("loss was no finite number at step 0; the limit is Infinity.", pruner.Judge(0, 0, With([double.NaN])));
    }

    /// <summary>Nine trials at the rung of step 1: a third goes on, and at the next rung only those are compared who have come there.</summary>
    [Fact]
    public void From_each_rung_a_third_goes_on()
    {
        TrialHistory history = With([0, 1, 1, 5], [0, 2, 2, 4], [0, 3, 3, 3], [0, 4], [0, 5], [0, 6], [0, 7], [0, 8], [0, 2.5, 2.5, 2.9]);
        IPruner pruner = Pruner.SuccessiveHalving(first: 1, reduction: 3);

        Assert.Null(pruner.Judge(8, 1, history));
        Assert.Null(pruner.Judge(8, 2, history));
        Assert.Null(pruner.Judge(8, 3, history));
        Assert.Null(pruner.Judge(2, 1, With([0, 1], [0, 2], [0, 0.5])));
        Assert.Equal("loss was 4 at the rung of step 1; 3 of 8 other trials were better there, and the best 3 go on.", Pruner.SuccessiveHalving().Judge(3, 1, With([0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [0, 7], [0, 8], [0, 9])));
    }

    [Fact]
    public void A_trial_that_reports_seldom_stands_at_a_rung_with_its_first_report_after_it()
    {
        var history = new TrialHistory(ScriptedScan.Loss);
        foreach (double loss in new[] { 1.0, 2.0 })
        {
            ScriptedScan.Tell(history, new Proposal(Configuration.Of(("x", loss))), TrialState.Running);
            history.Add(history.Trials.Count - 1, new TrialReport(5, TrialMetrics.Of(("loss", loss))));
            history.Add(history.Trials.Count - 1, new TrialReport(10, TrialMetrics.Of(("loss", loss))));
        }

        Assert.Contains("at the rung of step 4", Pruner.SuccessiveHalving(first: 2, reduction: 2).Judge(1, 5, history), StringComparison.Ordinal);
        Assert.Contains("at the rung of step 8", Pruner.SuccessiveHalving(first: 2, reduction: 2).Judge(1, 10, history), StringComparison.Ordinal);
        Assert.Null(Pruner.SuccessiveHalving(first: 11, reduction: 2).Judge(1, 10, history));
    }

    /// <summary>Of 81 steps Hyperband makes the brackets of its paper: 81, 34, 15, 8 and 5 trials begin at the rungs 1, 3, 9, 27 and 81.</summary>
    [Fact]
    public void Hyperbands_brackets_are_those_of_the_paper_and_end_trials_at_their_own_rungs()
    {
        IPruner pruner = Pruner.Hyperband(last: 81);
        const int Trials = 2000;
        var history = new TrialHistory(ScriptedScan.Loss);
        for (int trial = 0; trial < Trials; trial++)
        {
            ScriptedScan.Tell(history, new Proposal(Configuration.Of(("x", trial))), TrialState.Running);
            foreach (int step in new[] { 1, 3, 9, 27, 81 })
            {
                history.Add(trial, new TrialReport(step, TrialMetrics.Of(("loss", trial))));
            }
        }

        // The loss rises with the number, so that a late trial is ended at the lowest rung of its bracket.
        int[] rungs = [.. Enumerable.Range(Trials / 2, 300).Select(trial => Array.Find([1, 3, 9, 27, 81], step => pruner.Judge(trial, step, history) is not null))];
        foreach ((int rung, int share) in new[] { (1, 81), (3, 34), (9, 15), (27, 8), (81, 5) })
        {
            double expected = 300.0 * share / 143;
            Assert.InRange(rungs.Count(one => one == rung), expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
        }
    }

    [Fact]
    public void What_makes_no_pruner_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Percentile(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Percentile(100));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Median(warmUp: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Median(minimumTrials: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Median(interval: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Threshold(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.SuccessiveHalving(first: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.SuccessiveHalving(reduction: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pruner.Hyperband(last: 3, first: 4));
    }

    private static TrialHistory With(params double[][] losses) => With(ScriptedScan.Loss, losses);

    // What each trial reports at the steps from 0 on.
    private static TrialHistory With(Objective objective, params double[][] values)
    {
        var history = new TrialHistory(objective);
        foreach (double[] own in values)
        {
            ScriptedScan.Tell(history, new Proposal(Configuration.Of(("trial", history.Trials.Count))), TrialState.Running);
            for (int step = 0; step < own.Length; step++)
            {
                history.Add(history.Trials.Count - 1, new TrialReport(step, TrialMetrics.Of((objective.Metric, own[step]))));
            }
        }

        return history;
    }
}
