namespace ParticleImages.Voxelization;

/// <summary>What becomes of a hit whose time lies outside all bins; one policy for both ends of the axis.</summary>
public enum OutsideTime
{
    /// <summary>The hit is dropped. The default.</summary>
    Drop = 0,

    /// <summary>The hit goes to the nearest bin: an early one to the first bin, a late one to the last.</summary>
    Nearest = 1,
}
