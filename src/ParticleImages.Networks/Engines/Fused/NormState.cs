using System.Runtime.InteropServices;
using ParticleImages.Networks.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>A batch norm's numbers for each channel, in double.</summary>
internal sealed class NormState(BatchNormLayer layer, BatchNormalization module, int channels)
{
    private readonly float[] gamma = new float[channels];
    private readonly float[] beta = new float[channels];
    private readonly double[] mean = new double[channels];
    private readonly double[] inverse = new double[channels];
    private readonly double[] slopeSums = new double[channels];
    private readonly double[] slopeProducts = new double[channels];
    private long count;
    private ChannelMoments? survey;

    public double[] Mean => mean;

    /// <summary>Which value of a pool's block becomes its largest: above 0 the largest, below 0 the smallest, at 0 the first.</summary>
    public int SignOf(int channel) => float.IsNaN(gamma[channel]) ? 1 : Math.Sign(gamma[channel]);

    /// <summary>Takes the module's weights over.</summary>
    public void Begin()
    {
        TensorVector.Copy(Weight("weight"), gamma);
        TensorVector.Copy(Weight("bias"), beta);
    }

    /// <summary>Scale and offset from the running statistics.</summary>
    public (float Scale, float Offset)[] Running()
    {
        var means = new float[channels];
        var variances = new float[channels];
        TensorVector.Copy(Statistic("running_mean"), means);
        TensorVector.Copy(Statistic("running_var"), variances);
        for (int channel = 0; channel < channels; channel++)
        {
            (mean[channel], inverse[channel]) = (means[channel], 1 / Math.Sqrt(variances[channel] + layer.Epsilon));
        }

        return Affine();
    }

    /// <summary>Scale and offset from a batch's statistics.</summary>
    /// <param name="means">Of each map.</param>
    /// <param name="squares">Of each map, the sum of squared distances from its mean.</param>
    /// <param name="events">Events.</param>
    /// <param name="places">Places of a map.</param>
    /// <param name="updates">Whether the running statistics follow.</param>
    public (float Scale, float Offset)[] OfBatch(double[] means, double[] squares, int events, int places, bool updates)
    {
        count = (long)events * places;
        var variances = new double[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            double sum = 0;
            for (int i = 0; i < events; i++)
            {
                sum += means[(i * channels) + channel];
            }

            mean[channel] = sum / events;
            double all = 0;
            for (int i = 0; i < events; i++)
            {
                double distance = means[(i * channels) + channel] - mean[channel];
                all += squares[(i * channels) + channel] + (places * distance * distance);
            }

            variances[channel] = all / count;
            inverse[channel] = 1 / Math.Sqrt(variances[channel] + layer.Epsilon);
        }

        survey?.Add(mean, variances, count);
        if (updates)
        {
            Follow("running_mean", mean, 1);
            Follow("running_var", variances, count / (count - 1.0));
        }

        return Affine();
    }

    /// <summary>Adds a map's slopes by what comes out; <see cref="IMapKernels.SlopeSums"/> makes them.</summary>
    public void BeginSlopes()
    {
        Array.Clear(slopeSums);
        Array.Clear(slopeProducts);
    }

    /// <summary>Adds the slopes of a map.</summary>
    public void AddSlopes(int channel, double sum, double products)
    {
        slopeSums[channel] += sum;
        slopeProducts[channel] += products - ((mean[channel] - (float)mean[channel]) * sum);
    }

    /// <summary>The gradients of γ and β.</summary>
    public void ReadGradient(Span<float> gradient)
    {
        for (int channel = 0; channel < channels; channel++)
        {
            gradient[channel] = (float)(slopeProducts[channel] * inverse[channel]);
            gradient[channels + channel] = (float)slopeSums[channel];
        }
    }

    /// <summary>Slopes by what comes in: direct · slope + constant + linear · (value − mean).</summary>
    public (double Direct, double Constant, double Linear) Slopes(int channel)
    {
        double direct = gamma[channel] * inverse[channel];
        return (direct, -direct * slopeSums[channel] / count, -direct * slopeProducts[channel] * inverse[channel] * inverse[channel] / count);
    }

    public void BeginSurvey() => survey = new ChannelMoments(channels);

    /// <summary>Makes what was noted the running statistics.</summary>
    public void AdoptSurvey()
    {
        ChannelMoments noted = survey ?? throw new InvalidOperationException("There is no survey; begin one.");
        using DisposeScope scope = NewDisposeScope();
        Statistic("running_mean").copy_(tensor(noted.Means, float32));
        Statistic("running_var").copy_(tensor(noted.UnbiasedVariances, float32));
    }

    public void EndSurvey() => survey = null;

    private TorchSharp.Modules.Parameter Weight(string name) => module.get_parameter(name) ?? throw new InvalidOperationException($"A batch norm has no {name}.");

    private Tensor Statistic(string name) => module.get_buffer(name) ?? throw new InvalidOperationException($"A batch norm has no {name}.");

    private (float Scale, float Offset)[] Affine() =>
        [.. Enumerable.Range(0, channels).Select(channel => (gamma[channel] * inverse[channel]) is var scale ? ((float)scale, (float)(beta[channel] - (mean[channel] * scale))) : default)];

    private void Follow(string name, double[] batch, double factor)
    {
        Tensor running = Statistic(name);
        Span<float> values = MemoryMarshal.Cast<byte, float>(running.bytes);
        for (int channel = 0; channel < channels; channel++)
        {
            values[channel] = (float)((layer.Momentum * values[channel]) + ((1 - layer.Momentum) * factor * batch[channel]));
        }

        GC.KeepAlive(running);
    }
}
