using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <content>The way back.</content>
internal sealed unsafe partial class FusedUnit
{
    private double[] biasSlopes = [];

    public override void Backward(FusedStep step, Span<float> gradient)
    {
        int maps = step.Events * map.Channels;
        if (parts.Norm is { } norm)
        {
            SumSlopes(step, norm);
            norm.ReadGradient(gradient.Slice(parts.NormStart, 2 * map.Channels));
        }

        if (convolution is null && !HasSlopes)
        {
            return;
        }

        biasSlopes = biasSlopes.Length >= maps ? biasSlopes : new double[maps];
        step.ForEachSlice((slice, first, events, worker) => BackwardSlice(step, slice, first, events, scratch[worker]));
        if (convolution is not null)
        {
            int weights = parts.WeightCount;
            convolution.ReadGradient(step.Slices, gradient.Slice(parts.ConvolutionStart, weights));
            for (int channel = 0; channel < map.Channels; channel++)
            {
                double sum = 0;
                for (int i = channel; i < maps; i += map.Channels)
                {
                    sum += biasSlopes[i];
                }

                gradient[parts.ConvolutionStart + weights + channel] = (float)sum;
            }
        }
    }

    private void SumSlopes(FusedStep step, NormState norm)
    {
        int maps = step.Events * map.Channels;
        var found = new (double Sum, double Products)[maps];
        step.ForEachSlice((_, first, events, _) =>
        {
            float* slopes = Output.SlopesAt(first);
            float* values = Output.At(first);
            for (int i = 0; i < events * map.Channels; i++)
            {
                found[(first * map.Channels) + i] = step.Kernels.SlopeSums(
                    slopes + ((long)i * Output.Places), values + ((long)i * Output.Places), Output.Places, (float)norm.Mean[i % map.Channels]);
            }
        });
        norm.BeginSlopes();
        for (int i = 0; i < maps; i++)
        {
            norm.AddSlopes(i % map.Channels, found[i].Sum, found[i].Products);
        }
    }

    private void BackwardSlice(FusedStep step, int slice, int first, int events, Scratch own)
    {
        using DisposeScope scope = NewDisposeScope();
        float* slopes = Output.SlopesAt(first);
        float* values = Output.At(first);
        float* back = convolution is null ? Input.SlopesAt(first) : own.Convolved.At(0);
        for (int i = 0; i < events * map.Channels; i++)
        {
            BackwardMap(
                step, first + (i / map.Channels), i % map.Channels, slopes + ((long)i * Output.Places), values + ((long)i * Output.Places), back + ((long)i * places), own);
        }

        convolution?.Backward(slice, own.Convolved.Slice(0, events), HasSlopes ? Input.SlopesAt(first) : null);
    }

    private void BackwardMap(FusedStep step, int @event, int channel, float* slopes, float* values, float* back, Scratch own)
    {
        IMapKernels kernels = step.Kernels;
        int index = (@event * map.Channels) + channel;
        float* h = parts.Pool is null ? values : kept.At((long)index * places, places);
        float* derivative = KeepsDerivatives ? derivatives.At((long)index * places, places) : null;
        (double direct, double constant, double linear) = parts.Norm?.Slopes(channel) ?? (1, 0, 0);
        double center = parts.Norm?.Mean[channel] ?? 0;
        double factor = KeepsDerivatives ? 1 : parts.Chain.FactorOf(step, @event, channel);
        double all = factor * parts.ScaleOf(channel).Factor;
        var by = new MapSlopes(
            (float)(direct * all),
            (float)((constant - (linear * (center - (float)center))) * all),
            (float)(linear * all),
            (float)center,
            parts.Chain.IsRectifier);
        double through;
        if (parts.Pool is null)
        {
            through = kernels.Slopes(slopes, h, derivative, places, by, back);
        }
        else if (parts.Pool.IsPairs && !KeepsDerivatives)
        {
            through = kernels.UnpoolPairs(slopes, values, h, map, by, back);
        }
        else
        {
            if (parts.Pool.IsPairs)
            {
                kernels.UnpoolPairs(slopes, values, h, map, new MapSlopes(1, 0, 0, 0, IsRectified: false), own.Slopes);
            }
            else
            {
                parts.Pool.Backward(slopes, parts.Pool.IsMaximum ? taken.At((long)index * Output.Places, Output.Places) : null, own.Slopes);
            }

            through = kernels.Slopes(own.Slopes, h, derivative, places, by, back);
        }

        // In a sum over a map most of the batch norm's terms cancel; so they are not added up one by one.
        MapSums sum = parts.Norm is null ? default : sums[index];
        biasSlopes[index] = (direct * factor * through) + (constant * sum.Derivatives) + (linear * (sum.Products - (center * sum.Derivatives)));
    }
}
