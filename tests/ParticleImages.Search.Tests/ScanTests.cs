namespace ParticleImages.Search.Tests;

public sealed class ScanTests
{
    private static readonly Parameter<int> Filters = Parameter.OneOf("filters", 32, 64, 96);
    private static readonly Parameter<string> Activation = Parameter.OneOf("activation", "relu", "elu");

    [Fact]
    public async Task A_grid_tries_every_configuration_once_in_order()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Scan.Over(SearchSpace.Of(Filters, Activation)).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store)
            .RunAsync(trial => trial.Get(Filters) + (trial.Get(Activation) == "elu" ? 1 : 0));

        Assert.Equal(ScanEnd.Complete, result.Ended);
        Assert.Equal([32.0, 33, 64, 65, 96, 97], result.Trials.Select(trial => trial.Values[0].Value));
    }

    [Fact]
    public async Task A_share_of_the_notebooks_space_is_fourteen_different_trials()
    {
        SearchSpace space = NotebookSpace();
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Scan.Over(space).With(SearchStrategy.Random(fraction: 0.01, seed: 7)).Minimize("loss").StoreIn(store).InThreads(2).RunAsync(_ => 1.0);

        Assert.Equal(1458, space.Count);
        Assert.Equal(14, result.Trials.Select(trial => trial.Configuration).Distinct().Count());
        Assert.Equal(14, result.Trials.Count);
    }

    [Fact]
    public async Task What_fails_is_a_failed_trial_and_the_scan_goes_on()
    {
        using ITrialStore store = TrialStore.InMemory();
        ScanResult result = await Scan.Over(SearchSpace.Of(Filters)).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store)
            .RunAsync(trial => trial.Get(Filters) switch { 32 => throw new FormatException("broken"), 64 => double.NaN, _ => 1 });

        Assert.Equal([TrialState.Failed, TrialState.Failed, TrialState.Finished], result.Trials.Select(trial => trial.State));
        Assert.Equal("FormatException: broken", result.Trials[0].Message);
        Assert.Equal("loss is NaN.", result.Trials[1].Message);
    }

    [Fact]
    public async Task A_metric_that_nobody_reports_ends_the_scan_and_is_said()
    {
        using ITrialStore store = TrialStore.InMemory();
        Scan scan = Scan.Over(SearchSpace.Of(Filters)).With(SearchStrategy.Grid()).Minimize("val_los").StoreIn(store);

        InvalidOperationException problem = await Assert.ThrowsAsync<InvalidOperationException>(() => scan.RunAsync(_ => TrialMetrics.Of(("val_loss", 1))));

        Assert.Equal("Trial 0 has no metric 'val_los', which the scan looks for. It has 'val_loss'.", problem.Message);
        Assert.Single(store.ChangesSince(0, withReports: false).Trials);
    }

    private static SearchSpace NotebookSpace() => SearchSpace.Of(
        Activation,
        Parameter.OneOf("filters_1", 32, 64, 96),
        Parameter.OneOf("filters_2", 32, 64, 96),
        Parameter.OneOf("dense_1", 32, 64, 96),
        Parameter.OneOf("dense_2", 32, 64, 96),
        Parameter.OneOf("kernal_1", 1, 3, 5),
        Parameter.OneOf("kernal_2", 1, 3, 5));
}
