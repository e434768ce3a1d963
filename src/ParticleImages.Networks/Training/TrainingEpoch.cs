using ParticleImages.Evaluation;

namespace ParticleImages.Networks;

/// <summary>An epoch that has just been finished, as a <see cref="ITrainingCallback"/> sees it. Valid during the call.</summary>
public sealed class TrainingEpoch
{
    internal TrainingEpoch(TrainingHistory history, int epochs, VoxelNetwork network)
    {
        History = history;
        Epochs = epochs;
        Network = network;
    }

    /// <summary>What the epoch came to.</summary>
    public EpochRecord Record => History[^1];

    /// <summary>All epochs so far; this one is the last.</summary>
    public TrainingHistory History { get; }

    /// <summary>How many epochs there will be at most.</summary>
    public int Epochs { get; }

    /// <summary>The network with the weights that were judged: averaged and recalibrated where the trainer does so. It may predict and be saved, not trained.</summary>
    public VoxelNetwork Network { get; }

    internal bool IsLast { get; private set; }

    /// <summary>Ends the training after this epoch, as early stopping does.</summary>
    public void StopTraining() => IsLast = true;
}
