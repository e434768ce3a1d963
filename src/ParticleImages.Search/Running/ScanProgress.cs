namespace ParticleImages.Search;

/// <summary>How far a scan has come.</summary>
public sealed record ScanProgress
{
    /// <summary>Trials that have ended, in all runs of the scan, without the infeasible ones.</summary>
    public required int Done { get; init; }

    /// <summary>How many there will be; null where nobody knows.</summary>
    public long? Total { get; init; }

    /// <summary>Trials that have ended in this run.</summary>
    public required int DoneHere { get; init; }

    /// <summary>Trials that run now.</summary>
    public required int Running { get; init; }

    /// <summary>How many of those that ended have failed.</summary>
    public required int Failed { get; init; }

    /// <summary>How many of those that ended were pruned.</summary>
    public required int Pruned { get; init; }

    /// <summary>How many configurations were refused as infeasible.</summary>
    public required int Infeasible { get; init; }

    /// <summary>How long this run has taken.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How long it will still take, if the trials go on as those of this run did; null before the first has ended, or without a total.</summary>
    public TimeSpan? Remaining => Total is { } total && DoneHere > 0 ? Elapsed / DoneHere * Math.Max(0, total - Done) : null;

    /// <summary>Time a trial in this run, those that run beside each other counted as one; null before the first has ended.</summary>
    public TimeSpan? PerTrial => DoneHere > 0 ? Elapsed / DoneHere : null;

    /// <summary>The finished trial that is best in the first objective; null before there is one.</summary>
    public TrialRecord? Best { get; init; }
}
