using FsCheck.Xunit;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

public sealed class DescriptionTests
{
    private static readonly VoxelShape Usual = new(21, 32, 32);

    [Fact]
    public void The_notebooks_network_has_the_published_parameters_layer_by_layer()
    {
        NetworkSummary summary = Cnn3d.Notebook(Usual).Summary();

        Assert.Equal([1792, 256, 55328, 128, 655424, 2080, 66], summary.Layers.Select(layer => layer.Parameters).Where(count => count > 0));
        Assert.Equal(715_074, summary.Parameters);
        Assert.Equal(714_882, summary.Trainable);
    }

    [Fact]
    public void The_notebooks_network_has_the_published_shapes()
    {
        string[] shapes = [.. Cnn3d.Notebook(Usual).Summary().Layers.Select(layer => layer.Output.ToString()).Distinct()];

        Assert.Equal(
            ["(None, 21, 32, 32, 64)", "(None, 10, 16, 16, 64)", "(None, 10, 16, 16, 32)", "(None, 5, 8, 8, 32)", "(None, 10240)", "(None, 64)", "(None, 32)", "(None, 2)"],
            shapes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_convolution_has_weights_for_every_channel_of_the_input(int channels)
    {
        LayerSummary first = Cnn3d.For(new VoxelShape(21, 32, 32, channels)).Conv(5, kernel: 3).Summary().Layers[0];

        Assert.Equal(5 * ((channels * 27) + 1), first.Parameters);
        Assert.Equal("(None, 21, 32, 32, 5)", first.Output.ToString());
        Assert.Equal(channels * 21 * 32 * 32, Cnn3d.For(new VoxelShape(21, 32, 32, channels)).Flatten().Summary().Layers[0].Output.Values);
    }

    [Fact]
    public void The_small_network_has_142_941_parameters() =>
        Assert.Equal(142_941, Cnn3d.Small(Usual).Summary().Parameters);

    [Fact]
    public void Torch_allocates_as_many_trainable_values_as_the_summary_counts()
    {
        Cnn3d description = Cnn3d.Notebook(new VoxelShape(8, 8, 8));
        using VoxelNetwork network = description.Build(seed: 1);

        Assert.Equal(description.Summary().Trainable, network.Stack.parameters().Sum(parameter => parameter.NumberOfElements));
    }

    [Fact]
    public void The_summary_reads_as_Keras_prints_it()
    {
        string text = Cnn3d.For(new VoxelShape(4, 4, 4)).Conv(2, kernel: 3).Relu().MaxPool(2).Flatten().Dense(2).Summary().ToString();

        Assert.StartsWith("Layer (type)                  Output Shape        Param #\n==", text, StringComparison.Ordinal);
        Assert.Contains("conv3d (Conv3D)               (None, 4, 4, 4, 2)  56\n", text, StringComparison.Ordinal);
        Assert.Contains("max_pooling3d (MaxPooling3D)  (None, 2, 2, 2, 2)  0\n", text, StringComparison.Ordinal);
        Assert.Contains("dense (Dense)                 (None, 2)           34\n", text, StringComparison.Ordinal);
        Assert.Contains("Total params: 90\nTrainable params: 90\nNon-trainable params: 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verb_leaves_the_description_it_was_called_on_alone()
    {
        Cnn3d first = Cnn3d.For(Usual).Conv(8, kernel: 3);
        Cnn3d second = first.Relu();

        Assert.Single(first.Layers);
        Assert.Equal(2, second.Layers.Length);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Cnn3d.For(Usual).Conv(8, kernel: 3).Relu());
        Assert.Equal(second.GetHashCode(), Cnn3d.For(Usual).Conv(8, kernel: 3).Relu().GetHashCode());
    }

    [Fact]
    public void A_pool_that_empties_an_axis_is_refused_with_its_layer_and_axis()
    {
        Cnn3d network = Cnn3d.For(new VoxelShape(3, 32, 32)).MaxPool(2).Relu().MaxPool(2).Flatten().Dense(2);

        var refused = Assert.Throws<NetworkShapeException>(() => network.Build(seed: 1));

        Assert.Equal(3, refused.Layer);
        Assert.StartsWith(
            "Layer 3 (MaxPool): the time axis would shrink from 1 to 0; the input has 3 bins. Remove a pool", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("or use 4 bins or more.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, Cnn3d.For(new VoxelShape(4, 32, 32)).MaxPool(2).Relu().MaxPool(2).Summary().Layers[^1].Output.Frames);
    }

    [Theory]
    [InlineData(5, 3, 3, "time axis: 5 against 4")]
    [InlineData(3, 7, 3, "row axis: 7 against 6")]
    [InlineData(3, 3, 9, "column axis: 9 against 8")]
    public void A_kernel_larger_than_an_axis_is_refused_with_the_axis(int frames, int rows, int columns, string said)
    {
        Cnn3d network = Cnn3d.For(new VoxelShape(4, 6, 8)).Conv(1, new Extent3d(frames, rows, columns));

        Assert.Contains(said, Assert.Throws<NetworkShapeException>(network.Summary).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_may_be_flat_along_time_so_that_one_bin_is_enough() =>
        Assert.Equal(1, Cnn3d.For(new VoxelShape(1, 8, 8)).Conv(2, new Extent3d(1, 3, 3)).Summary().Layers[0].Output.Frames);

    [Fact]
    public void Dense_on_maps_maps_after_Flatten_and_a_network_without_an_end_are_refused()
    {
        Cnn3d begin = Cnn3d.For(new VoxelShape(4, 4, 4));

        Assert.Contains("Layer 1 (Dense)", Refused(begin.Dense(2)), StringComparison.Ordinal);
        Assert.Contains("Layer 2 (Conv)", Refused(begin.Flatten().Conv(2, kernel: 1)), StringComparison.Ordinal);
        Assert.Contains("Layer 2 (Flatten)", Refused(begin.Flatten().Flatten()), StringComparison.Ordinal);
        Assert.Contains("ends in Dense(2)", Refused(begin.Flatten().Dense(3)), StringComparison.Ordinal);
        Assert.Contains("ends in Dense(2)", Refused(begin.Flatten().Dense(2).Relu()), StringComparison.Ordinal);
        Assert.Contains("no layers", Refused(begin), StringComparison.Ordinal);

        static string Refused(Cnn3d network) => Assert.Throws<NetworkShapeException>(() => network.Build(seed: 1)).Message;
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused_where_they_are_set()
    {
        Cnn3d begin = Cnn3d.For(Usual);

        Assert.Throws<ArgumentException>(() => Cnn3d.For(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Conv(0, kernel: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Conv(1, kernel: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Conv(1, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.MaxPool(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Dropout(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Dropout(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.BatchNorm(momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.BatchNorm(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Dense(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => begin.Activate((Activation)99));
    }

    [Fact]
    public void Layers_past_any_memory_are_refused_before_anything_is_allocated()
    {
        Cnn3d begin = Cnn3d.For(Usual);

        Assert.Contains("Layer 1 (Conv)", Assert.Throws<NetworkShapeException>(() =>
            begin.Conv(int.MaxValue, kernel: 1).Conv(int.MaxValue, kernel: 5).Summary()).Message, StringComparison.Ordinal);
        Assert.Contains("Most are in dense (", Assert.Throws<InsufficientMemoryException>(() =>
            Enumerable.Range(0, 100).Aggregate(begin.Flatten().Dense(90_000), (network, _) => network.Dense(20_000)).Dense(2).Build(seed: 1)).Message, StringComparison.Ordinal);
    }

    [Property]
    public void Any_description_survives_JSON(int[] choices, byte frames, byte height, byte width, byte channels)
    {
        Cnn3d description = choices.Aggregate(
            Cnn3d.For(new VoxelShape(frames + 1, height + 1, width + 1, 1 + (channels & 3))),
            (network, choice) => (choice & 7) switch
            {
                0 => network.Conv(1 + (choice >> 3 & 63), new Extent3d(1 + (choice >> 9 & 7), 1 + (choice >> 12 & 7), 1 + (choice >> 15 & 7))),
                1 => network.Activate((Activation)((choice >> 3 & 0xff) % 3)),
                2 => network.Dropout((choice >> 3 & 0xff) / 256.0),
                3 => network.BatchNorm((choice >> 3 & 0xff) / 256.0, 1e-3 / (1 + (choice >> 11 & 0xff))),
                4 => network.MaxPool(1 + (choice >> 3 & 7)),
                5 => network.Flatten(),
                _ => network.Dense(1 + (choice >> 3 & 1023)),
            });

        Assert.Equal(description, Cnn3d.FromJson(description.ToJson()));
    }

    [Theory]
    [InlineData("[4,5,6]", 1)]
    [InlineData("[1,4,5,6]", 1)]
    [InlineData("[3,4,5,6]", 3)]
    public void The_input_in_JSON_is_three_sides_with_the_channels_before_them_if_there_are_several(string input, int channels)
    {
        Cnn3d description = Cnn3d.FromJson($$"""{"version":1,"input":{{input}},"layers":[]}""");

        Assert.Equal(new VoxelShape(4, 5, 6, channels), description.Input);
        string[] written = [.. description.ToJson().Split('[', ']')[1].Split(',').Select(side => side.Trim())];
        Assert.Equal(channels == 1 ? ["4", "5", "6"] : ["3", "4", "5", "6"], written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"input":[4,4],"layers":[]}""")]
    [InlineData("""{"version":1,"input":[0,4,4,4],"layers":[]}""")]
    [InlineData("""{"version":1,"input":[1,1,4,4,4],"layers":[]}""")]
    [InlineData("""{"version":1,"input":[4,4,0],"layers":[]}""")]
    [InlineData("""{"version":1,"input":[4,4,4],"layers":null}""")]
    [InlineData("""{"version":1,"input":[4,4,4],"layers":[null]}""")]
    [InlineData("""{"version":1,"input":[4,4,4],"layers":[{"layer":"telepathy"}]}""")]
    [InlineData("""{"version":1,"input":[4,4,4],"layers":[{"layer":"dense","units":0}]}""")]
    [InlineData("""{"version":1,"input":[4,4,4],"layers":[{"layer":"dense"}]}""")]
    [InlineData("""{"version":1,"input":[4,4,4],"layers":[{"layer":"dense","units":2,"colour":"red"}]}""")]
    [InlineData("""{"version":3,"input":[4,4,4],"layers":[]}""")]
    [InlineData("""{"version":1.5}""")]
    public void Foreign_or_newer_JSON_is_refused_as_a_format(string json) =>
        Assert.Throws<FormatException>(() => Cnn3d.FromJson(json));
}
