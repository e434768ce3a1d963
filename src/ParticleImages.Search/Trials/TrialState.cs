namespace ParticleImages.Search;

/// <summary>How far a trial has come.</summary>
public enum TrialState
{
    /// <summary>Proposed, and waiting for somebody to run it: also after an attempt that was interrupted.</summary>
    Pending,

    /// <summary>Somebody runs it.</summary>
    Running,

    /// <summary>It ran to its end and has a value for every objective.</summary>
    Finished,

    /// <summary>It was ended early because others were better at that point. Its last reported values stand for it.</summary>
    Pruned,

    /// <summary>It ended with an error, or with a value that is no number, or took too long; the message says which.</summary>
    Failed,

    /// <summary>It was refused before anything was spent on it; the message says why.</summary>
    Infeasible,
}
