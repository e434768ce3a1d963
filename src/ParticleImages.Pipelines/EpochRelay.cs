using ParticleImages.Evaluation;
using ParticleImages.Networks;

namespace ParticleImages.Pipelines;

/// <summary>
/// Tells of each epoch once and in order. A training that goes on from a checkpoint does not call back for the epochs that are in it, but whoever listens is new: those are
/// told with the first epoch that is done here, or at the end.
/// </summary>
internal sealed class EpochRelay(Action<EpochRecord>? onEpoch) : ITrainingCallback
{
    private int told;

    public void OnEpoch(TrainingEpoch epoch) => Tell(epoch.History);

    public void Finish(TrainingHistory history) => Tell(history);

    private void Tell(TrainingHistory history)
    {
        for (; told < history.Count; told++)
        {
            onEpoch?.Invoke(history[told]);
        }
    }
}
