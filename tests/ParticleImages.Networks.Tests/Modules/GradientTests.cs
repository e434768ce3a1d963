using ParticleImages.Networks.Modules;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests.Modules;

/// <summary>Gradients that torch propagates are those of the layers as they are defined, by differences in double precision.</summary>
public sealed class GradientTests
{
    private const double Step = 1e-5;

    public GradientTests() => TorchLibrary.Load();

    public static TheoryData<string> Names() => [.. Networks.Keys];

    private static Dictionary<string, Cnn3d> Networks { get; } = new()
    {
        ["strided convolutions, pools past the end"] = Cnn3d.For(new VoxelShape(4, 5, 6, 2)).Scale([2, 3], [0.1])
            .Conv(3, new Extent3d(2, 3, 1), stride: new Extent3d(1, 2, 2)).Activate("softplus").AveragePool(2, padding: Padding.Same)
            .Conv(4, kernel: 1).MaxPool(2, stride: 1, padding: Padding.Same).Flatten().Dense(2),
        ["residual blocks with norms"] = Cnn3d.For(new VoxelShape(3, 4, 4))
            .Residual(b => b.Conv(4, kernel: 3, stride: 2).GroupNorm(2).Gelu().Conv(4, kernel: 2), s => s.Conv(4, kernel: 1, stride: 2))
            .Residual(b => b.LayerNorm().Tanh().Dropout(0.5).BatchNorm())
            .GlobalAveragePool().Dense(4).GroupNorm(2).LayerNorm().Dense(2),
        ["branches of every activation"] = Enum.GetValues<Activation>().Aggregate(
            Cnn3d.For(new VoxelShape(1, 5, 5)).Inception(1, 1, 2, 1, 1, 2, Activation.Silu),
            (network, function) => network.Conv(2, kernel: 1).Branches(b => b, b => b.Activate(function).ChannelDropout(0.5).Scale(0.3))).GlobalMaxPool().Dense(2),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_input_and_weights(string name)
    {
        Cnn3d network = Networks[name];
        using DisposeScope scope = NewDisposeScope();
        using LayerStack stack = Stacks.Random(network, seed: 5);
        float[] input = Stacks.Input(network, events: 1, seed: 6);
        Tensor voxels = Stacks.Tensor(network, input).requires_grad_();
        float[] wanted = [1, -2];
        (stack.call(voxels) * tensor(wanted)).sum().backward();

        double[] start = [.. input.Select(value => (double)value)];
        Dictionary<string, double[]> weights = Stacks.Weights(stack);
        AssertGradient("input", start, voxels.grad!);
        foreach ((string weight, TorchSharp.Modules.Parameter parameter) in stack.named_parameters())
        {
            AssertGradient(weight, weights[weight], parameter.grad!);
        }

        void AssertGradient(string of, double[] values, Tensor gradient)
        {
            float[] propagated = gradient.contiguous().data<float>().ToArray();
            double[] differences = [.. Enumerable.Range(0, values.Length).Select(i => (Value(values, i, Step) - Value(values, i, -Step)) / (2 * Step))];
            double size = Math.Max(1, differences.Max(Math.Abs));
            Assert.All(differences.Zip(propagated), (pair, i) => Assert.True(
                Math.Abs(pair.First - pair.Second) <= 2e-4 * size, $"{of}[{i}]: {pair.First} by differences, {pair.Second} by torch"));
        }

        double Value(double[] values, int index, double step)
        {
            double before = values[index];
            values[index] = before + step;
            double[] output = new PlainLoops(weights).Run(network, start).Output.Values;
            values[index] = before;
            return output.Zip(wanted, (x, factor) => x * factor).Sum();
        }
    }
}
