using ParticleImages.Networks.Modules;

namespace ParticleImages.Networks.Engines;

/// <summary>A network's weights in torch, as the vectors that a training keeps.</summary>
/// <param name="stack">The network's modules.</param>
internal sealed class StackVectors(LayerStack stack)
{
    /// <summary>What is fitted.</summary>
    public TensorVector Trained { get; } = new([.. stack.parameters()]);

    /// <summary>Running statistics.</summary>
    public TensorVector Statistics { get; } = new([.. stack.buffers()]);
}
