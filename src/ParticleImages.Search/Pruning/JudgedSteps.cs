namespace ParticleImages.Search;

/// <summary>At which steps a pruner looks at a trial.</summary>
internal sealed record JudgedSteps
{
    private readonly int warmUp;
    private readonly int interval;

    public JudgedSteps(int warmUp, int interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        this.warmUp = warmUp;
        this.interval = interval;
    }

    public bool Has(int step) => step >= warmUp && (step - warmUp) % interval == 0;

    public override string ToString() => FormattableString.Invariant($"from step {warmUp} on{(interval == 1 ? "" : $" every {interval}")}");
}
