namespace ParticleImages.Search.Tests;

public sealed class MedianPrunerTests : PrunerContract
{
    protected override IPruner Create() => Pruner.Median();
}

public sealed class PatientMedianPrunerTests : PrunerContract
{
    protected override IPruner Create() => Pruner.Median(warmUp: 5, minimumTrials: 10, interval: 4);
}

public sealed class PercentilePrunerTests : PrunerContract
{
    protected override IPruner Create() => Pruner.Percentile(20);
}

public sealed class ThresholdPrunerTests : PrunerContract
{
    protected override IPruner Create() => Pruner.Threshold(10);
}

public sealed class HalvingPrunerTests : PrunerContract
{
    protected override IPruner Create() => Pruner.SuccessiveHalving();
}

public sealed class HyperbandPrunerTests : PrunerContract
{
    protected override IPruner Create() => Pruner.Hyperband(last: 9);
}
