using ParticleImages.Networks;
using ParticleImages.Plotting.Drawing;
using ParticleImages.Plotting.Tests;
using ParticleImages.Voxelization;

namespace ParticleImages.Plotting.Networks.Tests;

public class KernelsPictureTests
{
    private static readonly VoxelShape Shape = new(6, 8, 8, 2);

    [Fact]
    public void Every_weight_of_every_filter_is_a_cell()
    {
        using VoxelNetwork network = Cnn3d.For(Shape).Relu().Conv(5, new Extent3d(3, 2, 1)).Flatten().Dense(2).Build(seed: 1);
        KernelsPicture picture = Picture.Kernels(network);

        // Beside the paper and the colour bar's 256 steps: 5 filters, 2 channels, 3 slices of 2 × 1.
        Assert.Equal((5 * 2 * 3 * 2) + 256 + 1, CellsOf(picture));
        string[] texts = Svg.Of(picture).Texts;
        Assert.Equal("2_conv: 5 filters of 3 × 2 × 1, time slices from early to late, iφ to the right, iη up; 2 channels below each other", texts[0]);
        Assert.Equal(["1", "2", "3", "4", "5"], texts[1..6]);
        Assert.Contains("Weight", texts);
    }

    [Fact]
    public void The_first_convolution_may_stand_in_a_branch()
    {
        using VoxelNetwork network = Cnn3d.For(Shape).Branches(one => one.Conv(3, kernel: 3), other => other).GlobalMaxPool().Dense(2).Build(seed: 1);
        Assert.StartsWith("1_branches.1.1_conv: 3 filters", Svg.Of(Picture.Kernels(network)).Texts[0], StringComparison.Ordinal);
    }

    /// <summary>A network that diverged has no finite weight, one made of zeros no range of colours.</summary>
    [Theory]
    [InlineData(float.NaN, "no finite weight")]
    [InlineData(0f, "Weight")]
    public void Weights_that_are_all_no_number_or_all_0_are_drawn(float value, string expected)
    {
        var picture = new KernelsPicture("0_conv", [3, 2, 2, 2, 2], [.. Enumerable.Repeat(value, 48)], PictureFrame.Default);
        Assert.Contains(expected, Svg.Of(picture).Texts);
        if (float.IsNaN(value))
        {
            Assert.Contains("48 of 48 weights are not finite", Svg.Of(picture).Texts[0], StringComparison.Ordinal);
            return;
        }

        // Three filters of two channels of 2 × 2 × 2 beside the bar's steps and the paper, and zero is the grey in the scale's middle.
        Assert.Equal((3 * 2 * 8) + 256 + 1, CellsOf(picture));
        using Drawn drawn = Drawn.Of(picture);
        Assert.True(drawn.Count(new SkiaSharp.SKColor(0xBD, 0xBD, 0xBD)) > 48 * 9);
    }

    [Fact]
    public void What_becomes_of_the_network_changes_nothing()
    {
        KernelsPicture picture;
        string before;
        using (VoxelNetwork network = Cnn3d.For(Shape).Conv(3, kernel: 3).Flatten().Dense(2).Build(seed: 1))
        {
            picture = Picture.Kernels(network);
            before = Svg.Of(picture).ToString();
        }

        Assert.Equal(before, Svg.Of(picture).ToString());
    }

    [Fact]
    public void Many_filters_are_drawn_smaller_and_at_last_refused()
    {
        using VoxelNetwork network = Cnn3d.For(Shape).Conv(256, kernel: 5).GlobalMaxPool().Dense(2).Build(seed: 1);
        using Drawn drawn = Drawn.Of(Picture.Kernels(network).Size(1600, 1200));
        Assert.True(drawn.Ink() > 100_000);
        Assert.Equal(0, drawn.Ink(left: drawn.Size.Width - 3));
        var exception = Assert.Throws<InvalidOperationException>(() => Drawn.Of(Picture.Kernels(network).Size(300, 300)));
        Assert.Contains("256 filters of 5 × 5 × 5", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_convolution_there_is_nothing_to_draw()
    {
        using VoxelNetwork network = Cnn3d.For(Shape).Flatten().Dense(2).Build(seed: 1);
        var exception = Assert.Throws<ArgumentException>("network", () => Picture.Kernels(network));
        Assert.Contains("no convolution", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("network", () => Picture.Kernels(null!));
    }

    private static int CellsOf(Picture picture) => Svg.Of(picture).Elements.Count(
        element => element.Name.LocalName == "rect" && element.Attribute("stroke") is null && element.Ancestors().All(above => above.Name.LocalName != "clipPath"));
}
