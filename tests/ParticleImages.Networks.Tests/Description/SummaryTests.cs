using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>Parameters, work and memory, before anything is allocated.</summary>
public sealed class SummaryTests
{
    private static readonly VoxelShape Usual = new(21, 32, 32);

    [Fact]
    public void The_stable_network_has_the_notebooks_parameters_and_one_norm_more_and_no_dropout_before_a_batch_norm()
    {
        Cnn3d stable = Cnn3d.Stable(Usual);

        Assert.Equal(715_074 + (4 * 64), stable.Summary().Parameters);
        Assert.Equal(new ScaleLayer([50], [0]), stable.Layers[0]);
        Assert.Equal(new ScaleLayer([1], [0]), Cnn3d.Stable(Usual, inputScale: 1).Layers[0]);
        Assert.All(stable.Layers.OfType<BatchNormLayer>(), norm => Assert.Equal(0.9, norm.Momentum));
        Assert.Equal(
            "Scale Conv Relu BatchNorm MaxPool Conv Relu BatchNorm MaxPool Flatten Dense BatchNorm Elu Dropout Dense Elu Dropout Dense on 21 × 32 × 32", stable.ToString());
    }

    /// <summary>Keras' count_params: kernel · inputs · filters + filters, four a channel of a batch norm, two of the others.</summary>
    [Fact]
    public void Parameters_are_counted_as_Keras_counts_them()
    {
        NetworkSummary summary = Cnn3d.For(new VoxelShape(8, 8, 8, 3)).Scale(2)
            .Conv(5, new Extent3d(1, 2, 3), stride: 2).BatchNorm().GroupNorm(5).LayerNorm().Dropout(0.1).ChannelDropout(0.1).Gelu().AveragePool(2)
            .GlobalAveragePool().Dense(7).LayerNorm().Dense(2).Summary();

        Assert.Equal(
            [0, (6 * 3 * 5) + 5, 4 * 5, 2 * 5, 2 * 5, 0, 0, 0, 0, 0, (5 * 7) + 7, 2 * 7, (7 * 2) + 2], summary.Layers.Select(layer => layer.Parameters));
        Assert.Equal(summary.Parameters - (2 * 5), summary.Trainable);
    }

    [Fact]
    public void Multiply_adds_are_outputs_times_what_each_sums_over()
    {
        NetworkSummary summary = Cnn3d.For(new VoxelShape(8, 8, 8, 3)).Conv(5, new Extent3d(1, 2, 3), stride: 2).Relu()
            .Branches(b => b.Conv(2, kernel: 1), b => b.Conv(3, kernel: 3)).Flatten().Dense(7).Summary();

        Assert.Equal(
            [(5 * 64) * 6 * 3, 0, ((2 * 64) * 5) + ((3 * 64) * 27 * 5), 0, 5 * 64 * 7], summary.Layers.Select(layer => layer.MultiplyAdds));
        Assert.Equal(summary.Layers.Sum(layer => layer.MultiplyAdds), summary.MultiplyAdds);
    }

