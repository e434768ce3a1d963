using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>The mean of each map.</summary>
internal sealed class GlobalAveragePooling() : nn.Module<Tensor, Tensor>(nameof(GlobalAveragePooling))
{
    private static readonly long[] Places = [2, 3, 4];

    public override Tensor forward(Tensor input) => input.mean(Places);
}
