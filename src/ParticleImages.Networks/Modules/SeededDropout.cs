using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>
/// Dropout from a generator of its own. torch's dropout draws from one generator of the whole process, so a training
/// would depend on whatever else runs there.
/// </summary>
internal sealed class SeededDropout : nn.Module<Tensor, Tensor>
{
    private readonly Generator generator = new(0);
    private readonly double keep;

    // Held, since an implicit Scalar may be freed by the garbage collector while torch still reads it.
    private readonly Scalar scale;

    public SeededDropout(double rate)
        : base(nameof(SeededDropout))
    {
        keep = 1 - rate;
        scale = (float)(1 / keep);
    }

    public void Seed(long seed) => generator.manual_seed(seed);

    public override Tensor forward(Tensor input)
    {
        if (!training || keep == 1)
        {
            return input.alias();
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor mask = empty_like(input).bernoulli_(keep, generator).mul_(scale);
        return (input * mask).MoveToOuterDisposeScope();
    }

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
