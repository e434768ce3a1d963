using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>branch(x) + shortcut(x).</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private static readonly TorchSharp.Scalar One = 1.0f;

    public ResidualBlock(ResidualLayer layer, FeatureShape input, LayerPosition at, Device device)
        : base(nameof(ResidualBlock))
    {
        Parts = LayerModules.CreateParts(this, layer, input, at, device);
    }

    public IReadOnlyList<LayerChain> Parts { get; }

    public override Tensor forward(Tensor input)
    {
        using Tensor branch = Parts[0].call(input);
        using Tensor shortcut = Parts[1].call(input);
        return branch.add(shortcut, One);
    }
}
