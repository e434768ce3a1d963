namespace ParticleImages.Search;

/// <summary>How an attempt at a trial ended.</summary>
public sealed record TrialOutcome
{
    /// <summary>The state that the trial has now: <see cref="TrialState.Pending"/> gives it back for another attempt.</summary>
    public required TrialState State { get; init; }

    /// <summary>What it came to.</summary>
    public TrialMetrics Metrics { get; init; } = TrialMetrics.None;

    /// <summary>A value for each objective; empty where there are none.</summary>
    public IReadOnlyList<MetricValue> Values { get; init; } = [];

    /// <summary>Where it comes from.</summary>
    public TrialNotes Notes { get; init; } = TrialNotes.None;

    /// <summary>What went wrong, or why it ended early.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the attempt counts as a failure: also of a trial that is given back for another attempt.</summary>
    public bool IsFailure { get; init; }
}
