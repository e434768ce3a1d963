using ParticleImages.Networks;
using ParticleImages.Plotting.Tests;
using ParticleImages.Voxelization;
using SkiaSharp;

namespace ParticleImages.Plotting.Networks.Tests;

public class NetworkPictureTests
{
    private static readonly VoxelShape Shape = new(21, 32, 32);

    [Fact]
    public void The_notebooks_network_has_its_layers_shapes_and_parameters_in_order()
    {
        string[] texts = Svg.Of(Picture.Network(Cnn3d.Notebook(Shape)).Title("The notebook's network")).Texts;
        Assert.Equal(
            ["The notebook's network", "Input", "21 × 32 × 32", "Conv 64, 3 × 3 × 3", "21 × 32 × 32 × 64 · 1\u202F792 parameters", "ReLU", "Dropout 0.2", "Batch norm"],
            texts[..8]);
        Assert.Equal(
            ["Dense 2", "2 · 66 parameters", "715\u202F074 parameters, 714\u202F882 trainable; 179\u202F374\u202F144 multiply-adds an event"],
            texts[^3..]);
    }

    [Fact]
    public void Every_layer_has_a_box_and_every_neighbour_an_arrow()
    {
        Cnn3d description = Cnn3d.For(Shape).Conv(2, kernel: 3).Relu().MaxPool(2).Flatten().Dense(2);
        var svg = Svg.Of(Picture.Network(description));

        // The paper, and boxes that are filled and outlined; an arrow is a line and a head.
        Assert.Equal(1 + (2 * 6), svg.Named("rect").Length);
        Assert.Equal(2 * 5, svg.Named("path").Length + svg.Named("line").Length);
    }

    [Fact]
    public void Branches_and_shortcuts_stand_side_by_side()
    {
        Cnn3d chain = Cnn3d.For(Shape).Conv(4, kernel: 3).Conv(4, kernel: 3).GlobalMaxPool().Dense(2);
        Cnn3d forked = Cnn3d.For(Shape).Conv(4, kernel: 3)
            .Residual(branch => branch.Conv(4, kernel: 3))
            .Branches(one => one.Conv(3, kernel: 1), other => other.MaxPool(3, stride: 1, padding: Padding.Same), rest => rest.Conv(2, kernel: 3).Relu())
            .GlobalMaxPool().Dense(2);
        NetworkPicture picture = Picture.Network(forked);
        Assert.True(picture.DrawnSize.Width > Picture.Network(chain).DrawnSize.Width + 200);
        string[] texts = Svg.Of(picture).Texts;
        Assert.Contains("Add", texts);
        Assert.Contains("Concatenate", texts);
        Assert.Contains("21 × 32 × 32 × 9", texts);
        Assert.Contains("Max pool 3 × 3 × 3, stride 1 × 1 × 1, padded", texts);
    }

    [Fact]
    public void Every_kind_of_layer_has_a_name()
    {
        Cnn3d all = Cnn3d.For(new VoxelShape(8, 8, 8)).Scale(50, -1.5).Conv(4, kernel: 3, padding: Padding.Valid).Activate(Activation.LeakyRelu).GroupNorm(2)
            .LayerNorm().ChannelDropout(0.25).AveragePool(2).Gelu().Residual(branch => branch.Branches(inner => inner.Conv(4, kernel: 1), inner => inner).Conv(4, kernel: 1))
            .GlobalAveragePool().Dense(2);
        string[] texts = Svg.Of(Picture.Network(all)).Texts;
        Assert.All(
            ["Scale × 50 − 1.5", "Conv 4, 3 × 3 × 3, unpadded", "Leaky ReLU", "Group norm, 2 groups", "Layer norm", "Channel dropout 0.25", "Average pool 2 × 2 × 2", "GELU", "Global average pool"],
            text => Assert.Contains(text, texts));
        Assert.Contains("Scale, by channel", Svg.Of(Picture.Network(Cnn3d.For(new VoxelShape(2, 2, 2, 2)).Scale([1, 2], [0]).Flatten().Dense(2))).Texts);
    }

    [Fact]
    public void A_network_without_layers_is_its_input() =>
        Assert.Equal(["Input", "21 × 32 × 32", "0 parameters, 0 trainable; 0 multiply-adds an event"], Svg.Of(Picture.Network(Cnn3d.For(Shape))).Texts);

    [Fact]
    public void Layers_that_do_not_fit_are_refused_as_by_the_summary() =>
        Assert.Contains("Layer 1 (MaxPool)", Assert.Throws<NetworkShapeException>(() => Picture.Network(Cnn3d.For(Shape).MaxPool(40))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_has_no_room_is_drawn_smaller_and_at_last_refused()
    {
        Cnn3d tall = Enumerable.Range(0, 300).Aggregate(Cnn3d.For(Shape), (network, _) => network.Relu()).Flatten().Dense(2);
        NetworkPicture picture = Picture.Network(tall);
        Assert.Equal(10_000, picture.DrawnSize.Height);
        using Drawn small = Drawn.Of(picture.Size(400, 2000));
        Assert.True(small.Ink() > 4000);
        Assert.Equal(0, small.Ink(bottom: 3));
        var exception = Assert.Throws<InvalidOperationException>(() => Drawn.Of(picture.Size(200, 200)));
        Assert.Contains("larger size", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_stays_off_its_edges_and_is_the_same_file_each_time()
    {
        NetworkPicture picture = Picture.Network(Cnn2d.Notebook(new VoxelShape(1, 32, 32)));
        using Drawn drawn = Drawn.Of(picture);
        Assert.Equal(0, drawn.Ink(bottom: 3));
        Assert.Equal(0, drawn.Ink(right: 3));
        Assert.Equal(0, drawn.Ink(left: drawn.Size.Width - 3));
        Assert.Equal(0, drawn.Ink(top: drawn.Size.Height - 3));
        Assert.Equal(Svg.Of(picture).ToString(), Svg.Of(picture).ToString());
        Assert.True(drawn.Count(new SKColor(0xCF, 0xE3, 0xF2)) > 20_000);
    }
}
