namespace ParticleImages.Search;

/// <summary>
/// Keeps the trials of one scan. Every method is one transaction: it happens whole or not at all, whoever else uses the store at the time, in this process or another.
/// <c>TrialStoreContract</c> in the tests says what implementations hold for. Safe for several threads.
/// </summary>
/// <remarks>
/// A trial is claimed for a time, the lease, and the claim is renewed while it runs. A claim whose lease has ended may be given to somebody else with the next
/// attempt; what the earlier owner says from then on is refused, so that no trial is ever recorded twice.
/// </remarks>
public interface ITrialStore : IDisposable
{
    /// <summary>The store's name in messages, for example its file.</summary>
    string Name { get; }

    /// <summary>Begins a scan in an empty store, or goes on with the one that is there.</summary>
    /// <param name="header">The scan.</param>
    /// <exception cref="TrialStoreException">The store has another scan, or is of a newer version.</exception>
    void Begin(ScanHeader header);

    /// <summary>The scan that the store has; null where none has begun.</summary>
    ScanHeader? Header { get; }

    /// <summary>Makes somebody the one who runs the scan, or renews that.</summary>
    /// <param name="owner">Who.</param>
    /// <param name="lease">How long it holds without being renewed.</param>
    /// <returns>Who runs the scan now: the owner, or somebody else whose lease has not ended.</returns>
    string TakeRun(string owner, TimeSpan lease);

    /// <summary>Who runs the scan: the owner of <see cref="TakeRun"/> whose lease has not ended; null where there is none.</summary>
    string? Runner { get; }

    /// <summary>Frees all that somebody holds who is gone, or goes: the run, and running trials, which are pending again.</summary>
    /// <param name="owner">Who.</param>
    void Release(string owner);

    /// <summary>Appends trials.</summary>
    /// <param name="trials">
    /// With consecutive numbers: pending, refused, or ended, as when a scan is copied; or running in the first attempt, claimed with it by the owner that its record names, from now on.
    /// </param>
    /// <param name="lease">How long the claims hold without being renewed; of no meaning where no trial is running.</param>
    /// <returns>Whether they were appended: false, and nothing changed, where the first number is not the next one, because somebody else was faster.</returns>
    bool TryAdd(IReadOnlyList<TrialRecord> trials, TimeSpan lease = default);

    /// <summary>Claims a trial that is pending, or running with a lease that has ended: of these the one of the lowest rank, and of one rank that of the lowest number.</summary>
    /// <param name="owner">Who will run it.</param>
    /// <param name="lease">How long the claim holds without being renewed.</param>
    /// <returns>The trial, running, with its new attempt; null where there is none to run.</returns>
    TrialRecord? Claim(string owner, TimeSpan lease);

    /// <summary>Renews a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="lease">How long it holds from now on.</param>
    /// <returns>Whether it still held.</returns>
    bool Renew(TrialClaim claim, TimeSpan lease);

    /// <summary>Adds a report to a trial. What an earlier attempt had reported of this step and later ones is gone: it was another way on from here.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="report">The report.</param>
    /// <returns>Whether the claim still held; nothing changed otherwise.</returns>
    bool Report(TrialClaim claim, TrialReport report);

    /// <summary>Ends an attempt.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="outcome">How it ended.</param>
    /// <returns>Whether the claim still held; nothing changed otherwise.</returns>
    bool Finish(TrialClaim claim, TrialOutcome outcome);

    /// <summary>What happened after a count of changes.</summary>
    /// <param name="revision">The count; 0 for everything.</param>
    /// <param name="withReports">Whether reports are wanted.</param>
    /// <returns>The changes.</returns>
    TrialChanges ChangesSince(long revision, bool withReports);

    /// <summary>A trial's reports.</summary>
    /// <param name="trial">Its number.</param>
    /// <returns>By step; empty where it has none.</returns>
    IReadOnlyList<TrialReport> ReportsOf(int trial);
}
