namespace ParticleImages.Networks;

/// <summary>Code of a user that a <see cref="Trainer"/> calls, on the training thread. What it throws ends the training.</summary>
/// <remarks>
/// It must not change the network. A training that goes on from a checkpoint calls it for the steps and epochs that it does itself: after a
/// killed program, steps since the last checkpoint are reported a second time.
/// </remarks>
public interface ITrainingCallback
{
    /// <summary>After every step.</summary>
    /// <param name="progress">Where the training is, with the mean loss of the epoch so far.</param>
    void OnStep(TrainingProgress progress)
    {
    }

    /// <summary>After every epoch, when it has been validated. The network has the weights that were judged.</summary>
    /// <param name="epoch">The epoch, with the network and the possibility to end the training.</param>
    void OnEpoch(TrainingEpoch epoch);
}
