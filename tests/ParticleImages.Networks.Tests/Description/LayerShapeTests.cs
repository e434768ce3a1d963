using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Shapes after layers, and what is said where layers do not fit.</summary>
[Properties(Arbitrary = [typeof(LayerShapeTests)])]
public sealed class LayerShapeTests
{
    public static Arbitrary<int> Sizes() => Gen.Choose(1, 40).ToArbitrary();

    /// <summary>The rule of Keras and TensorFlow: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2.</summary>
    [Property(MaxTest = 1000)]
    public void A_window_stands_where_Keras_has_it(int bins, int size, int stride)
    {
        int kernel = Math.Min(size, bins);
        foreach (Padding padding in Enum.GetValues<Padding>())
        {
            bool isSame = padding == Padding.Same;
            int places = (int)Math.Ceiling((isSame ? bins : bins - kernel + 1) / (double)stride);
            int added = isSame ? Math.Max(bins % stride == 0 ? kernel - stride : kernel - (bins % stride), 0) : 0;
            var window = new SlidingWindow(new Extent3d(1, kernel, 1), new Extent3d(1, stride, 1), padding);

            Assert.Equal(places, window.Over(FeatureShape.Maps(1, 1, bins, 1), 1).Height);
            Assert.Equal((added / 2, added - (added / 2)), window.Added(1, bins));

            // So many bins are needed for so many places, and not one fewer.
            int fewest = (int)Math.Max(window.Needs(1, places), kernel);
            Assert.Equal(places, window.Over(FeatureShape.Maps(1, 1, Math.Max(fewest, 1), 1), 1).Height);
            Assert.True(fewest == kernel || window.Over(FeatureShape.Maps(1, 1, fewest - 1, 1), 1).Height < places);
        }
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(5, 1)]
    [InlineData(3, 3)]
    public void A_pool_that_does_not_fit_says_how_many_bins_would(int size, int stride)
    {
        Cnn3d Behind(int bins) => Cnn3d.For(new VoxelShape(bins, 32, 32))
            .Conv(1, new Extent3d(1, 1, 1), new Extent3d(stride, 1, 1)).MaxPool(new Extent3d(size, 1, 1));
        int fits = ((size - 1) * stride) + 1;

        string said = Assert.Throws<NetworkShapeException>(() => Behind(stride).Summary()).Message;

        Assert.Contains($"shrink from 1 to 0; the input has {stride} bins", said, StringComparison.Ordinal);
        Assert.EndsWith($"or use {fits} bins or more.", said, StringComparison.Ordinal);
        Assert.Equal(1, Behind(fits).Summary().Layers[^1].Output.Frames);
        Assert.Throws<NetworkShapeException>(() => Behind(fits - 1).Summary());
    }

