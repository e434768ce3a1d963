using ParticleImages.Networks.Engines.Lanes;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>
/// A convolution or a scale, then activations and dropouts, a batch norm and a pool, each of them if there is one: computed map by map in one pass each way. The batch norm's scale and shift are left to
/// whoever reads the output, so they are applied behind the pool; where γ is negative the pool takes the smallest value instead of the largest.
/// </summary>
internal sealed unsafe partial class FusedUnit : FusedStage
{
    private readonly FusedUnitParts parts;
    private readonly FeatureShape map;
    private readonly int places;
    private readonly SlicedConvolution? convolution;
    private readonly NativeBuffer<float> kept = new();
    private readonly NativeBuffer<float> derivatives = new();
    private readonly NativeBuffer<int> taken = new();
    private readonly Scratch[] scratch;
    private MapSums[] sums = [];
    private (float Scale, float Offset)[]? affine;

    public FusedUnit(FusedUnitParts parts, FusedMaps input, FusedMaps output, bool hasSlopes, int workers, int sliceSize)
        : base(input, output, hasSlopes)
    {
        this.parts = parts;
        map = parts.Map;
        places = (int)map.Positions;
        convolution = parts.Convolution is { } module ? new SlicedConvolution(module, hasSlopes) : null;
        scratch = [.. Enumerable.Range(0, workers).Select(_ => new Scratch(map, sliceSize))];
    }

    private bool KeepsDerivatives => parts.Chain.IsGeneral;

    public override void Forward(FusedStep step)
    {
        parts.Norm?.Begin();
        affine = InputAffine();
        Input.BeginApplying(step.Events);
        Output.Begin(step.Events, step.IsTraining);
        int maps = step.Events * map.Channels;
        sums = sums.Length >= maps ? sums : new MapSums[maps];
        convolution?.Begin(step.Slices);
        if (step.IsTraining && convolution is not null)
        {
            // Now, and not when a worker first comes by: what is in memory then does not depend on which worker has been where.
            Array.ForEach(scratch, one => one.NeedConvolved());
        }

        if (step.IsTraining && parts.Pool is { } pool)
        {
            kept.Need((long)maps * places);
            taken.Need(pool.IsPairs || !pool.IsMaximum ? 0 : (long)maps * Output.Places);
        }

        if (step.IsTraining && KeepsDerivatives)
        {
            derivatives.Need((long)maps * places);
        }

        step.ForEachSlice((slice, first, events, worker) => ForwardSlice(step, slice, first, events, scratch[worker]));
        Output.Pending = parts.Norm is not { } norm ? null
            : !step.UsesBatchStatistics ? norm.Running()
            : norm.OfBatch(
                [.. sums.Take(maps).Select(sum => sum.Mean)], [.. sums.Take(maps).Select(sum => sum.Squares)], step.Events, places, updates: step.IsTraining);
    }

    public override void Abandon() => convolution?.Abandon();

    public override void BeginSurvey() => parts.Norm?.BeginSurvey();

    public override void AdoptSurvey() => parts.Norm?.AdoptSurvey();

    public override void EndSurvey() => parts.Norm?.EndSurvey();

    public override void Dispose()
    {
        base.Dispose();
        convolution?.Dispose();
        kept.Dispose();
        derivatives.Dispose();
        taken.Dispose();
        Array.ForEach(scratch, one => one.Dispose());
    }

    /// <summary>What is applied to a map while it is read: what the input leaves to do, and the scale.</summary>
    private (float Scale, float Offset)[]? InputAffine()
    {
        if (parts.Convolution is not null || (Input.Pending is null && parts.Scale is null))
        {
            return null;
        }

        return
        [
            .. Enumerable.Range(0, map.Channels).Select(channel =>
            {
                (float scale, float offset) = Input.Pending?[channel] ?? (1, 0);
                (float factor, float added) = parts.ScaleOf(channel);
                return (scale * factor, (offset * factor) + added);
            }),
        ];
    }

