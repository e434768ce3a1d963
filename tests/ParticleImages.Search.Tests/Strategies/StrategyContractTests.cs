namespace ParticleImages.Search.Tests;

public sealed class GridTests : SearchStrategyContract
{
    protected override bool SearchesContinua => false;

    protected override bool DependsOnSeed => false;

    protected override ISearchStrategy Create() => SearchStrategy.Grid().Method;
}

public sealed class RandomTests : SearchStrategyContract
{
    protected override ISearchStrategy Create() => SearchStrategy.Random(trials: 1).Method;
}

public sealed class HaltonTests : SearchStrategyContract
{
    protected override ISearchStrategy Create() => SearchStrategy.Halton(trials: 1).Method;
}

public sealed class TpeTests : SearchStrategyContract
{
    protected override ISearchStrategy Create() => SearchStrategy.Tpe(trials: 1, startUp: 5).Method;
}

public sealed class GaussianProcessTests : SearchStrategyContract
{
    protected override ISearchStrategy Create() => SearchStrategy.GaussianProcess(trials: 1, startUp: 5).Method;
}

public sealed class ReducingTests : SearchStrategyContract
{
    protected override bool TriesAll => false;

    protected override ISearchStrategy Create() => SearchStrategy.Reducing(trials: 1, interval: 6, window: 6, byRanks: false).Method;
}

public sealed class ReducingByRanksTests : SearchStrategyContract
{
    protected override bool TriesAll => false;

    protected override ISearchStrategy Create() => SearchStrategy.Reducing(trials: 1, interval: 6, window: 6).Method;
}
