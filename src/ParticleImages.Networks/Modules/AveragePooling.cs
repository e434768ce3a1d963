using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>The mean of each block's values; what is past the input's end does not count.</summary>
internal sealed class AveragePooling : nn.Module<Tensor, Tensor>
{
    private readonly Windows windows;

    // torch leaves padding out of the count only where it is the same at both ends.
    private readonly Constant? covered;

    public AveragePooling(FeatureShape input, SlidingWindow window, Device device)
        : base(nameof(AveragePooling))
    {
        windows = new Windows(window, input);
        covered = windows.IsPadded ? new Constant(windows.Covered(device)) : null;
    }

    public override Tensor forward(Tensor input)
    {
        if (covered is null)
        {
            return nn.functional.avg_pool3d(input, windows.Size, windows.Stride, windows.Padding);
        }

        using Tensor extended = windows.Extend(input, 0);
        using Tensor sums = nn.functional.avg_pool3d(extended, windows.Size, windows.Stride, windows.Padding, divisor_override: 1);
        return sums.div(covered.Value);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            covered?.Dispose();
        }

        base.Dispose(disposing);
    }
}