    [Fact]
    public void Memory_is_that_of_all_outputs_and_of_the_weights_with_what_Adam_keeps()
    {
        NetworkSummary summary = Cnn3d.For(new VoxelShape(4, 4, 4)).Conv(2, kernel: 3).BatchNorm()
            .Residual(b => b.Conv(2, kernel: 1).Relu()).Flatten().Dense(2).Summary();
        long parameters = ((27 * 2) + 2) + 8 + ((2 * 2) + 2) + ((128 * 2) + 2);
        long values = (5 * 128) + 128 + 2;

        Assert.Equal(parameters, summary.Parameters);
        Assert.Equal(4 * parameters, summary.WeightBytes);
        Assert.Equal(4 * values, summary.ActivationBytes);
        Assert.Equal((4 * (parameters + (3 * (parameters - 4)))) + (2 * 10 * 4 * values), summary.TrainingBytes(batchSize: 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => summary.TrainingBytes(0));
    }

    [Fact]
    public void A_block_is_a_row_with_its_layers_indented_below_and_counts_once()
    {
        NetworkSummary summary = Cnn3d.For(new VoxelShape(4, 4, 4)).Conv(2, kernel: 1)
            .Residual(b => b.Conv(2, kernel: 3).Branches(t => t.Conv(1, kernel: 1), t => t.Conv(1, kernel: 1)), s => s.Conv(2, kernel: 1)).Flatten().Dense(2).Summary();
        string[] lines = summary.ToString().Split('\n');

        Assert.Equal(4, summary.Layers.Count);
        Assert.Equal(["conv3d_1", "branches", "conv3d_4"], summary.Layers[1].Inner.Select(layer => layer.Name));
        Assert.Equal(110 + 6 + 6, summary.Layers[1].Parameters);
        Assert.Equal(4 + 122 + 258, summary.Parameters);
        Assert.Equal(
            ["conv3d (Conv3D)", "residual (Residual)", "  conv3d_1 (Conv3D)", "  branches (Branches)", "    conv3d_2 (Conv3D)", "    conv3d_3 (Conv3D)", "  conv3d_4 (Conv3D)", "flatten (Flatten)"],
            lines[2..10].Select(line => line[..line.IndexOf(')', StringComparison.Ordinal)] + ")"));
        Assert.Contains("Total params: 384", lines);
        Assert.Contains($"Multiply-adds an event: {(128 * 1) + (128 * 54) + 256 + 256 + 256:N0}", lines);
        Assert.Contains(lines, line => line.StartsWith("Memory: weights 1.5 KiB, all layers' outputs ", StringComparison.Ordinal));
        Assert.Equal(summary.Layers[1], Cnn3d.For(new VoxelShape(4, 4, 4)).Conv(2, kernel: 1)
            .Residual(b => b.Conv(2, kernel: 3).Branches(t => t.Conv(1, kernel: 1), t => t.Conv(1, kernel: 1)), s => s.Conv(2, kernel: 1)).Summary().Layers[1]);
    }

    [Fact]
    public void Weights_inside_blocks_are_named_by_their_path()
    {
        Cnn3d network = Cnn3d.For(new VoxelShape(4, 4, 4)).Residual(b => b.Conv(2, kernel: 3).BatchNorm(), s => s.Conv(2, kernel: 1))
            .Branches(b => b, b => b.Relu().Residual(r => r.GroupNorm(1)));

        Assert.Equal(
            [
                "1_residual.branch.1_conv.weight", "1_residual.branch.1_conv.bias", "1_residual.branch.2_batchnorm.weight", "1_residual.branch.2_batchnorm.bias",
                "1_residual.branch.2_batchnorm.running_mean", "1_residual.branch.2_batchnorm.running_var", "1_residual.shortcut.1_conv.weight",
                "1_residual.shortcut.1_conv.bias", "2_branches.2.2_residual.branch.1_groupnorm.weight", "2_branches.2.2_residual.branch.1_groupnorm.bias",
            ],
            WeightLayout.Of(network).Select(weight => weight.Name));
    }

    [Fact]
    public void A_walk_over_all_layers_has_those_inside_blocks_with_their_path_and_input()
    {
        Cnn3d network = Cnn3d.For(new VoxelShape(4, 4, 4)).Residual(b => b.Conv(2, kernel: 3).BatchNorm(), s => s.Conv(2, kernel: 1)).Flatten();

        Assert.Equal(
            [
                ("Layer 1 (Residual)", 1), ("Layer 1 (Residual), branch layer 1 (Conv)", 1), ("Layer 1 (Residual), branch layer 2 (BatchNorm)", 2),
                ("Layer 1 (Residual), shortcut layer 1 (Conv)", 1), ("Layer 2 (Flatten)", 2),
            ],
            ShapeInference.WalkAll(network).Select(step => (step.Path, step.Input.Channels)));
    }

    [Fact]
    public void Work_past_any_counting_is_refused_and_not_wrong()
    {
        Cnn3d wide = Cnn3d.For(new VoxelShape(1000, 1000, 1000)).Conv(40_000, kernel: 1);
        Cnn3d network = Enumerable.Range(0, 8).Aggregate(wide, (longer, _) => longer.Conv(40_000, kernel: 1));

        Assert.Contains("than 64 bits can count", Assert.Throws<NetworkShapeException>(network.Summary).Message, StringComparison.Ordinal);
    }
}
