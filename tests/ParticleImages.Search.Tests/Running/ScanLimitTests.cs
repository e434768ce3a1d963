namespace ParticleImages.Search.Tests.Running;

/// <summary>What ends a run, and that the next one goes on.</summary>
public sealed class ScanLimitTests : IDisposable
{
    private static readonly Parameter<int> Width = Parameter.Integer("width", 0, 9);

    private readonly ITrialStore store = TrialStore.InMemory();

    private Scan Grid => Scan.Over(SearchSpace.Of(Width)).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store);

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task A_run_of_at_most_some_trials_ends_there_and_the_next_goes_on()
    {
        ScanResult first = await Grid.AtMost(4).RunAsync(trial => trial.Get(Width));
        ScanResult second = await Grid.AtMost(4).InThreads(3).RunAsync(trial => trial.Get(Width));
        ScanResult third = await Grid.AtMost(2).RunAsync(trial => trial.Get(Width));

        Assert.Equal((ScanEnd.RoundLimit, 4), (first.Ended, first.Trials.Count));
        Assert.Equal((ScanEnd.RoundLimit, 8), (second.Ended, second.Trials.Count));

        // The limit and the end of the grid at once: nothing is left to run.
        Assert.Equal((ScanEnd.Complete, 10), (third.Ended, third.Trials.Count));
        Assert.All(third.Trials, trial => Assert.Equal((TrialState.Finished, 1), (trial.State, trial.Attempt)));
    }

    [Fact]
    public async Task A_scan_that_is_content_begins_nothing_more()
    {
        ScanResult result = await Scan.Over(SearchSpace.Of(Width)).With(SearchStrategy.Grid()).Maximize("score").StoreIn(store).StopAt(3).RunAsync(trial => trial.Get(Width));

        Assert.Equal((ScanEnd.TargetReached, 4), (result.Ended, result.Trials.Count));
    }

    [Fact]
    public async Task No_trial_begins_that_would_not_end_in_time()
    {
        var clock = new ManualClock();
        using ITrialStore timed = TrialStore.InMemory(clock);
        ScanResult result = await Grid.StoreIn(timed).MeasureTimeWith(clock).StopAfter(TimeSpan.FromMinutes(10)).RunAsync(trial =>
        {
            clock.Advance(TimeSpan.FromMinutes(trial.Get(Width) == 1 ? 4 : 2));
            return 1.0;
        });

        // After 2 + 4 + 2 minutes another one might take the four of the longest.
        Assert.Equal((ScanEnd.TimeLimit, 3), (result.Ended, result.Trials.Count));
        Assert.All(result.Trials, trial => Assert.Equal(TrialState.Finished, trial.State));
    }

    [Fact]
    public async Task A_trial_that_runs_when_the_time_is_over_is_given_back()
    {
        var clock = new ManualClock();
        using ITrialStore timed = TrialStore.InMemory(clock);
        ScanResult result = await Grid.StoreIn(timed).MeasureTimeWith(clock).StopAfter(TimeSpan.FromMinutes(10)).RunAsync(trial =>
        {
            clock.Advance(TimeSpan.FromMinutes(11));
            trial.Cancellation.ThrowIfCancellationRequested();
            return 1.0;
        });

        Assert.Equal(ScanEnd.TimeLimit, result.Ended);
        Assert.Equal((TrialState.Pending, 1, 0), (result.Trials[0].State, result.Trials[0].Attempt, result.Trials[0].Failures));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_trial_that_takes_too_long_has_failed_whether_it_listens_or_not(bool listens)
    {
        var clock = new ManualClock();
        using ITrialStore timed = TrialStore.InMemory(clock);
        ScanResult result = await Grid.StoreIn(timed).MeasureTimeWith(clock).LimitTrial(TimeSpan.FromMinutes(3)).RunAsync(trial =>
        {
            clock.Advance(TimeSpan.FromMinutes(trial.Get(Width) == 2 ? 3 : 2));
            if (listens)
            {
                trial.Cancellation.ThrowIfCancellationRequested();
            }

            return 1.0;
        });

        Assert.Equal((TrialState.Failed, "It took longer than 00:03:00."), (result.Trials[2].State, result.Trials[2].Message));
        Assert.Equal(9, result.Trials.Count(trial => trial.State == TrialState.Finished));
    }

    [Fact]
    public async Task Limits_beyond_what_timers_count_are_no_limits()
    {
        ScanResult result = await Grid.StopAfter(TimeSpan.MaxValue).LimitTrial(TimeSpan.FromDays(100)).RunAsync(trial => trial.Get(Width));

        Assert.Equal(ScanEnd.Complete, result.Ended);
        Assert.Throws<ArgumentOutOfRangeException>(() => Grid.HoldClaimsFor(TimeSpan.MaxValue));
    }

    [Fact]
    public async Task Cancelling_gives_back_what_runs_and_keeps_what_was_done()
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grid.RunAsync(
            trial =>
            {
                if (trial.Get(Width) == 3)
                {
                    cancellation.Cancel();
                    trial.Cancellation.ThrowIfCancellationRequested();
                }

                return 1.0;
            },
            cancellation.Token));
        Assert.Equal([TrialState.Finished, TrialState.Finished, TrialState.Finished, TrialState.Pending], store.ChangesSince(0, withReports: false).Trials.Select(trial => trial.State));

        ScanResult result = await Grid.RunAsync(_ => 1.0);
        Assert.Equal(2, result.Trials[3].Attempt);
        Assert.Equal(ScanEnd.Complete, result.Ended);
    }

    [Fact]
    public async Task Failures_are_tried_again_as_often_as_the_scan_says()
    {
        ScanResult result = await Grid.Retry(2).RunAsync(trial => trial.Get(Width) switch
        {
            4 when trial.Attempt < 3 => throw new FormatException("not yet"),
            5 => throw new FormatException($"never, not at {trial.Attempt}"),
            _ => 1.0,
        });

        Assert.Equal((TrialState.Finished, 2, null), (result.Trials[4].State, result.Trials[4].Failures, result.Trials[4].Message));
        Assert.Equal((TrialState.Failed, 3, "FormatException: never, not at 3"), (result.Trials[5].State, result.Trials[5].Failures, result.Trials[5].Message));
    }

    [Fact]
    public async Task A_finite_space_comes_to_its_feasible_part_however_much_is_infeasible_before()
    {
        Parameter<int> many = Parameter.Integer("many", 0, 1499);
        ScanResult result = await Scan.Over(SearchSpace.Of(many)).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store)
            .CheckFirst(configuration => configuration["many"].AsInteger() < 1495 ? "too few" : null).RunAsync(trial => trial.Get(many));

        Assert.Equal((ScanEnd.Complete, 1500, 1495), (result.Ended, result.Trials.Count, result.Best!.Number));
    }

    [Fact]
    public async Task What_is_infeasible_before_or_in_a_trial_counts_as_none()
    {
        ScanResult result = await Scan.Over(SearchSpace.Of(Width)).With(SearchStrategy.Random(trials: 5, seed: 1)).Minimize("loss").StoreIn(store)
            .CheckFirst(configuration => configuration["width"].AsInteger() < 2 ? "too narrow" : null)
            .RunAsync(trial => trial.Get(Width) == 7 ? throw new InfeasibleTrialException("odd") : 1.0);

        Assert.Equal(5, result.Trials.Count(trial => trial.State == TrialState.Finished));
        Assert.All(result.Trials.Where(trial => trial.State == TrialState.Infeasible), trial => Assert.Contains(trial.Message, new[] { "too narrow", "odd" }));
        Assert.All(result.Trials.Where(trial => trial.Message == "too narrow"), trial => Assert.Equal(0, trial.Attempt));
    }

    [Fact]
    public async Task What_is_tried_first_comes_first_once_and_counts()
    {
        Configuration six = Configuration.Of(("width", 6));
        Scan scan = Scan.Over(SearchSpace.Of(Width)).With(SearchStrategy.Random(trials: 3, seed: 1)).Minimize("loss").StoreIn(store).TryFirst(six, Configuration.Of(("width", 2)), six);
        ScanResult result = await scan.RunAsync(_ => 1.0);

        Assert.Equal([6, 2], result.Trials.Take(2).Select(trial => trial.Configuration.Get(Width)));
        Assert.Equal(3, result.Trials.Select(trial => trial.Configuration).Distinct().Count());
        Assert.Contains("cannot be tried first", Assert.Throws<ArgumentException>(() => scan.TryFirst(Configuration.Of(("width", 77)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeats_are_trials_of_one_proposal_with_seeds_of_their_own()
    {
        ScanResult result = await Grid.Repeat(3).AtMost(6).RunAsync(_ => 1.0);

        Assert.Equal([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)], result.Trials.Select(trial => (trial.Proposal, trial.Repeat)));
        Assert.Equal(6, result.Trials.Select(trial => trial.Seed).Distinct().Count());
    }

    [Fact]
    public async Task Processes_cannot_share_a_store_in_memory()
    {
        InvalidOperationException problem = await Assert.ThrowsAsync<InvalidOperationException>(() => Grid.InProcesses(2).RunAsync(_ => 1.0));

        Assert.Contains("Run the scan InThreads, or keep it in a file", problem.Message, StringComparison.Ordinal);
    }
}
