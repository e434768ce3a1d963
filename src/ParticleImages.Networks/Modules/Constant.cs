using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>Numbers that a module keeps and that are no weights: a tensor that is a module's own field would be listed, saved and loaded among the weights.</summary>
internal sealed class Constant(Tensor value) : IDisposable
{
    public Tensor Value { get; } = value.DetachFromDisposeScope();

    public void Dispose() => Value.Dispose();
}
