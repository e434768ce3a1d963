using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>Weighted sums of all inputs plus a bias.</summary>
internal sealed class FullyConnected : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;

    public FullyConnected(int inputs, DenseLayer layer, Device device)
        : base(nameof(FullyConnected))
    {
        weight = Keeping.Parameter(zeros([layer.Units, inputs], float32, device));
        bias = Keeping.Parameter(zeros([layer.Units], float32, device));
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public void Initialize(Generator generator) => Glorot.Fill(weight, generator);

    public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
}
