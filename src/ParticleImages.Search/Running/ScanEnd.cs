namespace ParticleImages.Search;

/// <summary>Why a run of a scan ended.</summary>
public enum ScanEnd
{
    /// <summary>As many configurations as the strategy says were tried, or all that there are.</summary>
    Complete,

    /// <summary>This run's number of trials was reached; <see cref="Scan.AtMost"/>.</summary>
    RoundLimit,

    /// <summary>No further trial would have ended within the time; <see cref="Scan.StopAfter"/>.</summary>
    TimeLimit,

    /// <summary>A trial was as good as wanted; <see cref="Scan.StopAt"/>.</summary>
    TargetReached,
}
