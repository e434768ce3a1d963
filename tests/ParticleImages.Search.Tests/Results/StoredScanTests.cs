using System.Globalization;

namespace ParticleImages.Search.Tests;

public sealed class StoredScanTests : IDisposable
{
    private readonly ITrialStore store = TrialStore.InMemory();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task What_a_store_tells_without_the_scans_description_is_what_the_scan_itself_says()
    {
        Parameter<double> rate = Parameter.LogUniform("rate", 1e-4, 1e-2);
        Parameter<int> blocks = Parameter.OneOf("blocks", 1, 2);
        Parameter<bool> wide = Parameter.Boolean("wide");
        Scan scan = Scan.Over(SearchSpace.Of(rate, blocks, wide).When(wide, blocks, 2).Where("no rate of one thousandth", configuration => configuration.Get(rate) != 1e-3))
            .With(SearchStrategy.Random(trials: 12, seed: 3))
            .Minimize("loss; of a kind", JudgedEpoch.Best)
            .Maximize("auc")
            .Repeat(2)
            .StoreIn(store);
        ScanResult ran = await scan.RunAsync(trial =>
        {
            trial.Report(1, ("loss; of a kind", trial.Get(rate)), ("auc", 0.5));
            return TrialMetrics.Of(("loss; of a kind", 2 * trial.Get(rate)), ("auc", trial.Get(blocks)));
        });

        var read = ScanResult.Of(store);

        Assert.Equal(ran.Objectives, read.Objectives);
        Assert.Equal(ran.Trials, read.Trials);
        Assert.Equal(ran.Header, read.Header);
        Assert.Equal(ran.Best, read.Best);
        Assert.Equal(ran.Space.Parameters.Select(parameter => parameter.Name), read.Space.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(0.5, read.Space.Parameters[0].PositionOf(ParameterValue.Of(1e-3)), 12);
        Assert.Equal(ran.Results.ToText(100), read.Results.ToText(100));
        Assert.Equal(ran.CompareConfigurations().ToText(100), read.CompareConfigurations().ToText(100));
        Assert.Equal(ran.Importances().ToString(), read.Importances().ToString());
        Assert.Single(read.ReportsOf(0));
    }

    [Fact]
    public async Task Of_a_space_and_an_axis_of_their_own_kind_what_was_tried_is_known()
    {
        SearchSpace inner = SearchSpace.Of(Parameter.OneOf("first", 30, 10, 20), Parameter.OneOf("name", "b", "a"));
        ScanResult ran = await Scan.Over(new NamelessSpace(inner)).With(SearchStrategy.Grid()).Minimize("sum").StoreIn(store).RunAsync(trial => trial.Number);

        var read = ScanResult.Of(store);

        Assert.Equal(ran.Trials, read.Trials);
        Assert.Equal(["first", "name"], read.Space.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([10, 20, 30], Enumerable.Range(0, 3).Select(place => read.Space.Parameters[0].At((place + 0.5) / 3).AsInteger()));
        Assert.Contains("the program that describes it", Assert.Throws<InvalidOperationException>(() => read.Space.At(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_without_a_scan_says_so_and_one_whose_scan_is_run_tells_that_too()
    {
        Assert.Contains("No scan has begun", Assert.Throws<TrialStoreException>(() => ScanResult.Of(store)).Message, StringComparison.Ordinal);
        Scan scan = Scan.Over(SearchSpace.Of(Parameter.Boolean("x"))).With(SearchStrategy.Grid()).Minimize("loss").StoreIn(store);
        using (ScanSession session = scan.Open())
        {
            Assert.NotNull(session.Ask());
            Assert.True(ScanResult.Of(store).IsRunning);
            Assert.True(scan.Read().IsRunning);
            Assert.Equal(TrialState.Running, Assert.Single(ScanResult.Of(store).Trials).State);
        }

        Assert.False(ScanResult.Of(store).IsRunning);
    }

    private sealed class NamelessSpace(SearchSpace inner) : ISearchSpace
    {
        public IReadOnlyList<IParameter> Parameters => inner.Parameters;

        public System.Numerics.BigInteger? Count => inner.Count;

        public string Identity => string.Create(CultureInfo.InvariantCulture, $"a space of {inner.Count} in words of its own");

        public Configuration At(System.Numerics.BigInteger index) => inner.At(index);

        public Configuration At(ReadOnlySpan<double> positions) => inner.At(positions);

        public string? Refusal(Configuration configuration) => inner.Refusal(configuration);
    }
}
