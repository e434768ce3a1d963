using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>
/// ELU: x above 0, eˣ − 1 below. With a number object of its own that lives as long as the program; TorchSharp's module makes one a call, which the
/// garbage collector may free while torch reads it.
/// </summary>
internal sealed class ExponentialUnit() : nn.Module<Tensor, Tensor>(nameof(ExponentialUnit))
{
    private static readonly Scalar One = 1.0f;

    public override Tensor forward(Tensor input) => input.elu(One, One, One);
}
