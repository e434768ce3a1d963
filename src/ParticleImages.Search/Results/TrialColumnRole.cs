namespace ParticleImages.Search;

/// <summary>What a <see cref="TrialColumn"/> says of the trials.</summary>
public enum TrialColumnRole
{
    /// <summary>The trial itself: its number, repeat, seed, state, message, its last epoch.</summary>
    Trial,

    /// <summary>When it ran: what another run of the same scan would have differently.</summary>
    Clock,

    /// <summary>What it came to.</summary>
    Metric,

    /// <summary>The standard error of the metric in the column before.</summary>
    Error,

    /// <summary>What was tried.</summary>
    Parameter,

    /// <summary>Where the result comes from.</summary>
    Note,
}
