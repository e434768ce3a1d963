using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>
/// Batch normalization of maps or of single values. TorchSharp's own module counts its batches through a number object that the garbage
/// collector may free while torch reads it, and nothing here needs the count.
/// </summary>
internal sealed class BatchNormalization : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor mean;
    private readonly Tensor variance;
    private readonly double momentum;
    private readonly double epsilon;

    private ChannelMoments? survey;

    public BatchNormalization(int channels, BatchNormLayer layer, Device device)
        : base(nameof(BatchNormalization))
    {
        weight = Keeping.Parameter(ones([channels], float32, device));
        bias = Keeping.Parameter(zeros([channels], float32, device));
        mean = Keeping.Buffer(zeros([channels], float32, device));
        variance = Keeping.Buffer(ones([channels], float32, device));

        // torch's momentum is the share of the new batch.
        momentum = 1 - layer.Momentum;
        epsilon = layer.Epsilon;
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
        register_buffer("running_mean", mean);
        register_buffer("running_var", variance);
    }

    private ChannelMoments Surveyed => survey ?? throw new InvalidOperationException("There is no survey; begin one.");

    /// <summary>From now on batches are normalized by their own statistics, which are noted; the running ones stay.</summary>
    public void BeginSurvey() => survey = new ChannelMoments((int)weight.NumberOfElements);

    /// <summary>Makes what was noted the running statistics.</summary>
    public void AdoptSurvey()
    {
        using DisposeScope scope = NewDisposeScope();
        mean.copy_(tensor(Surveyed.Means, float32));
        variance.copy_(tensor(Surveyed.UnbiasedVariances, float32));
    }

    /// <summary>What was noted, beside the running statistics.</summary>
    public BatchNormDiagnosis Diagnose(string place)
    {
        double[] seen = Surveyed.Variances;
        double[] running = Doubles(variance);
        int stale = seen.Zip(running, (now, then) => (now + epsilon) / (then + epsilon)).Count(ratio => !(ratio is >= 0.5 and <= 2));
        return new BatchNormDiagnosis(place, epsilon, seen.Order().ElementAt(seen.Length / 2), seen.Count(now => now < epsilon), seen.Length, stale);
    }

    public void EndSurvey() => survey = null;

    public override Tensor forward(Tensor input)
    {
        if (survey is null)
        {
            return nn.functional.batch_norm(input, mean, variance, weight, bias, training, momentum, epsilon);
        }

        using (DisposeScope scope = NewDisposeScope())
        {
            long[] others = [.. Enumerable.Range(0, (int)input.dim()).Where(axis => axis != 1).Select(axis => (long)axis)];
            (Tensor variances, Tensor means) = var_mean(input, others, unbiased: false);
            survey.Add(Doubles(means), Doubles(variances), input.NumberOfElements / input.shape[1]);
        }

        return nn.functional.batch_norm(input, null, null, weight, bias, training: true, momentum, epsilon);
    }

    private static double[] Doubles(Tensor values)
    {
        using DisposeScope scope = NewDisposeScope();
        return values.detach().to(float64).cpu().data<double>().ToArray();
    }
}
