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
        return new ScanResult(this, [.. history.Trials], ended: null);
    }
}
