namespace ParticleImages.Networks;

/// <summary>How a <see cref="WeightAveraging"/> averages.</summary>
public enum WeightAveragingKind
{
    /// <summary>Over the recent steps, with weights that fall exponentially.</summary>
    Exponential,

    /// <summary>Over the ends of the epochs, all alike.</summary>
    Epochs,
}
