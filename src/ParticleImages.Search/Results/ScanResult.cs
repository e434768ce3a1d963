namespace ParticleImages.Search;

/// <summary>What a scan has come to.</summary>
public sealed class ScanResult
{
    internal ScanResult(Scan scan, IReadOnlyList<TrialRecord> trials, ScanEnd? ended)
    {
        Space = scan.Space;
        Objectives = scan.Objectives;
        Trials = trials;
        Ended = ended;
    }

    /// <summary>What was searched.</summary>
    public ISearchSpace Space { get; }

    /// <summary>What was wanted.</summary>
    public IReadOnlyList<Objective> Objectives { get; }

    /// <summary>Every trial, by number.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; }

    /// <summary>Why the run ended; null where it goes on.</summary>
    public ScanEnd? Ended { get; }
}
