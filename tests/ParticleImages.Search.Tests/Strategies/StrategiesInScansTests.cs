namespace ParticleImages.Search.Tests;

/// <summary>Strategies and pruners where they are used: in scans, with a store between.</summary>
public sealed class StrategiesInScansTests
{
    public static TheoryData<string> Strategies => ["halton", "tpe", "gaussian process", "asha", "hyperband", "reducing", "tpe with median"];

    /// <summary>A run of 30 trials, and four runs of at most 8 one after the other on one store.</summary>
    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task A_scan_in_pieces_is_the_scan_in_one(string name)
    {
        using ITrialStore whole = TrialStore.InMemory();
        using ITrialStore pieces = TrialStore.InMemory();
        Scan scan = Scan.Over(Problems.Network.Space).With(Named(name)).Minimize("loss");
        ScanResult expected = await scan.StoreIn(whole).RunAsync(Curve);
        ScanResult result = expected;
        for (int run = 0; run < 4; run++)
        {
            result = await scan.StoreIn(pieces).AtMost(8).RunAsync(Curve);
        }

        Assert.Equal(30, expected.Trials.Count);
        Assert.Equal(ScanEnd.Complete, result.Ended);
        Assert.Equal(
            expected.Trials.Select(trial => (trial.Configuration, trial.State, trial.LastStep, trial.Message, trial.Seed)),
            result.Trials.Select(trial => (trial.Configuration, trial.State, trial.LastStep, trial.Message, trial.Seed)));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Several_workers_try_nothing_twice(string name)
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Scan.Over(Problems.Network.Space).With(Named(name)).Minimize("loss").StoreIn(store).InThreads(4).RunAsync(Curve);

        Assert.Equal(30, result.Trials.Select(trial => trial.Configuration).Distinct().Count());
        Assert.All(result.Trials, trial => Assert.True(trial.State is TrialState.Finished or TrialState.Pruned, trial.Message));
    }

    [Fact]
    public async Task What_a_pruner_ends_says_why_and_the_best_is_never_ended()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Scan.Over(Problems.Network.Space).With(SearchStrategy.Asha(60, seed: 3)).Minimize("loss").StoreIn(store).RunAsync(Curve);
        TrialRecord[] pruned = [.. result.Trials.Where(trial => trial.State == TrialState.Pruned)];

        Assert.InRange(pruned.Length, 30, 58);
        Assert.All(pruned, trial => Assert.Matches("^loss was .* at the rung of step (1|3|9); .* go on\\.$", trial.Message));
        Assert.All(pruned, trial => Assert.Contains(trial.LastStep, new int?[] { 1, 3, 9 }));
    }

    private static SearchStrategy Named(string name) => name switch
    {
        "halton" => SearchStrategy.Halton(30, seed: 5),
        "tpe" => SearchStrategy.Tpe(30, seed: 5),
        "gaussian process" => SearchStrategy.GaussianProcess(30, seed: 5),
        "asha" => SearchStrategy.Asha(30, seed: 5),
        "hyperband" => SearchStrategy.Hyperband(30, last: 9, seed: 5),
        "reducing" => SearchStrategy.Reducing(30, seed: 5, interval: 10, window: 10),
        _ => SearchStrategy.Tpe(30, seed: 5).PruneBy(Pruner.Median(warmUp: 2, minimumTrials: 3)),
    };

    private static double Curve(Trial trial)
    {
        double end = Problems.Network.Objective(trial.Configuration);
        for (int epoch = 1; epoch <= 9; epoch++)
        {
            trial.Report(epoch, ("loss", end + (1.0 / epoch)));
        }

        return end;
    }
}
