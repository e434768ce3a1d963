using ParticleImages.Networks;
using ParticleImages.Plotting.Tests;
using ParticleImages.Voxelization;

namespace ParticleImages.Plotting.Networks.Tests;

public class OcclusionPictureTests
{
    private static readonly Voxelizer Voxelizer =
        Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.02)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative();

    [Fact]
    public void The_picture_says_what_the_network_thinks_and_what_the_colours_are()
    {
        string[] texts = Svg.Of(Of(Voxelizer, (16, 16, 1f, 0.01f), (14, 18, 0.1f, -0.03f))).Texts;
        Assert.StartsWith("electron, event 0: probability of electron 0.", texts[1], StringComparison.Ordinal);
        Assert.Contains("Energy (GeV)", texts);
        Assert.Contains("Effect of the hit: logit with it − logit without it (above 0: for electron)", texts);
        Assert.Equal(4, texts.Count(text => text == "iφ"));
        Assert.Equal(4, texts.Count(text => text == "iη"));
        Assert.Equal(4, texts.Count(text => text == "Time (ns)"));
    }

    [Fact]
    public void An_axis_with_open_ends_says_so_and_fine_bins_are_seen()
    {
        Voxelizer nearest = Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.02).Outside(OutsideTime.Nearest));
        Assert.Equal(4, Svg.Of(Of(nearest, (16, 16, 1f, 0.5f))).Texts.Count(text => text == "Time (ns), ends open"));
        Svg fine = Svg.Of(Of(Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, bins: 2000)), (16, 16, 1f, -0.09f), (14, 18, 0.1f, 0.0777f)));
        Assert.DoesNotContain(fine.Named("rect"), box => Side(box, "height") < 1 || Side(box, "width") < 1);

        static double Side(System.Xml.Linq.XElement box, string name) => double.Parse((string?)box.Attribute(name) ?? "0", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void What_has_no_room_is_told_of_the_whole_picture()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(
            "A picture of 480 × 420 pixels has no room for its plots beside their axes. Its usual size is 1120 × 880. Set a larger size.",
            Assert.Throws<InvalidOperationException>(() => Of(Voxelizer, (16, 16, 1f, 0f)).Size(480, 420).Save(folder["a.png"])).Message);
    }

    [Fact]
    public void Units_of_the_data_make_the_axes()
    {
        OcclusionPicture picture = Of(Voxelizer, (16, 16, 1f, 0.01f), (14, 18, 0.1f, -0.03f));
        Assert.NotEqual(Svg.Of(picture).Texts, Svg.Of(picture.Units(gigaelectronvolts: 1, nanoseconds: 1)).Texts);
        Assert.Throws<ArgumentOutOfRangeException>("gigaelectronvolts", () => picture.Units(0, 50));
        Assert.Throws<ArgumentOutOfRangeException>("nanoseconds", () => picture.Units(50, double.NaN));
    }

    [Fact]
    public void An_event_is_called_by_the_row_it_was_taken_from()
    {
        OcclusionPicture picture = Of(Voxelizer, (16, 16, 1f, 0.01f));
        Assert.StartsWith("electron, event 249000: ", Svg.Of(picture.Numbered(249_000).Units(1, 1)).Texts[1], StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("row", () => picture.Numbered(-1));
    }

    [Fact]
    public void An_event_without_hits_says_so_in_every_projection() =>
        Assert.Equal(6, Svg.Of(Of(Voxelizer)).Texts.Count(text => text == "no hits"));

    [Fact]
    public void A_single_hit_and_distinct_times_are_drawn()
    {
        using Drawn one = Drawn.Of(Of(Voxelizer, (0, 31, 1f, 0.09f)));
        using Drawn distinct = Drawn.Of(Of(Voxelizer.Over(TimeAxis.DistinctTimes(frames: 6)), (0, 31, 1f, 0.09f), (5, 5, 0.5f, -0.2f)));
        Assert.True(one.Ink() > 10_000);
        Assert.True(distinct.Ink() > 10_000);
        Assert.Equal(0, one.Ink(left: one.Size.Width - 3));
    }

    private static OcclusionPicture Of(Voxelizer voxelizer, params (int Row, int Column, float Energy, float Time)[] hits)
    {
        var image = new float[ImageShape.Crop32.Values];
        foreach ((int row, int column, float energy, float time) in hits)
        {
            image[2 * ((32 * row) + column)] = energy;
            image[(2 * ((32 * row) + column)) + 1] = time;
        }

        var events = new EventBatch(ImageShape.Crop32, image, [ParticleLabel.Electron]);
        using VoxelNetwork network = Cnn3d.For(voxelizer.OutputShape(events.Shape)).Conv(2, kernel: 3).Relu().GlobalMaxPool().Dense(2).Build(seed: 4);
        return Picture.Occlusion(Occlusion.Of(network, voxelizer, events, 0)).Title("Occlusion");
    }
}
