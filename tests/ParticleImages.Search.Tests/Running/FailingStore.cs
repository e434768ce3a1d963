namespace ParticleImages.Search.Tests.Running;

/// <summary>A store that can be told to fail.</summary>
internal sealed class FailingStore(ITrialStore inner) : ITrialStore
{
    public bool IsBroken { get; set; }

    /// <summary>Gets or sets whether it fails at the ends of trials alone, as if the process had been killed just before.</summary>
    public bool IsDeaf { get; set; }

    public string Name => inner.Name;

    public ScanHeader? Header => Working.Header;

    private ITrialStore Working => IsBroken ? throw new TrialStoreException("The disk is full.") : inner;

    public void Begin(ScanHeader header) => Working.Begin(header);

    public string TakeRun(string owner, TimeSpan lease) => Working.TakeRun(owner, lease);

    public string? Runner => Working.Runner;

    public void Release(string owner) => Working.Release(owner);

    public bool TryAdd(IReadOnlyList<TrialRecord> trials, TimeSpan lease) => Working.TryAdd(trials, lease);

    public TrialRecord? Claim(string owner, TimeSpan lease) => Working.Claim(owner, lease);

    public bool Renew(TrialClaim claim, TimeSpan lease) => Working.Renew(claim, lease);

    public bool Report(TrialClaim claim, TrialReport report) => Working.Report(claim, report);

    public bool Finish(TrialClaim claim, TrialOutcome outcome) => IsDeaf ? throw new TrialStoreException("Nobody listens.") : Working.Finish(claim, outcome);

    public TrialChanges ChangesSince(long revision, bool withReports) => Working.ChangesSince(revision, withReports);

    public IReadOnlyList<TrialReport> ReportsOf(int trial) => Working.ReportsOf(trial);

    public void Dispose() => inner.Dispose();
}
