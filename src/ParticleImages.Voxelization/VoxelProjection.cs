namespace ParticleImages.Voxelization;

/// <summary>
/// A picture of the voxels from one side: along the third axis energies are added, the earliest time counts, and one hit is enough.
/// That axis stays with a length of 1.
/// </summary>
public enum VoxelProjection
{
    /// <summary>No projection: (frames, rows, columns).</summary>
    None = 0,

    /// <summary>Columns (x) and rows (y) without time: (1, rows, columns). Every hit counts once, cumulative or not.</summary>
    XY = 1,

    /// <summary>Columns (x) and time: (frames, 1, columns).</summary>
    XT = 2,

    /// <summary>Rows (y) and time: (frames, rows, 1).</summary>
    YT = 3,
}
