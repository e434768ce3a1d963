namespace ParticleImages.Search.Tests.Results;

public sealed class ScanResultTests
{
    private static readonly Parameter<int> Filters = Parameter.OneOf("filters", 32, 64, 96);

    [Fact]
    public async Task The_best_trials_come_first()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Grid(store).Minimize("val_loss").RunAsync(trial => 100.0 - trial.Get(Filters));

        Assert.Equal([96.0, 64], scan.Results.OrderBy("val_loss").Take(2).Numbers("filters"));
        Assert.Equal(96, scan.Best!.Configuration.Get(Filters));
        Assert.Equal(2, (await Grid(TrialStore.InMemory()).Maximize("auc").RunAsync(trial => trial.Get(Filters) == 64 ? double.NaN : -1)).Configurations.Count);
    }

    [Fact]
    public async Task Repeats_have_a_mean_and_a_standard_error_and_what_is_within_them_is_like_the_best()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Grid(store).Repeat(3).Minimize("val_loss").RunAsync(trial => trial.Get(Filters) switch
        {
            32 => 1.0 + (0.1 * trial.Repeat),
            64 => 1.05 + (0.1 * trial.Repeat),
            _ => 2.0 + (0.1 * trial.Repeat),
        });

        // Each spreads by s = 0.1 over three: 0.1/√3, and the difference by √2 of that.
        Assert.Equal([1.1, 1.15, 2.1], scan.Configurations.Select(result => Math.Round(result.Values[0].Value, 12)));
        Assert.All(scan.Configurations, result => Assert.Equal(0.1 / Math.Sqrt(3), result.Values[0].StandardError!.Value, 1e-12));
        Assert.Equal(0.05, scan.Configurations[1].Behind.Value, 1e-12);
        Assert.Equal(0.1 * Math.Sqrt(2.0 / 3), scan.Configurations[1].Behind.StandardError!.Value, 1e-12);
        Assert.Equal([true, true, false], scan.Configurations.Select(result => result.IsLikeBest()));
        Assert.Equal([true, false, false], scan.Configurations.Select(result => result.IsLikeBest(0.5)));
        Assert.Equal([true, true, false], scan.CompareConfigurations().Column("like_best").AsBooleans());
        Assert.Equal(["val_loss", "val_loss_error", "trials", "behind", "behind_error", "like_best", "filters", "proposal"], scan.CompareConfigurations().Columns.Select(column => column.Name));
    }

    [Fact]
    public async Task A_single_trials_own_error_serves_and_without_any_nobody_knows()
    {
        using ITrialStore known = TrialStore.InMemory();
        using ITrialStore unknown = TrialStore.InMemory();
        ScanResult with = await Grid(known).Maximize("auc").RunAsync(trial => TrialMetrics.None.And("auc", trial.Get(Filters) / 1000.0, 0.02));
        ScanResult without = await Grid(unknown).Maximize("auc").RunAsync(trial => trial.Get(Filters) / 1000.0);

        // 0.096, 0.064, 0.032 with differences' errors of 0.028.
        Assert.Equal([true, true, false], with.Configurations.Select(result => result.IsLikeBest()));
        Assert.Equal([true, null, null], without.Configurations.Select(result => result.IsLikeBest()));
        Assert.Throws<ArgumentOutOfRangeException>(() => with.Configurations[0].IsLikeBest(-1));
    }

    [Fact]
    public async Task Failed_repeats_count_no_part_of_the_mean()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Grid(store).Repeat(2).Minimize("val_loss").RunAsync(trial => trial is { Repeat: 1 } ? double.NaN : trial.Get(Filters));

        Assert.Equal([(32.0, 1), (64, 1), (96, 1)], scan.Configurations.Select(result => (result.Values[0].Value, result.Trials.Count)));
        Assert.All(scan.Configurations, result => Assert.Null(result.Values[0].StandardError));
    }

    [Fact]
    public async Task The_front_has_what_no_other_beats_in_everything()
    {
        Parameter<int> place = Parameter.Integer("place", 0, 5);
        (double Loss, double Auc)[] values = [(1, 0.5), (2, 0.7), (2, 0.6), (3, 0.7), (4, 0.9), (1, 0.5)];
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Scan.Over(SearchSpace.Of(place)).With(SearchStrategy.Grid()).Minimize("loss").Maximize("auc").StoreIn(store)
            .RunAsync(trial => TrialMetrics.Of(("loss", values[trial.Get(place)].Loss), ("auc", values[trial.Get(place)].Auc)));

        Assert.Equal([0, 5, 1, 4], scan.ParetoFront.Select(result => result.Configuration.Get(place)));
    }

    [Fact]
    public async Task The_front_of_some_objectives_does_not_look_at_the_others()
    {
        Parameter<int> place = Parameter.Integer("place", 0, 3);
        (double Loss, double Auc, double Seconds)[] values = [(1, 0.5, 9), (2, 0.9, 8), (3, 0.7, 1), (4, 0.6, 7)];
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Scan.Over(SearchSpace.Of(place)).With(SearchStrategy.Grid()).Minimize("loss").Maximize("auc").Minimize("seconds").StoreIn(store)
            .RunAsync(trial => TrialMetrics.Of(("loss", values[trial.Number].Loss), ("auc", values[trial.Number].Auc), ("seconds", values[trial.Number].Seconds)));

        Assert.Equal([0, 1], scan.ParetoFrontOf("loss", "auc").Select(result => result.Proposal));
        Assert.Equal([2, 1], scan.ParetoFrontOf("seconds", "auc").Select(result => result.Proposal));
        Assert.Equal([1], scan.ParetoFrontOf("auc").Select(result => result.Proposal));
        Assert.Equal(scan.ParetoFront, scan.ParetoFrontOf("loss", "auc", "seconds"));
        Assert.Equal(2, scan.ObjectiveNumber("seconds"));
        Assert.Contains("It has 'loss', 'auc', 'seconds'.", Assert.Throws<ArgumentException>("metric", () => scan.ParetoFrontOf("loss", "acc")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("metrics", () => scan.ParetoFrontOf());
    }

    [Fact]
    public async Task The_front_is_that_of_comparing_all_with_all()
    {
        Parameter<int> place = Parameter.Integer("place", 0, 199);
        var random = new Random(7);
        double[][] values = [.. Enumerable.Range(0, 200).Select(_ => new double[] { random.Next(12), random.Next(12), random.Next(12) })];
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Scan.Over(SearchSpace.Of(place)).With(SearchStrategy.Grid()).Minimize("a").Minimize("b").Minimize("c").StoreIn(store)
            .RunAsync(trial => TrialMetrics.Of(("a", values[trial.Number][0]), ("b", values[trial.Number][1]), ("c", values[trial.Number][2])));

        IEnumerable<int> expected = Enumerable.Range(0, 200).Where(one => !Array.Exists(values, other =>
            other.Zip(values[one]).All(pair => pair.First <= pair.Second) && other.Zip(values[one]).Any(pair => pair.First < pair.Second)));
        Assert.Equal(expected, scan.ParetoFront.Select(result => result.Proposal).Order());
    }

    [Fact]
    public async Task Every_report_of_every_trial_is_in_the_history_which_outlives_the_store()
    {
        ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Grid(store).Minimize("val_loss").RunAsync(trial =>
        {
            trial.Report(1, ("val_loss", 2));
            trial.Report(2, ("val_loss", 1), ("auc", 0.5));
            return TrialMetrics.None;
        });
        TrialTable history = scan.History();
        store.Dispose();

        Assert.Equal(["trial", "step", "val_loss", "auc"], history.Columns.Select(column => column.Name));
        Assert.Equal([0.0, 0, 1, 1, 2, 2], history.Numbers("trial"));
        Assert.Equal([null, 0.5, null, 0.5, null, 0.5], history.Numbers("auc"));
        using var folder = new TemporaryFolder();
        history.SaveCsv(folder["history.csv"]);
        Tables.AssertEqual(history, TrialTable.ReadCsv(folder["history.csv"]));
    }

    [Fact]
    public async Task Reports_of_one_trial_are_asked_of_the_store()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Grid(store).Minimize("val_loss").RunAsync(trial =>
        {
            trial.Report(1, ("val_loss", 2));
            return TrialMetrics.None;
        });

        Assert.Equal([new TrialReport(1, TrialMetrics.Of(("val_loss", 2)))], scan.ReportsOf(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => scan.ReportsOf(3));
    }

    [Fact]
    public async Task Notes_are_columns_also_of_trials_that_failed()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Grid(store).Minimize("val_loss").RunAsync(trial =>
        {
            trial.Note("device", "gpu");
            trial.Note("device", "cpu");
            return trial.Get(Filters) == 64 ? throw new FormatException("broken") : 1.0;
        });

        Assert.Equal(["cpu", "cpu", "cpu"], scan.Results.Texts("device"));
        Assert.Equal(TrialState.Failed, scan.Trials[1].State);
    }

    [Fact]
    public async Task Nothing_finished_is_no_best_and_no_error()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult scan = await Grid(store).Minimize("val_loss").RunAsync(_ => double.NaN);

        Assert.Null(scan.Best);
        Assert.Empty(scan.Configurations);
        Assert.Empty(scan.ParetoFront);
        Assert.Empty(scan.CompareConfigurations());
        Assert.Equal("3 trials (3 failed)", scan.ToString());
    }

    [Fact]
    public async Task What_is_in_a_store_is_read_without_a_run_also_during_one()
    {
        using ITrialStore store = TrialStore.InMemory();
        Scan scan = Grid(store).Minimize("val_loss");
        Assert.Empty(scan.Read().Trials);
        using (ScanSession session = scan.Open())
        {
            session.Tell(session.Ask()!, 0.5);
            session.Ask();

            ScanResult during = scan.Read();
            Assert.Equal(["finished", "running"], during.Results.Texts("state"));
            Assert.Equal([0.5, null], during.Results.Numbers("val_loss"));
            Assert.Null(during.Ended);
        }

        ScanResult whole = await scan.RunAsync(_ => 0.5);
        Assert.Equal(whole.Results.ToCsv(), scan.Read().Results.ToCsv());
        Assert.Contains("its objective is least val_loss, not least loss", Assert.Throws<TrialStoreException>(() => Grid(store).Minimize("loss").Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_of_an_interrupted_scan_is_that_of_another_but_for_its_clock()
    {
        using ITrialStore broken = TrialStore.InMemory();
        using ITrialStore whole = TrialStore.InMemory();
        using var cancellation = new CancellationTokenSource();
        Task<ScanResult> Run(ITrialStore store, Action<Trial> between, CancellationToken end) => Grid(store).Repeat(2).Minimize("val_loss").RunAsync(
            trial =>
            {
                trial.Note("device", "cpu");
                trial.Report(1, ("loss", trial.Seed), ("val_loss", 2));
                between(trial);
                trial.Report(2, ("loss", trial.Seed + 1), ("val_loss", 1));
                return TrialMetrics.None;
            },
            end);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(
            broken,
            trial =>
            {
                if (trial.Number == 3)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token));
        ScanResult resumed = await Run(broken, _ => { }, CancellationToken.None);
        ScanResult straight = await Run(whole, _ => { }, CancellationToken.None);

        Assert.Equal(2, resumed.Trials[3].Attempt);
        Assert.Equal(straight.Results.WithoutClock().ToCsv(), resumed.Results.WithoutClock().ToCsv());
        Assert.Equal(straight.History().ToCsv(), resumed.History().ToCsv());
        Assert.NotEqual(straight.Results.ToCsv(), resumed.Results.ToCsv());
    }

    private static Scan Grid(ITrialStore store) => Scan.Over(SearchSpace.Of(Filters)).With(SearchStrategy.Grid()).StoreIn(store);
}