    private void ForwardSlice(FusedStep step, int slice, int first, int events, Scratch own)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? convolved = null;
        float* from;
        if (convolution is not null)
        {
            Input.Apply(first, events, step.Kernels);
            convolved = convolution.Forward(slice, Input.Applied(first, events), step.IsTraining).contiguous();
            from = KeptTensor.Start(convolved, 0);
        }
        else
        {
            from = Input.At(first);
        }

        float* to = Output.At(first);
        for (int i = 0; i < events * map.Channels; i++)
        {
            ForwardMap(step, first + (i / map.Channels), i % map.Channels, from + ((long)i * places), to + ((long)i * Output.Places), own);
        }

        GC.KeepAlive(convolved);
    }

    private void ForwardMap(FusedStep step, int @event, int channel, float* x, float* to, Scratch own)
    {
        IMapKernels kernels = step.Kernels;
        int index = (@event * map.Channels) + channel;
        float* h = parts.Pool is null ? to : step.IsTraining ? kept.At((long)index * places, places) : own.Values;
        (float Scale, float Offset) before = affine?[channel] ?? (1, 0);
        float factor = parts.Chain.FactorOf(step, @event, channel);
        (double derivativeSum, double products) = (0, 0);
        double sum;
        if (KeepsDerivatives)
        {
            kernels.Scale(x, h, places, before);
            float* slopes = step.IsTraining ? derivatives.At((long)index * places, places) : own.Derivatives;
            (derivativeSum, products) = parts.Chain.Run(step, @event, channel, h, slopes, own.Slopes, places);
            sum = kernels.Moments(h, places, 0).Sum;
        }
        else
        {
            (ulong? stream, double rate) = parts.Chain.MaskOf(step, @event, channel);
            sum = kernels.Rectify(x, h, places, before, parts.Chain.IsRectifier, factor, stream, rate);
        }

        if (parts.Norm is not null && step.UsesBatchStatistics)
        {
            // Distances from about the mean cancel less than the values themselves.
            var about = (float)(sum / places);
            (double distance, double squares, double positive) = kernels.Moments(h, places, about);
            double mean = about + (distance / places);
            if (!KeepsDerivatives)
            {
                (derivativeSum, products) = (factor * (parts.Chain.IsRectifier ? positive : places), factor * mean * places);
            }

            sums[index] = new MapSums(mean, squares - (distance * distance / places), derivativeSum, products);
        }

        if (parts.Pool is not { } pool)
        {
            return;
        }

        int sign = parts.Norm?.SignOf(channel) ?? 1;
        if (pool.IsPairs && !double.IsNaN(sum))
        {
            kernels.PoolPairs(h, map, sign, to);
        }
        else
        {
            pool.Forward(h, sign, to, step.IsTraining && pool.IsMaximum && !pool.IsPairs ? taken.At((long)index * Output.Places, Output.Places) : null);
        }
    }

    /// <summary>Of one map: mean, squared distances from it, and sums of the derivatives and of derivative · value.</summary>
    private readonly record struct MapSums(double Mean, double Squares, double Derivatives, double Products);

    /// <summary>A worker's own memory.</summary>
    private sealed class Scratch(FeatureShape map, int sliceSize) : IDisposable
    {
        private readonly NativeBuffer<float> memory = new();
        private readonly KeptTensor slopes = new(map);

        public float* Values => memory.Need(3 * map.Positions);

        public float* Derivatives => Values + map.Positions;

        /// <summary>Slopes by the values, or factors.</summary>
        public float* Slopes => Derivatives + map.Positions;

        /// <summary>Slopes by what a convolution made of a slice.</summary>
        public KeptTensor Convolved => slopes;

        public void NeedConvolved() => slopes.Need(sliceSize);

        public void Dispose()
        {
            memory.Dispose();
            slopes.Dispose();
        }
    }
}
