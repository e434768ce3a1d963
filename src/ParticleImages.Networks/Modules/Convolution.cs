using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>A convolution with bias.</summary>
internal sealed class Convolution : nn.Module<Tensor, Tensor>
{
    private static readonly long[] Ones = [1, 1, 1];

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Windows windows;

    public Convolution(FeatureShape input, ConvLayer layer, Device device)
        : base(nameof(Convolution))
    {
        windows = new Windows(layer.Window, input);
        weight = Keeping.Parameter(zeros([layer.Filters, input.Channels, .. windows.Size], float32, device));
        bias = Keeping.Parameter(zeros([layer.Filters], float32, device));
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public void Initialize(Generator generator) => Glorot.Fill(weight, generator);

    public Parameter Weight => weight;

    public Parameter Bias => bias;

    public override Tensor forward(Tensor input) => Compute(input, weight, bias);

    /// <summary>The convolution with weights that are given.</summary>
    public Tensor Compute(Tensor input, Tensor weight, Tensor bias)
    {
        using Tensor extended = windows.Extend(input, 0);
        return nn.functional.conv3d(extended, weight, bias, windows.Stride, windows.Padding, Ones, 1);
    }
}
