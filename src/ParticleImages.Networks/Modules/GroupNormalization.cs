using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>Each event's groups of channels normalized by their own mean and variance.</summary>
internal sealed class GroupNormalization : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly int groups;
    private readonly double epsilon;

    public GroupNormalization(int channels, GroupNormLayer layer, Device device)
        : base(nameof(GroupNormalization))
    {
        weight = Keeping.Parameter(ones([channels], float32, device));
        bias = Keeping.Parameter(zeros([channels], float32, device));
        groups = layer.Groups;
        epsilon = layer.Epsilon;
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public override Tensor forward(Tensor input) => nn.functional.group_norm(input, groups, weight, bias, epsilon);
}
