using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>
/// Dropout of values, or of whole maps, from a generator of its own. torch's dropout draws from one generator of the whole process, so a training
/// would depend on whatever else runs there.
/// </summary>
internal sealed class SeededDropout : nn.Module<Tensor, Tensor>
{
    private readonly Generator generator;
    private readonly double keep;
    private readonly bool wholeMaps;
    private readonly int channels;
    private readonly Device device;

    // Held, since an implicit Scalar may be freed by the garbage collector while torch still reads it.
    private readonly Scalar scale;

    public SeededDropout(double rate, bool wholeMaps, int channels, Device device)
        : base(nameof(SeededDropout))
    {
        generator = new Generator(0, device);
        keep = 1 - rate;
        scale = (float)(1 / keep);
        this.wholeMaps = wholeMaps;
        this.channels = channels;
        this.device = device;
    }

    /// <summary>Starts the masks anew.</summary>
    public void Seed(ulong seed) => generator.manual_seed((long)seed);

    public override Tensor forward(Tensor input)
    {
        if (!training || keep == 1)
        {
            return input.alias();
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor mask = wholeMaps ? Factors([input.shape[0], input.shape[1], 1, 1, 1]) : empty_like(input).bernoulli_(keep, generator).mul_(scale);
        return (input * mask).MoveToOuterDisposeScope();
    }

    /// <summary>The factors of whole maps that <see cref="forward"/> would multiply so many events by, (events, channels); none where it drops single values.</summary>
    public float[] ChannelFactors(int events)
    {
        if (!wholeMaps || keep == 1)
        {
            return [];
        }

        using DisposeScope scope = NewDisposeScope();
        return Factors([events, channels, 1, 1, 1]).cpu().data<float>().ToArray();
    }

    private Tensor Factors(long[] shape) => empty(shape, float32, device).bernoulli_(keep, generator).mul_(scale);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            generator.Dispose();
            scale.Dispose();
        }

        base.Dispose(disposing);
    }
}
