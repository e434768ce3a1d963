using ParticleImages.Evaluation;
using ParticleImages.Onnx;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>An exported model, computed by ONNX Runtime.</summary>
internal sealed class OnnxScoring : ScoringModel
{
    private readonly OnnxModel model;

    private OnnxScoring(OnnxModel model, Voxelizer voxelizer, string name) => (this.model, Voxelizer, Name) = (model, voxelizer, name);

    public override string Name { get; }

    public override Voxelizer Voxelizer { get; }

    public override VoxelShape Input => model.InputShape;

    /// <exception cref="IOException">The file can't be loaded, or does not say how events become voxels.</exception>
    public static OnnxScoring Load(string path, int? threads)
    {
        OnnxModel model = OnnxModel.Load(path, threads);
        if (model.Voxelizer is { } voxelizer)
        {
            return new OnnxScoring(model, voxelizer, path);
        }

        model.Dispose();
        throw new IOException($"{path} does not say how events become voxels. A file as export-onnx writes it says so.");
    }

    public override float[] Predict(EventSource events, CancellationToken cancellation) => model.Predict(events, cancellation);

    public override EvaluationResult Evaluate(EventSource events, CancellationToken cancellation) => model.Evaluate(events, cancellation);

    public override void Dispose() => model.Dispose();
}