    [Fact]
    public void A_layer_inside_blocks_is_named_by_its_path()
    {
        Cnn3d network = Cnn3d.For(new VoxelShape(8, 8, 8)).Relu()
            .Branches(b => b, b => b.Relu().Residual(r => r.Relu().Tanh().MaxPool(9), s => s.Relu()));
        Cnn3d shortcut = Cnn3d.For(new VoxelShape(8, 8, 8)).Residual(r => r.Relu(), s => s.Flatten().Conv(1, kernel: 1));

        var refused = Assert.Throws<NetworkShapeException>(network.Summary);

        Assert.StartsWith(
            "Layer 2 (Branches), branch 2 layer 2 (Residual), branch layer 3 (MaxPool): the time axis would shrink from 8 to 0; the input has 8 bins.",
            refused.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("or use 9 bins or more.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, refused.Layer);
        Assert.StartsWith(
            "Layer 1 (Residual), shortcut layer 2 (Conv): it works on feature maps, but its input is a row of 512 values. Put it before Flatten or the global pool.",
            Assert.Throws<NetworkShapeException>(shortcut.Summary).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_pool_behind_a_block_asks_for_the_bins_that_the_block_needs()
    {
        Cnn3d network = Cnn3d.For(new VoxelShape(5, 32, 32))
            .Residual(b => b.Conv(2, kernel: 3, stride: 2).Relu().Conv(2, kernel: 3), s => s.Conv(2, kernel: 1, stride: 2)).MaxPool(4);

        Assert.EndsWith("or use 7 bins or more.", Assert.Throws<NetworkShapeException>(network.Summary).Message, StringComparison.Ordinal);
        Assert.Equal(4, Cnn3d.Of(new VoxelShape(7, 32, 32), network.Layers[..1]).Summary().Layers[0].Output.Frames);
    }

    [Theory]
    [InlineData(1, "shortcut: s => s.Conv(6, kernel: 1).")]
    [InlineData(2, "shortcut: s => s.Conv(6, kernel: 1, stride: 2).")]
    [InlineData(3, "shortcut: s => s.Conv(6, kernel: 1, stride: 3).")]
    public void A_residual_block_of_unequal_shapes_says_which_shortcut_would_do(int stride, string advice)
    {
        Cnn3d begin = Cnn3d.For(new VoxelShape(9, 9, 9));

        string said = Assert.Throws<NetworkShapeException>(begin.Residual(b => b.Conv(6, kernel: 3, stride: stride)).Summary).Message;

        Assert.StartsWith("Layer 1 (Residual): the branch gives (None, ", said, StringComparison.Ordinal);
        Assert.Contains("and its input (None, 9, 9, 9, 1), which can't be added.", said, StringComparison.Ordinal);
        Assert.EndsWith(advice, said, StringComparison.Ordinal);
        Assert.Equal(6, begin.Residual(b => b.Conv(6, kernel: 3, stride: stride), s => s.Conv(6, kernel: 1, stride: stride)).Summary().Layers[0].Output.Channels);
    }

    [Fact]
    public void Other_unequal_shapes_of_a_residual_block_have_their_advice_too()
    {
        Cnn3d begin = Cnn3d.For(new VoxelShape(9, 9, 9));

        Assert.EndsWith("for example shortcut: s => s.Flatten().Dense(3).", Refused(begin.Residual(b => b.Flatten().Dense(3))), StringComparison.Ordinal);
        Assert.EndsWith("for example shortcut: s => s.Dense(3).", Refused(begin.Flatten().Residual(b => b.Dense(3))), StringComparison.Ordinal);
        Assert.EndsWith("stride: new Extent3d(1, 1, 2)).", Refused(begin.Residual(b => b.MaxPool(new Extent3d(1, 1, 2), padding: Padding.Same))), StringComparison.Ordinal);
        Assert.EndsWith("or give a shortcut of the same places.", Refused(begin.Residual(b => b.Conv(1, kernel: 3, padding: Padding.Valid))), StringComparison.Ordinal);
    }

    [Fact]
    public void Branches_of_unequal_places_are_refused_with_the_branch()
    {
        Cnn3d begin = Cnn3d.For(new VoxelShape(8, 8, 8));

        string said = Refused(begin.Branches(b => b, b => b.Relu(), b => b.MaxPool(2)));

        Assert.StartsWith("Layer 1 (Branches): branch 1 gives (None, 8, 8, 8, 1) and branch 3 (None, 4, 4, 4, 1); only the channels may differ.", said, StringComparison.Ordinal);
        Assert.Contains("branch 2 (None, 1)", Refused(begin.Branches(b => b, b => b.GlobalMaxPool())), StringComparison.Ordinal);
        Assert.Equal(5, begin.Branches(b => b.GlobalMaxPool(), b => b.Flatten().Dense(4)).Summary().Layers[0].Output.Channels);
    }

    [Fact]
    public void Norms_and_scales_that_do_not_fit_their_channels_are_refused()
    {
        Cnn3d maps = Cnn3d.For(new VoxelShape(4, 4, 4)).Conv(6, kernel: 1);

        Assert.Contains("6 channels can't be divided into 4 equal groups. The groups may be 1, 2, 3, 6; or", Refused(maps.GroupNorm(4)), StringComparison.Ordinal);
        Assert.Contains("a group has one value", Refused(maps.GlobalMaxPool().GroupNorm(6)), StringComparison.Ordinal);
        Assert.Contains("there is one channel", Refused(Cnn3d.For(new VoxelShape(4, 4, 4)).LayerNorm()), StringComparison.Ordinal);
        Assert.Contains("numbers for 2 channels, but its input has 6", Refused(maps.Scale([1, 2], [0])), StringComparison.Ordinal);
        Assert.Contains("Use Dropout there", Refused(maps.Flatten().ChannelDropout(0.1)), StringComparison.Ordinal);
        Assert.Contains("Put it before Flatten", Refused(maps.Flatten().GlobalAveragePool()), StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_that_hold_nothing_or_another_network_or_too_much_are_refused_where_they_are_made()
    {
        Cnn3d begin = Cnn3d.For(new VoxelShape(4, 4, 4));

        Assert.Throws<ArgumentException>(() => begin.Residual(b => b));
        Assert.Throws<ArgumentException>(() => begin.Branches());
        Assert.Throws<ArgumentException>(() => new BranchesLayer(default));
        Assert.Throws<ArgumentException>(() => new BranchesLayer([default]));
        Assert.Throws<ArgumentException>(() => new ResidualLayer([null!], []));
        Assert.Throws<ArgumentException>(() => begin.Residual(_ => Cnn3d.For(new VoxelShape(5, 4, 4)).Relu()));
        Assert.Throws<ArgumentException>(() => begin.Residual(_ => null!));
        Assert.Throws<ArgumentNullException>(() => begin.Branches(b => b, null!));
        Assert.Equal(16, Nested(16).Depth);
        Assert.Contains("nested 17 deep; at most 16", Assert.Throws<ArgumentException>(() => Nested(17)).Message, StringComparison.Ordinal);

        // 2¹⁵ layers in a list of ten thousand bytes: the same ones again and again.
        Assert.Contains("at most 10000", Assert.Throws<ArgumentException>(() => Enumerable.Range(0, 14).Aggregate(
            (NetworkLayer)new FlattenLayer(), (inner, _) => new BranchesLayer([[inner], [inner]]))).Message, StringComparison.Ordinal);

        static NetworkLayer Nested(int depth) =>
            Enumerable.Range(0, depth).Aggregate((NetworkLayer)new FlattenLayer(), (inner, _) => new ResidualLayer([inner], []));
    }

    [Fact]
    public void Numbers_of_the_layers_outside_their_range_are_refused_where_they_are_set()
    {
        Cnn3d begin = Cnn3d.For(new VoxelShape(4, 4, 4));

        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Conv(1, kernel: 1, stride: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Conv(1, kernel: 1, padding: (Padding)2));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.AveragePool(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.AveragePool(1, padding: (Padding)(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.GroupNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.GroupNorm(1, epsilon: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.LayerNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.ChannelDropout(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Scale(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Scale(1e-60));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Scale(1, offset: 1e39));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Scale(double.NaN));
        Assert.Throws<ArgumentException>(() => begin.Scale([], []));
        Assert.Throws<ArgumentException>(() => begin.Scale([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => begin.Scale(default, [1]));
    }

    [Theory]
    [InlineData("relu", Activation.Relu)]
    [InlineData("ELU", Activation.Elu)]
    [InlineData("leaky_relu", Activation.LeakyRelu)]
    [InlineData("LeakyReLU", Activation.LeakyRelu)]
    [InlineData("swish", Activation.Silu)]
    [InlineData("silu", Activation.Silu)]
    [InlineData("Exponential", Activation.Exponential)]
    public void Activations_have_Keras_names_in_any_case(string name, Activation function) =>
        Assert.Equal(Cnn3d.For(new VoxelShape(1, 1, 1)).Activate(function), Cnn3d.For(new VoxelShape(1, 1, 1)).Activate(name));

    [Fact]
    public void An_unknown_activation_is_refused_with_those_that_there_are()
    {
        Cnn3d begin = Cnn3d.For(new VoxelShape(1, 1, 1));

        Assert.StartsWith(
            "There is no activation 'rulu'. The functions are relu, elu, tanh, gelu, selu, leaky_relu, sigmoid, silu, softplus, softsign, mish, relu6, exponential, and swish for silu.",
            Assert.Throws<ArgumentException>(() => begin.Activate("rulu")).Message,
            StringComparison.Ordinal);
        Assert.Contains("prediction and loss apply the softmax", Assert.Throws<ArgumentException>(() => begin.Activate("softmax")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => begin.Activate("1"));
    }

    private static string Refused(Cnn3d network) => Assert.Throws<NetworkShapeException>(network.Summary).Message;
}
