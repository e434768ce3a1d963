using ParticleImages.Networks;

namespace ParticleImages.Reports.Contents;

/// <summary>A model with its weights, loaded when a picture first asks for them: that takes torch, which all else does without.</summary>
internal sealed class ModelWeights(string folder) : IDisposable
{
    private readonly Lazy<TrainedModel> model = new(() => TrainedModel.Load(folder));

    public TrainedModel Model => model.Value;

    public void Dispose()
    {
        if (model.IsValueCreated)
        {
            model.Value.Dispose();
        }
    }
}
