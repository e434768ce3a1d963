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

    /// <summary>One line, as of a progress bar: <c>12/14 [03:10&lt;00:32, 15.8 s/it], best 0.6012 in trial 7</c>.</summary>
    public override string ToString()
    {
        string time = $"{Text(Elapsed)}<{(Remaining is { } left ? Text(left) : "?")}";
        string each = PerTrial is { } one ? FormattableString.Invariant($"{one.TotalSeconds:0.##} s/it") : "? s/it";
        string best = Best is { } trial && trial.Values.Count > 0 ? FormattableString.Invariant($", best {trial.Values[0].Value:G4} in trial {trial.Number}") : "";
        return $"{Done}/{(Total is { } total ? total : "?")} [{time}, {each}]{best}{(Failed > 0 ? $", {Failed} failed" : "")}";
    }

    private static string Text(TimeSpan time) => FormattableString.Invariant(
        $"{(time.TotalHours >= 1 ? $"{(int)time.TotalHours}:" : "")}{time.Minutes:00}:{time.Seconds:00}");
}
