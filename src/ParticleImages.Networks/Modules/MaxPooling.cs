using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>The largest value of each block; past the input's end there is nothing that could be the largest.</summary>
internal sealed class MaxPooling(FeatureShape input, SlidingWindow window) : nn.Module<Tensor, Tensor>(nameof(MaxPooling))
{
    private static readonly long[] Ones = [1, 1, 1];

    private readonly Windows windows = new(window, input);

    public override Tensor forward(Tensor input)
    {
        using Tensor extended = windows.Extend(input, double.NegativeInfinity);
        return nn.functional.max_pool3d(extended, windows.Size, windows.Stride, windows.Padding, Ones);
    }
}
