namespace ParticleImages.Voxelization;

/// <summary>Where the bins of a <see cref="TimeAxis"/> come from.</summary>
public enum TimeAxisKind
{
    /// <summary>They lie between fixed edges, the same for all events.</summary>
    Edges = 0,

    /// <summary>They will lie between quantiles of the times of events yet to be seen; <see cref="Voxelizer.Fit(HitEvents)"/> makes edges of them.</summary>
    Quantiles = 1,

    /// <summary>Every event has its own: one bin for each of its distinct hit times.</summary>
    DistinctTimes = 2,
}
