using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>factor · x + offset, channel by channel, with numbers that are no weights.</summary>
internal sealed class Scaling : nn.Module<Tensor, Tensor>
{
    private static readonly TorchSharp.Scalar One = 1.0f;

    private readonly Constant factors;
    private readonly Constant? offsets;

    public Scaling(FeatureShape input, ScaleLayer layer, Device device)
        : base(nameof(Scaling))
    {
        factors = Channels(layer.Factors, input, device);
        offsets = layer.Offsets.All(offset => (float)offset == 0) ? null : Channels(layer.Offsets, input, device);
    }

    public override Tensor forward(Tensor input)
    {
        if (offsets is null)
        {
            return input.mul(factors.Value);
        }

        using Tensor scaled = input.mul(factors.Value);
        return scaled.add(offsets.Value, One);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            factors.Dispose();
            offsets?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Constant Channels(IReadOnlyList<double> numbers, FeatureShape input, Device device)
    {
        float[] rounded = [.. numbers.Select(number => (float)number)];
        long[] shape = input.IsFlat ? [1, rounded.Length] : [1, rounded.Length, 1, 1, 1];
        return new Constant(tensor(rounded, shape, float32, device));
    }
}
