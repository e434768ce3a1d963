namespace ParticleImages.Voxelization;

/// <summary>What a voxel tells of the hits in it.</summary>
public enum VoxelChannel
{
    /// <summary>Their energy, the sum where there are several; 0 without a hit.</summary>
    Energy = 0,

    /// <summary>The time of the earliest of them; 0 without a hit.</summary>
    Time = 1,

    /// <summary>1 if there is a hit, else 0.</summary>
    Hit = 2,
}
