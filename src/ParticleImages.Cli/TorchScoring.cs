using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>A saved model, computed by torch.</summary>
internal sealed class TorchScoring(TrainedModel model, string name) : ScoringModel
{
    public override string Name => name;

    public override Voxelizer Voxelizer => model.Voxelizer;

    public override VoxelShape Input => model.Network.Description.Input;

    public override float[] Predict(EventSource events, CancellationToken cancellation) => model.Network.Predict(model.Voxelizer, events, cancellation);

    public override EvaluationResult Evaluate(EventSource events, CancellationToken cancellation) =>
        model.Network.Evaluate(model.Voxelizer, events, cancellation);

    public override void Dispose() => model.Dispose();
}
