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

    public override Tensor forward(Tensor input) =>
        nn.functional.batch_norm(input, mean, variance, weight, bias, training, momentum, epsilon);
}
