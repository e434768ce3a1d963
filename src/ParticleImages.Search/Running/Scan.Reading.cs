namespace ParticleImages.Search;

/// <content>Results without a run.</content>
public sealed partial record Scan
{
    /// <summary>Reads what the store has of the scan by now, without running it: also while another process does.</summary>
    /// <returns>What the trials came to so far; no trials where the store is empty.</returns>
    /// <exception cref="InvalidOperationException">Strategy, objective or store are missing.</exception>
    /// <exception cref="TrialStoreException">The store has another scan, or it failed.</exception>
    public ScanResult Read()
    {
        CheckWhole();
        if (Store!.Header is { } stored && stored != Header)
        {
            throw new TrialStoreException($"The store {Store.Name} has another scan: {string.Join("; ", Header.DifferencesFrom(stored))}. Describe that one, or name another store.");
        }

        var history = new TrialHistory(Objectives);
        history.Follow(Store, withReports: false);
        return new ScanResult(this, [.. history.Trials], ended: null, Header, IsRun(Store));
    }

    internal static ScanResult Stored(ITrialStore store)
    {
        ScanHeader header = store.Header
            ?? throw new TrialStoreException($"No scan has begun in the store {store.Name} yet, so there is nothing to read. Run one with it, or name another store.");
        bool isRunning = IsRun(store);
        Objective[] objectives = [.. Objective.Parse(header.Objectives)];
        var history = new TrialHistory(objectives);
        history.Follow(store, withReports: false);
        Scan scan = Over(StoredSpace.Of(header.Space, history.Trials)).StoreIn(store) with { Objectives = [.. objectives], Repeats = header.Repeats };
        return new ScanResult(scan, [.. history.Trials], ended: null, header, isRunning);
    }

    // A process that crashed has its lease for a minute yet.
    private static bool IsRun(ITrialStore store) => store.Runner is { } owner && !ScanOwner.IsGone(owner);
}
