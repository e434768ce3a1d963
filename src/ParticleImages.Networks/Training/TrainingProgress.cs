using ParticleImages.Evaluation;

namespace ParticleImages.Networks;

/// <summary>How far a training is. Reported after every step, and once more, with <see cref="Finished"/>, after every epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Step">The step within the epoch, from 1.</param>
/// <param name="Steps">Steps an epoch.</param>
/// <param name="Loss">The mean training loss of this epoch so far; NaN while all its steps were left out.</param>
/// <param name="Finished">The epoch's record when it has just been finished and validated; else null.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, int Step, int Steps, double Loss, EpochRecord? Finished);
