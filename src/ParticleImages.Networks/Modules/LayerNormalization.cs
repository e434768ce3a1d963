using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>The channels at each place, or the values of a row, normalized by their own mean and variance.</summary>
internal sealed class LayerNormalization : nn.Module<Tensor, Tensor>
{
    private static readonly long[] ChannelsLast = [0, 2, 3, 4, 1];
    private static readonly long[] ChannelsFirst = [0, 4, 1, 2, 3];

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] channels;
    private readonly bool isFlat;
    private readonly double epsilon;

    public LayerNormalization(FeatureShape input, LayerNormLayer layer, Device device)
        : base(nameof(LayerNormalization))
    {
        channels = [input.Channels];
        isFlat = input.IsFlat;
        epsilon = layer.Epsilon;
        weight = Keeping.Parameter(ones(channels, float32, device));
        bias = Keeping.Parameter(zeros(channels, float32, device));
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public override Tensor forward(Tensor input)
    {
        if (isFlat)
        {
            return nn.functional.layer_norm(input, channels, weight, bias, epsilon);
        }

        // torch normalizes the last axes.
        using Tensor turned = input.permute(ChannelsLast);
        using Tensor normal = nn.functional.layer_norm(turned, channels, weight, bias, epsilon);
        using Tensor back = normal.permute(ChannelsFirst);
        return back.contiguous();
    }
}
