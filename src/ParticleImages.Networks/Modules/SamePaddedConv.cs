using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Modules;

/// <summary>
/// A convolution of stride 1, zero padded to the same size. Where a kernel is even, the odd zero goes to the end, as in Keras; torch's own
/// <c>padding="same"</c> does that too, but warns on standard error.
/// </summary>
internal sealed class SamePaddedConv : nn.Module<Tensor, Tensor>
{
    private static readonly long[] Ones = [1, 1, 1];

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] padding;

    // One zero at the end of every axis with an even kernel, last axis first as torch counts; null when all are odd.
    private readonly long[]? end;

    public SamePaddedConv(int channels, ConvLayer layer)
        : base(nameof(SamePaddedConv))
    {
        long[] kernel = [layer.Kernel.Frames, layer.Kernel.Rows, layer.Kernel.Columns];
        weight = Keeping.Parameter(zeros([layer.Filters, channels, .. kernel], float32, CPU));
        bias = Keeping.Parameter(zeros([layer.Filters], float32, CPU));
        padding = [.. kernel.Select(size => (size - 1) / 2)];
        end = kernel.All(size => size % 2 == 1)
            ? null
            : [.. kernel.Reverse().SelectMany(size => new[] { 0, 1 - (size % 2) })];
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    public void Initialize(Generator generator) => Glorot.Fill(weight, generator);

    public override Tensor forward(Tensor input)
    {
        if (end is null)
        {
            return nn.functional.conv3d(input, weight, bias, Ones, padding, Ones, 1);
        }

        using Tensor padded = nn.functional.pad(input, end, PaddingModes.Constant, 0);
        return nn.functional.conv3d(padded, weight, bias, Ones, padding, Ones, 1);
    }
}
