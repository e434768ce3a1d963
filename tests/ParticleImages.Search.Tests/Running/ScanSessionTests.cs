namespace ParticleImages.Search.Tests.Running;

/// <summary>Ask and tell, and what a session holds for while others use the store.</summary>
public sealed class ScanSessionTests : IDisposable
{
    private static readonly Parameter<int> Width = Parameter.Integer("width", 0, 199);

    private readonly ManualClock clock = new();
    private readonly ITrialStore store;

    public ScanSessionTests() => store = TrialStore.InMemory(clock);

    private Scan Grid => Scan.Over(SearchSpace.Of(Width)).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store).MeasureTimeWith(clock);

    public void Dispose() => store.Dispose();

    [Fact]
    public void Trials_may_be_told_in_any_order()
    {
        using ScanSession session = Grid.Open();
        Trial[] asked = [.. Enumerable.Range(0, 5).Select(_ => session.Ask()!)];
        session.Tell(asked[3], 3);
        session.Fail(asked[1], "no");
        session.Tell(asked[4], 4);
        session.GiveBack(asked[0]);
        session.Tell(asked[2], 2);

        Assert.Equal(
            [TrialState.Pending, TrialState.Failed, TrialState.Finished, TrialState.Finished, TrialState.Finished],
            session.Result.Trials.Select(trial => trial.State));
        Assert.Equal(0, session.Ask()!.Number);
        Assert.Equal(5, session.Ask()!.Number);
    }

    [Fact]
    public async Task Several_threads_may_ask_and_tell()
    {
        using ScanSession session = Grid.Open();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (session.Ask() is { } trial)
            {
                trial.Report(0, ("loss", 1));
                session.Tell(trial, trial.Get(Width));
            }
        })));

        Assert.Null(session.Ask());
        Assert.Equal(ScanEnd.Complete, session.Ended);
        Assert.Equal(Enumerable.Range(0, 200).Select(width => (double)width), session.Result.Trials.Select(trial => trial.Values[0].Value));
    }

    [Fact]
    public void What_was_told_once_is_not_told_again()
    {
        using ScanSession session = Grid.Open();
        Trial trial = session.Ask()!;
        session.Tell(trial, 1);
        session.Tell(trial, 2);
        session.Fail(trial, "late");

        Assert.Equal((TrialState.Finished, 1.0), (session.Result.Trials[0].State, session.Result.Trials[0].Values[0].Value));
        Assert.Throws<OperationCanceledException>(() => trial.Report(0, ("loss", 1)));
    }

    [Fact]
    public void A_closed_session_gives_back_what_was_not_told_and_lets_the_next_one_in()
    {
        Trial trial;
        using (ScanSession session = Grid.Open())
        {
            trial = session.Ask()!;
            Assert.Contains($"is being run by process {Environment.ProcessId} on", Assert.Throws<TrialStoreException>(() => Grid.Open()).Message, StringComparison.Ordinal);
        }

        using ScanSession next = Grid.Open();
        Assert.Throws<OperationCanceledException>(() => trial.Report(0, ("loss", 1)));
        Assert.True(trial.Cancellation.IsCancellationRequested);
        Assert.Equal((0, 2), (next.Ask()!.Number, next.Result.Trials[0].Attempt));
    }

    [Fact]
    public void Claims_live_as_long_as_their_session()
    {
        using ScanSession session = Grid.HoldClaimsFor(TimeSpan.FromMinutes(3)).Open();
        Trial trial = session.Ask()!;
        for (int minute = 0; minute < 30; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(store.Claim("another/1/x:1/1", TimeSpan.FromMinutes(1)));
        }

        session.Tell(trial, 1);
        Assert.Equal((TrialState.Finished, 1), (session.Result.Trials[0].State, session.Result.Trials[0].Attempt));
    }

    [Fact]
    public void Who_lost_the_run_while_asleep_is_told_and_his_trial_is_cancelled()
    {
        using ScanSession session = Grid.Open();
        Trial trial = session.Ask()!;

        // What is left when its process had stopped for longer than the lease.
        string own = store.ChangesSince(0, withReports: false).Trials[0].Owner!;
        store.Release(own);
        store.TakeRun("another/1/x:1/1", TimeSpan.FromHours(1));
        store.Claim("another/1/x:1/1", TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True(trial.Cancellation.IsCancellationRequested);
        Assert.Contains("is being run by process 1 on another", Assert.Throws<TrialStoreException>(() => session.Ask()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_goes_on_from_a_checkpoint_keeps_what_it_had_reported()
    {
        Scan scan = Scan.Over(SearchSpace.Of(Width)).With(SearchStrategy.Grid()).Minimize("loss", JudgedEpoch.Best).StoreIn(store).MeasureTimeWith(clock).FilesIn("files");
        string? first;
        using (ScanSession session = scan.Open())
        {
            Trial trial = session.Ask()!;
            first = trial.Folder;
            trial.Report(0, ("loss", 0.25));
            trial.Report(1, ("loss", 0.5));
            trial.Report(2, ("loss", 0.125));
        }

        using ScanSession next = scan.Open();
        Trial again = next.Ask()!;
        Assert.Equal((first, 2), (again.Folder, again.Attempt));

        // It has a checkpoint of epoch 1 only: what came after it is another way on.
        again.Report(2, ("loss", 0.75));
        Assert.Throws<ArgumentOutOfRangeException>(() => again.Report(2, ("loss", 0)));
        next.Tell(again, TrialMetrics.Of(("accuracy", 1)));

        Assert.Equal(0.25, next.Result.Trials[0].Values[0].Value);
        Assert.Equal([0.25, 0.5, 0.75], store.ReportsOf(0).Select(report => report.Metrics.First().Value.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_former_run_left_running_is_waited_for_where_results_decide(bool isPruned)
    {
        SearchStrategy strategy = isPruned ? SearchStrategy.Random(trials: 3, seed: 1).PruneBy(Pruner.Median()) : SearchStrategy.Tpe(trials: 3, seed: 1);
        Scan scan = Scan.Over(SearchSpace.Of(Width)).With(strategy).Minimize("loss").StoreIn(store).MeasureTimeWith(clock);
        using (ScanSession former = scan.Open())
        {
            // Its process is on another host, or of before a restart: nobody can tell that it has ended.
            former.Ask();
            store.Release(store.ChangesSince(0, withReports: false).Trials[0].Owner!);
            store.Claim("another/1/x:1/1", TimeSpan.FromSeconds(50));
        }

        var order = new List<int>();
        Task<ScanResult> run = scan.RunAsync(trial =>
        {
            order.Add(trial.Number);
            return 1.0;
        });
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Empty(order);
        clock.Advance(TimeSpan.FromSeconds(51));
        await run;

        Assert.Equal([0, 1, 2], order);
    }

    [Fact]
    public async Task What_is_put_first_is_first_also_where_proposals_are_grouped()
    {
        Configuration[] first = [Configuration.Of(("width", 150)), Configuration.Of(("width", 120))];
        var order = new List<int>();
        Scan scan = Grid.GroupBy(configuration => $"{configuration["width"].AsInteger() % 7}").TryFirst(first);

        await scan.AtMost(3).RunAsync(trial =>
        {
            order.Add(trial.Get(Width));
            return 1.0;
        });

        Assert.Equal([150, 120], order.Take(2));
    }

    [Fact]
    public void Objectives_of_native_code_run_in_a_process_of_their_own_unless_somebody_said_otherwise_or_none_would_see_the_store()
    {
        using var file = new FailingStore(TrialStore.InMemory());

        Assert.True(Grid.StoreIn(file).OrInProcess().InOwnProcesses);
        Assert.Equal(3, Grid.StoreIn(file).InProcesses(3).OrInProcess().Workers);
        Assert.False(Grid.StoreIn(file).InThreads(1).OrInProcess().InOwnProcesses);
        Assert.False(Grid.OrInProcess().InOwnProcesses);
    }

    [Fact]
    public void A_total_beyond_all_numbers_is_none()
    {
        SearchSpace large = SearchSpace.Of([.. Enumerable.Range(0, 4).Select(number => Parameter.Integer($"n{number}", 0, 99_999))]);
        var told = new List<ScanProgress>();
        using ScanSession session = Scan.Over(large).With(SearchStrategy.Random(fraction: 1)).Repeat(2).Minimize("loss").StoreIn(store)
            .ReportTo(new Collected(told)).Open();
        session.Ask();

        Assert.All(told, progress => Assert.Null(progress.Total));
        Assert.NotEmpty(told);
    }

    [Fact]
    public void A_store_that_fails_is_no_end_of_the_program_and_who_uses_it_next_is_told()
    {
        var failing = new FailingStore(store);
        ScanSession session = Grid.StoreIn(failing).Open();
        Trial trial = session.Ask()!;
        failing.IsBroken = true;
        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Throws<TrialStoreException>(() => session.Tell(trial, 1));
        session.Dispose();
    }

    private sealed class Collected(List<ScanProgress> told) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => told.Add(value);
    }
}
