namespace ParticleImages.Search;

/// <summary>All that a store knows of a trial but its reports. Immutable.</summary>
public sealed record TrialRecord
{
    /// <summary>The trial's number in its scan, from 0, in the order of the proposals.</summary>
    public required int Number { get; init; }

    /// <summary>The number of the proposal, from 0: repeats of a configuration share it.</summary>
    public required int Proposal { get; init; }

    /// <summary>Which repeat of the configuration it is, from 0.</summary>
    public int Repeat { get; init; }

    /// <summary>What is tried.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>The seed for everything random in the trial, 0 or more: from the scan's seed, the configuration and the repeat.</summary>
    public required int Seed { get; init; }

    /// <summary>What the strategy wants to know again of its proposal.</summary>
    public string? Mark { get; init; }

    /// <summary>Pending trials are begun in the order of their ranks, those of one rank in the order of their numbers.</summary>
    public long Rank { get; init; }

    /// <summary>How far it has come.</summary>
    public TrialState State { get; init; }

    /// <summary>How often it was begun. The number keeps apart who runs it now and who ran it before.</summary>
    public int Attempt { get; init; }

    /// <summary>How many attempts ended with an error.</summary>
    public int Failures { get; init; }

    /// <summary>Who runs it or ran it last; null before the first attempt.</summary>
    public string? Owner { get; init; }

    /// <summary>When the last attempt began.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>The last step that it reported; null if none.</summary>
    public int? LastStep { get; init; }

    /// <summary>What it came to.</summary>
    public TrialMetrics Metrics { get; init; } = TrialMetrics.None;

    /// <summary>A value for each of the scan's objectives, in their order; empty where it has none yet.</summary>
    public IReadOnlyList<MetricValue> Values { get; init; } = [];

    /// <summary>Where it comes from: what the last attempt that ended has noted.</summary>
    public TrialNotes Notes { get; init; } = TrialNotes.None;

    /// <summary>Why it failed, was pruned or refused; null otherwise.</summary>
    public string? Message { get; init; }

    /// <summary>The store's count of changes at this trial's last one.</summary>
    public long Revision { get; init; }

    /// <summary>The trial's own folder in that of a scan: <see cref="Scan.FilesIn"/>.</summary>
    /// <param name="root">The scan's folder.</param>
    /// <returns>The path; the folder need not exist.</returns>
    public string FolderIn(string root) => Path.Combine(root, FormattableString.Invariant($"trial-{Number:D5}"));

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool HasEnded => State is not (TrialState.Pending or TrialState.Running);

    /// <summary>How long the last attempt took; null while it runs.</summary>
    public TimeSpan? Duration => End - Start;
}
