using System.Runtime.InteropServices;
using ParticleImages.Networks.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>A convolution of slices of a batch by torch, whose outputs are not kept for the way back: it does not need them.</summary>
/// <param name="module">The weights.</param>
/// <param name="hasSlopes">Whether slopes by the input are wanted.</param>
internal sealed unsafe class SlicedConvolution(Convolution module, bool hasSlopes) : IDisposable
{
    private Slice[] slices = [];

    /// <summary>Makes room for a batch.</summary>
    public void Begin(int count)
    {
        Abandon();
        slices = slices.Length >= count ? slices : new Slice[count];
    }

    /// <summary>The maps; they belong to the current dispose scope.</summary>
    public Tensor Forward(int slice, Tensor input, bool isTraining)
    {
        if (!isTraining)
        {
            using IDisposable none = no_grad();
            return module.call(input);
        }

        using IDisposable gradient = enable_grad();
        var holder = new SlopeHolder();
        Tensor leaf = input.detach().requires_grad_(hasSlopes);
        Tensor weight = module.Weight.detach().requires_grad_();
        using Tensor bias = module.Bias.detach();
        Tensor output = module.Compute(leaf, weight, bias);
        Tensor root = OutputLetGo.apply(holder, output);
        slices[slice] = new Slice(leaf.DetachFromDisposeScope(), weight.DetachFromDisposeScope(), root.DetachFromDisposeScope(), holder);
        return output;
    }

    /// <summary>Goes back through a slice.</summary>
    /// <param name="slice">Which.</param>
    /// <param name="slopes">By the maps.</param>
    /// <param name="back">Receives those by the input; null where none are wanted.</param>
    public void Backward(int slice, Tensor slopes, float* back)
    {
        Slice own = slices[slice];
        using (enable_grad())
        {
            own.Holder.Slopes = slopes;
            own.Root.backward();
            own.Holder.Slopes = null;
        }

        if (back is not null)
        {
            using Tensor given = own.Input.grad ?? throw new InvalidOperationException("The convolution has no slopes by its input.");
            TensorVector.Copy(given, new Span<float>(back, (int)given.NumberOfElements));
        }

        own.Input.Dispose();
        own.Root.Dispose();
    }

    /// <summary>Adds the weights' gradients of all slices in order, and forgets the batch.</summary>
    public void ReadGradient(int count, Span<float> gradient)
    {
        var sums = new double[gradient.Length];
        for (int i = 0; i < count; i++)
        {
            using Tensor own = slices[i].Weight.grad ?? throw new InvalidOperationException("The convolution's weights have no gradient.");
            using Tensor contiguous = own.contiguous();
            ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(contiguous.bytes);
            for (int j = 0; j < sums.Length; j++)
            {
                sums[j] += values[j];
            }

            GC.KeepAlive(contiguous);
        }

        for (int j = 0; j < sums.Length; j++)
        {
            gradient[j] = (float)sums[j];
        }

        Abandon();
    }

    /// <summary>Forgets the batch.</summary>
    public void Abandon()
    {
        foreach (Slice slice in slices)
        {
            slice.Input?.Dispose();
            slice.Weight?.Dispose();
            slice.Root?.Dispose();
        }

        Array.Clear(slices);
    }

    public void Dispose() => Abandon();

    private readonly record struct Slice(Tensor Input, Tensor Weight, Tensor Root, SlopeHolder Holder);

    private sealed class SlopeHolder
    {
        public Tensor? Slopes { get; set; }
    }

    /// <summary>Stands for a tensor on the way back, which it lets go at once; its slopes are handed over by the holder.</summary>
    private sealed class OutputLetGo : autograd.SingleTensorFunction<OutputLetGo>
    {
        private static readonly long[] One = [1];

        public override string Name => nameof(OutputLetGo);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data(nameof(SlopeHolder), vars[0]);
            return zeros(One, float32, CPU);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var holder = (SlopeHolder)ctx.get_data(nameof(SlopeHolder));
            return [null!, holder.Slopes ?? throw new InvalidOperationException("Nobody has handed slopes over.")];
        }
    }
}
