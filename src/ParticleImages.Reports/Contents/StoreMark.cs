using ParticleImages.Search;
using ParticleImages.Search.Storage;

namespace ParticleImages.Reports.Contents;

/// <summary>By what a store is known to have nothing new: of a hundred thousand trials one is read, the last that changed.</summary>
internal sealed class StoreMark
{
    private readonly string path;
    private readonly ScanHeader header;
    private readonly string? runner;
    private readonly TrialRecord? last;

    /// <param name="store">The store.</param>
    /// <param name="runner">Who ran it before it was read.</param>
    /// <param name="scan">What was read.</param>
    public StoreMark(ITrialStore store, string? runner, ScanResult scan)
    {
        path = store.Name;
        this.runner = runner;
        header = scan.Header;
        last = scan.Trials.MaxBy(trial => trial.Revision);
    }

    /// <summary>Whether the store is the one that was read, as it was. That whoever ran it has crashed shows when the lease ends, within a minute.</summary>
    /// <param name="patience">How long to wait for somebody who holds it.</param>
    public bool IsCurrent(TimeSpan patience)
    {
        try
        {
            using ITrialStore store = SqliteTrialStore.OpenReadOnly(path, patience);
            if (store.Header != header || store.Runner != runner)
            {
                return false;
            }

            // Of a scan that was begun anew the trial of this revision is another one, or not there yet.
            IReadOnlyList<TrialRecord> changed = store.ChangesSince((last?.Revision ?? 1) - 1, withReports: false).Trials;
            return last is null ? changed.Count == 0 : changed is [var only] && IsSame(only, last);
        }
        catch (TrialStoreException)
        {
            // Gone, or no store any more: who reads it says so.
            return false;
        }
    }

    private static bool IsSame(TrialRecord one, TrialRecord other) =>
        (one.Number, one.Revision, one.Seed, one.Attempt, one.Owner, one.Start, one.End) == (other.Number, other.Revision, other.Seed, other.Attempt, other.Owner, other.Start, other.End);
}
