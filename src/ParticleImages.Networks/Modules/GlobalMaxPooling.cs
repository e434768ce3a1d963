using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>The largest value of each map. A pool over the whole map, so that of several equal values one has the gradient, as in every other pool.</summary>
internal sealed class GlobalMaxPooling(FeatureShape input) : nn.Module<Tensor, Tensor>(nameof(GlobalMaxPooling))
{
    private static readonly long[] Ones = [1, 1, 1];
    private static readonly long[] Zeros = [0, 0, 0];

    private readonly long[] size = [input.Frames, input.Height, input.Width];

    public override Tensor forward(Tensor input)
    {
        using Tensor largest = nn.functional.max_pool3d(input, size, size, Zeros, Ones);
        return largest.flatten(1);
    }
}
