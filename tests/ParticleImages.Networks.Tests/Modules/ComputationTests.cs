using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Networks.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests.Modules;

/// <summary>What torch computes for a description is what its layers are defined to be.</summary>
[Properties(Arbitrary = [typeof(ComputationTests)], MaxTest = 150)]
public sealed class ComputationTests
{
    public ComputationTests() => TorchLibrary.Load();

    public static Arbitrary<int> Seeds() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Property]
    public void A_convolution_of_any_kernel_stride_and_padding(int seed) => AssertAsDefined(seed, layer => layer is ConvLayer);

    [Property]
    public void A_max_pool_of_any_size_stride_and_padding(int seed) => AssertAsDefined(seed, layer => layer is MaxPoolLayer);

    [Property]
    public void An_average_pool_of_any_size_stride_and_padding(int seed) => AssertAsDefined(seed, layer => layer is AveragePoolLayer);

    [Property]
    public void Global_pools(int seed) => AssertAsDefined(seed, layer => layer is GlobalMaxPoolLayer or GlobalAveragePoolLayer);

    [Property]
    public void Norms_of_maps(int seed) => AssertAsDefined(seed, layer => layer is BatchNormLayer or GroupNormLayer or LayerNormLayer);

    [Property]
    public void Norms_and_scales_of_rows(int seed)
    {
        var random = new Random(seed);
        int groups = random.Next(1, 4);
        Cnn3d row = Cnn3d.For(new(2, 2, 3)).Flatten().Dense(groups * random.Next(2, 4));
        AssertAsDefined(row.GroupNorm(groups).LayerNorm().BatchNorm().Scale([.. Enumerable.Range(1, row.Summary().Layers[^1].Output.Channels)], [0.5]), seed, 1e-4);
    }

    [Property]
    public void Scales(int seed) => AssertAsDefined(seed, layer => layer is ScaleLayer);

    [Property]
    public void Blocks(int seed) => AssertAsDefined(seed, layer => layer is ResidualLayer or BranchesLayer);

    [Property(MaxTest = 300)]
    public void Any_layers_in_any_order(int seed) => AssertAsDefined(new RandomDescriptions(seed).Fitting(), seed, 2e-3);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Activations(Activation function)
    {
        double[] values = [.. Enumerable.Range(-60, 121).Select(i => i / 4.0 + 0.01), -80, 30, 85];
        using var unit = new ActivationUnit(function);

        using DisposeScope scope = NewDisposeScope();
        float[] computed = unit.call(tensor(values, float32)).data<float>().ToArray();

        // torch's GELU is a difference of float32 numbers near 1 where x is far below 0.
        double floor = function == Activation.Gelu ? 0.5 : 1e-3;
        Assert.Equal(
            values.Select(x => PlainLoops.Activate(function, (float)x)),
            computed.Select(value => (double)value),
            (expected, actual) => Math.Abs(expected - actual) <= 3e-6 * Math.Max(floor, Math.Abs(expected)));
    }

    public static TheoryData<Activation> Functions() => [.. Enum.GetValues<Activation>()];

    private static void AssertAsDefined(int seed, Func<NetworkLayer, bool> isWanted) =>
        AssertAsDefined(new RandomDescriptions(seed).Single(isWanted), seed, 1e-4);

    private static void AssertAsDefined(Cnn3d network, int seed, double tolerance)
    {
        const int Events = 2;
        using DisposeScope scope = NewDisposeScope();
        using LayerStack stack = Stacks.Random(network, seed);
        float[] input = Stacks.Input(network, Events, seed);
        using var noGradient = no_grad();
        Tensor output = stack.call(Stacks.Tensor(network, input));
        double[] computed = [.. output.contiguous().data<float>().Select(value => (double)value)];

        var loops = new PlainLoops(Stacks.Weights(stack));
        double[][] events = [.. input.Select(value => (double)value).Chunk(network.Input.Values)];
        (PlainLoops.Maps Output, bool IsFlat)[] defined = [.. events.Select(one => loops.Run(network, one))];

        FeatureShape shape = network.Layers.IsEmpty ? ShapeInference.InputOf(network) : network.Summary().Layers[^1].Output;
        Assert.Equal(defined[0].IsFlat ? [Events, shape.Channels] : [Events, shape.Channels, shape.Frames, shape.Height, shape.Width], output.shape);
        Assert.Equal([defined[0].Output.Channels, .. defined[0].Output.Sides], new[] { shape.Channels, shape.Frames, shape.Height, shape.Width });
        double[] expected = [.. defined.SelectMany(one => one.Output.Values)];
        double size = expected.Max(Math.Abs);
        if (size < 1e6)
        {
            Assert.Equal(expected, computed, (one, other) => Math.Abs(one - other) <= tolerance * Math.Max(1, size));
        }
    }
}
