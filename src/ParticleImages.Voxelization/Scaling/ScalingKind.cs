namespace ParticleImages.Voxelization;

/// <summary>What a <see cref="VoxelScaling"/> does to a value.</summary>
public enum ScalingKind
{
    /// <summary>It multiplies by a number.</summary>
    Factor = 0,

    /// <summary>It takes ln(1 + x).</summary>
    Log1p = 1,

    /// <summary>It takes the square root.</summary>
    SquareRoot = 2,

    /// <summary>It divides by the largest value of the event.</summary>
    EventMaximum = 3,

    /// <summary>It subtracts a mean and divides by a standard deviation, both found on data.</summary>
    Standardise = 4,
}
