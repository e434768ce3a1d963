using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Two-dimensional networks: inputs with an axis of one bin.</summary>
public sealed class PlaneNetworkTests
{
    private static readonly VoxelShape Plane = new(1, 32, 32);

    [Fact]
    public void The_notebooks_plane_network_has_the_published_parameters()
    {
        NetworkSummary summary = Cnn2d.Notebook(Plane).Summary();

        Assert.Equal(2_393_218, summary.Parameters);
        Assert.Equal(2_393_218, summary.Trainable);
        Assert.Equal(2048, summary.Layers.Single(layer => layer.Type == "Flatten").Output.Channels);
        Assert.Equal(2, Cnn2d.Notebook(new VoxelShape(17, 1, 17)).Summary().Layers[^1].Output.Channels);
        Assert.Throws<NetworkShapeException>(Cnn2d.Notebook(new VoxelShape(1, 16, 32)).Summary);
    }

    [Theory]
    [InlineData(1, 32, 32)]
    [InlineData(32, 1, 32)]
    [InlineData(32, 32, 1)]
    public void A_whole_number_is_1_along_the_axis_of_one_bin_also_inside_blocks(int frames, int height, int width)
    {
        var input = new VoxelShape(frames, height, width);
        Extent3d Flat(int size) => new(frames == 1 ? 1 : size, height == 1 ? 1 : size, width == 1 ? 1 : size);
        Cnn3d network = Cnn2d.For(input)
            .Conv(4, kernel: 3, stride: 2).MaxPool(3, stride: 2).AveragePool(2)
            .Residual(b => b.Conv(4, kernel: 3), s => s.Branches(t => t.MaxPool(3, stride: 1, padding: Padding.Same)));

        Assert.Equal(
            [
                new ConvLayer(4, Flat(3), Flat(2)), new MaxPoolLayer(Flat(3), Flat(2)), new AveragePoolLayer(Flat(2)),
                new ResidualLayer([new ConvLayer(4, Flat(3))], [new BranchesLayer([[new MaxPoolLayer(Flat(3), 1, Padding.Same)]])]),
            ],
            network.Layers);
    }

    [Fact]
    public void Sizes_along_each_axis_are_left_as_they_are_and_checked()
    {
        Cnn3d network = Cnn2d.For(Plane).Conv(1, new Extent3d(2, 3, 3));

        Assert.Contains("time axis: 2 against 1", Assert.Throws<NetworkShapeException>(network.Summary).Message, StringComparison.Ordinal);
        Assert.Equal(new Extent3d(1, 2, 3), ((ConvLayer)Cnn2d.For(Plane).Conv(1, new Extent3d(1, 2, 3)).Layers[0]).Kernel);
    }

    [Fact]
    public void Where_no_axis_of_the_input_has_one_bin_a_whole_number_stays_a_cube() =>
        Assert.Equal(3, ((ConvLayer)Cnn3d.For(new VoxelShape(2, 32, 32)).MaxPool(2).Conv(1, kernel: 3).Layers[1]).Kernel);

    [Fact]
    public void An_input_without_an_axis_of_one_bin_is_refused_with_what_to_do()
    {
        string said = Assert.Throws<ArgumentException>(() => Cnn2d.For(new VoxelShape(21, 32, 32))).Message;

        Assert.Contains("21 × 32 × 32", said, StringComparison.Ordinal);
        Assert.Contains("Project(VoxelProjection.XY)", said, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Cnn2d.For(default));
    }

    [Fact]
    public void The_summary_names_layers_as_Keras_does_in_two_dimensions_and_in_one()
    {
        string two = Cnn2d.For(Plane).Conv(2, kernel: 3).MaxPool(2).ChannelDropout(0.1).AveragePool(2).GlobalAveragePool().Dense(2).Summary().ToString();
        string one = Cnn2d.For(new VoxelShape(16, 1, 1)).Conv(2, kernel: 3).GlobalMaxPool().Summary().ToString();

        Assert.All(
            [
                "conv2d (Conv2D)", "max_pooling2d (MaxPooling2D)", "spatial_dropout2d (SpatialDropout2D)", "average_pooling2d (AveragePooling2D)",
                "global_average_pooling2d (GlobalAveragePooling2D)",
            ],
            name => Assert.Contains(name, two, StringComparison.Ordinal));
        Assert.Contains("conv1d (Conv1D)", one, StringComparison.Ordinal);
        Assert.Contains("global_max_pooling1d (GlobalMaxPooling1D)", one, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plane_network_learns()
    {
        using EventSource events = ToyEvents.Make(80, seed: 1);
        Voxelizer voxelizer = ToyEvents.Voxelizer.Project(VoxelProjection.XY);
        using VoxelNetwork network = Cnn2d.For(voxelizer.OutputShape(ImageShape.Crop32))
            .Conv(4, kernel: 3).Relu().Inception(2, 2, 2, 2, 2, 2).GlobalMaxPool().Dense(2).Build(seed: 1);

        Evaluation.TrainingHistory history = Trainer.For(network).Epochs(30).BatchSize(20).LearningRate(1e-2).Fit(voxelizer, events);

        Assert.True(history[^1].Loss < 0.5 * history[0].Loss, $"{history[0].Loss} → {history[^1].Loss}");
    }
}
