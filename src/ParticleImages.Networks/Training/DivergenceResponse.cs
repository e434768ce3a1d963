namespace ParticleImages.Networks;

/// <summary>What a <see cref="Trainer"/> does at a step whose loss or gradient is NaN or infinite, or whose gradient is too large to be squared in float32. The step itself never reaches the weights. A validation loss that is not finite ends the training whatever was chosen.</summary>
public enum DivergenceResponse
{
    /// <summary>The training ends with a <see cref="TrainingDivergedException"/> that names epoch and step; the weights are those before the step.</summary>
    Stop,

    /// <summary>The step is left out, its events do not count in the epoch's record, and the next step follows. Ten in a row, or all of an epoch, end the training.</summary>
    Skip,

    /// <summary>The weights and the optimizer go back to the beginning of the epoch, which is done again with half the learning rate. After ten returns the next divergence ends the training.</summary>
    RollBack,
}
