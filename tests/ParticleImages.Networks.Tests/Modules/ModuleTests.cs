using ParticleImages.Networks.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Tests.Modules;

/// <summary>Modules of our own compute what torch's do.</summary>
public sealed class ModuleTests : IDisposable
{
    private readonly DisposeScope scope;
    private readonly Generator generator;

    public ModuleTests()
    {
        TorchLibrary.Load();
        scope = NewDisposeScope();
        generator = new Generator(3);
    }

    public void Dispose()
    {
        generator.Dispose();
        scope.Dispose();
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 3, 3)]
    [InlineData(5, 3, 1)]
    [InlineData(2, 3, 4)]
    [InlineData(4, 2, 2)]
    public void A_convolution_pads_to_the_same_size_with_the_odd_zero_at_the_end(int frames, int rows, int columns)
    {
        using var ours = new Convolution(FeatureShape.Maps(2, 6, 7, 8), new ConvLayer(3, new Extent3d(frames, rows, columns)), CPU);
        ours.Initialize(generator);
        Dictionary<string, Tensor> weights = ours.state_dict();
        Tensor input = rand([2, 2, 6, 7, 8], generator: generator);
        Tensor theirs = nn.functional.pad(
            input, [(columns - 1) / 2, columns / 2, (rows - 1) / 2, rows / 2, (frames - 1) / 2, frames / 2], PaddingModes.Constant, 0);

        AssertSame(nn.functional.conv3d(theirs, weights["weight"], weights["bias"]), ours.call(input));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_norm_normalizes_and_remembers_as_torchs(bool isTraining)
    {
        using var ours = new BatchNormalization(3, new BatchNormLayer(momentum: 0.8, epsilon: 1e-3), CPU);
        using TorchSharp.Modules.BatchNorm3d theirs = nn.BatchNorm3d(3, eps: 1e-3, momentum: 0.2);
        ours.train(isTraining);
        theirs.train(isTraining);
        for (int step = 0; step < 3; step++)
        {
            Tensor input = rand([4, 3, 2, 5, 5], generator: generator);
            AssertSame(theirs.call(input), ours.call(input));
        }

        Dictionary<string, Tensor> weights = ours.state_dict();
        AssertSame(theirs.running_mean!, weights["running_mean"]);
        AssertSame(theirs.running_var!, weights["running_var"]);
        Assert.Equal(["bias", "running_mean", "running_var", "weight"], weights.Keys.Order());
    }

    [Fact]
    public void ELU_is_x_above_0_and_the_exponential_less_1_below()
    {
        using var unit = new ActivationUnit(Activation.Elu);

        float[] values = unit.call(tensor([-20f, -1f, -0.5f, 0f, 0.5f, 20f])).data<float>().ToArray();

        Assert.Equal([-1f, MathF.Exp(-1) - 1, MathF.Exp(-0.5f) - 1, 0f, 0.5f, 20f], values, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_repeats_from_its_seed_alone()
    {
        using var dropout = new SeededDropout(0.25, wholeMaps: false, channels: 4, CPU);
        Tensor input = ones([100_000]);
        dropout.train();
        dropout.Seed(7);
        float[] first = dropout.call(input).data<float>().ToArray();
        manual_seed(1);
        float[] second = dropout.call(input).data<float>().ToArray();
        dropout.Seed(7);

        Assert.Equal(first, dropout.call(input).data<float>().ToArray());
        Assert.NotEqual(first, second);
        Assert.Equal([0f, 4f / 3], first.Distinct().Order());

        // Five standard deviations of the mean of 100 000 draws.
        Assert.Equal(1, first.Average(), 0.01);
        dropout.eval();
        Assert.Equal(input.data<float>().ToArray(), dropout.call(input).data<float>().ToArray());
    }

    [Fact]
    public void Dropout_of_channels_drops_whole_maps_of_an_event_and_keeps_the_mean()
    {
        using var dropout = new SeededDropout(0.25, wholeMaps: true, channels: 4, CPU);
        dropout.train();
        dropout.Seed(7);
        float[][] maps = [.. dropout.call(ones([500, 40, 1, 2, 3])).data<float>().ToArray().Chunk(6)];

        Assert.All(maps, map => Assert.Single(map.Distinct()));
        Assert.Equal([0f, 4f / 3], maps.Select(map => map[0]).Distinct().Order());

        // Five standard deviations of the mean of 20 000 draws.
        Assert.Equal(1, maps.Average(map => map[0]), 0.021);
    }

    [Fact]
    public void Every_dropout_of_a_network_has_masks_of_its_own_that_repeat_from_the_networks_seed()
    {
        Cnn3d network = Cnn3d.For(new(1, 50, 50)).Dropout(0.5).Branches(b => b.Dropout(0.5), b => b.Residual(r => r.Dropout(0.5).ChannelDropout(0.5), s => s.Scale(1e-9)));
        using var stack = new LayerStack(network, CPU);
        stack.train();
        Tensor input = ones([1, 1, 1, 50, 50]);
        float[] Masks(ulong seed)
        {
            stack.SeedDropout(seed);
            return stack.call(input).data<float>().ToArray();
        }

        float[] first = Masks(1);

        Assert.Equal(first, Masks(1));
        Assert.NotEqual(first, Masks(2));
        Assert.NotEqual(first, Masks(1UL << 40));
        Assert.Equal(0.5, first.Zip(Masks(2), (one, other) => one == other ? 1.0 : 0).Take(2500).Average(), 0.2);

        // Half of what the first leaves is left by the second: were the masks the same, all would be.
        Assert.Equal(0.25, first.Take(2500).Count(value => value > 0) / 2500.0, 0.05);
    }

    [Fact]
    public void All_that_a_network_keeps_is_on_the_device_that_was_asked_for()
    {
        // torch's meta device has shapes and no values; every machine has it.
        using var stack = new LayerStack(AllLayers.Network, META);

        Assert.NotEmpty(stack.state_dict());
        Assert.All(stack.state_dict().Values, tensor => Assert.Equal(DeviceType.META, tensor.device_type));
    }

    [Fact]
    public void Nothing_but_weights_and_running_statistics_is_saved()
    {
        using var stack = new LayerStack(AllLayers.Network, CPU);

        Assert.Equal(stack.Weights().Select(weight => weight.Name).Order(), stack.state_dict().Keys.Order());
        Assert.Equal(AllLayers.Network.Summary().Parameters, stack.Weights().Sum(weight => weight.Values.Length / sizeof(float)));
        Assert.Equal(AllLayers.Network.Summary().Trainable, stack.parameters().Sum(parameter => parameter.NumberOfElements));
    }

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.All(
            expected.contiguous().data<float>().Zip(actual.contiguous().data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }
}
