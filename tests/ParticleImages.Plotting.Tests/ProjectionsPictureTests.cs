using ParticleImages.Plotting.Drawing;
using ParticleImages.Voxelization;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class ProjectionsPictureTests
{
    private static readonly ImageShape Small = new(4, 6);

    [Fact]
    public void Each_side_adds_energies_along_the_third_axis_on_one_colour_scale()
    {
        // Two hits in row 1 in the first frame, 1 and 3 GeV; one of 10 GeV in the last frame.
        EventBatch events = Samples.Batch(Small, [1], (0, 1, 2, 0.02f, -0.09f), (0, 1, 4, 0.06f, -0.08f), (0, 3, 0, 0.2f, 0.09f));
        ProjectionsPicture picture = Picture.Projections(Samples.Bins, events, 0);
        using Drawn drawn = Drawn.Of(picture);
        ProjectionsLayout layout = ProjectionsLayout.Within(new PixelRect(0, 720, 740, 0), Small);
        ColorScale scale = ColorScale.Logarithmic([1, 10]);

        AssertCell(layout.Image, column: 2, row: 1, 6, 4, 1);
        AssertCell(layout.Image, column: 4, row: 1, 6, 4, 3);
        AssertCell(layout.Image, column: 0, row: 3, 6, 4, 10);
        AssertCell(layout.Image, column: 1, row: 1, 6, 4, null);
        AssertCell(layout.Columns, column: 2, row: 0, 6, 4, 1);
        AssertCell(layout.Columns, column: 4, row: 0, 6, 4, 3);
        AssertCell(layout.Columns, column: 0, row: 3, 6, 4, 10);
        AssertCell(layout.Columns, column: 0, row: 0, 6, 4, null);
        AssertCell(layout.Rows, column: 0, row: 1, 4, 4, 4);
        AssertCell(layout.Rows, column: 3, row: 3, 4, 4, 10);
        AssertCell(layout.Rows, column: 3, row: 1, 4, 4, null);

        void AssertCell((PixelRect Area, PixelPadding Padding) place, int column, int row, int columns, int rows, double? energy)
        {
            PixelRect inner = place.Area.Contract(place.Padding);
            SKColor found = drawn[(int)(inner.Left + ((column + 0.5f) * inner.Width / columns)), (int)(inner.Bottom - ((row + 0.5f) * inner.Height / rows))];
            SKColor wanted = energy is { } value ? scale.ColorOf(value).ToSKColor() : SKColors.White;
            Assert.InRange(Math.Abs(found.Red - wanted.Red) + Math.Abs(found.Green - wanted.Green) + Math.Abs(found.Blue - wanted.Blue), 0, 6);
        }
    }

    /// <summary>Drawn as it is, a cell of a fifth of a pixel would be seen one time in five.</summary>
    [Fact]
    public void A_cell_thinner_than_a_pixel_is_seen()
    {
        EventBatch events = Samples.Batch(Small, [1], (0, 0, 0, 0.1f, -0.19f), (0, 1, 1, 0.1f, -0.0513f), (0, 2, 2, 0.1f, 0.0777f), (0, 3, 3, 0.1f, 0.19f));
        using Drawn drawn = Drawn.Of(Picture.Projections(Voxelizer.Over(TimeAxis.Regular(-0.2, 0.2, bins: 1000)), events, 0));
        ProjectionsLayout layout = ProjectionsLayout.Within(new PixelRect(0, 720, 740, 0), Small);
        PixelRect columns = layout.Columns.Area.Contract(layout.Columns.Padding), rows = layout.Rows.Area.Contract(layout.Rows.Padding);
        for (int i = 0; i < 4; i++)
        {
            int x = (int)(columns.Left + ((i + 0.5f) * columns.Width / 6)), y = (int)(rows.Bottom - ((i + 0.5f) * rows.Height / 4));
            Assert.InRange(drawn.Ink(x, (int)columns.Top + 1, x + 1, (int)columns.Bottom - 1), 1, 2);
            Assert.InRange(drawn.Ink((int)rows.Left + 1, y, (int)rows.Right - 1, y + 1), 1, 2);
        }
    }

    [Fact]
    public void An_axis_says_which_of_its_ends_are_open_and_the_caption_that_deposits_linger()
    {
        EventBatch events = Samples.Batch(Small, [0], (0, 1, 2, 0.02f, -0.09f));
        Assert.Contains("Time (ns), ends open", Texts(Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, 4).Outside(OutsideTime.Nearest))));
        Assert.Contains("Time (ns), open below", Texts(Voxelizer.NotebookCompatible(-0.05, 0.05, 0.05).Cumulative()));
        Assert.Contains("photon, event 0, cumulative", Texts(Samples.Bins.Cumulative()));
        Assert.Contains("photon, event 0", Texts(Samples.Bins));

        string[] Texts(Voxelizer voxelizer) => Svg.Of(Picture.Projections(voxelizer, events, 0)).Texts;
    }

    [Fact]
    public void Energies_that_add_up_to_more_than_float32_holds_are_drawn()
    {
        EventBatch events = Samples.Batch(Small, [1], (0, 1, 2, 3e38f, 0), (0, 1, 3, 3e38f, 0.01f));
        using Drawn drawn = Drawn.Of(Picture.Projections(Samples.Bins, events, 0));
        Assert.True(drawn.Ink() > 10_000);
    }

    [Fact]
    public void Panels_stand_along_the_axes_they_share()
    {
        foreach (ImageShape shape in new[] { Small, ImageShape.Crop32, new ImageShape(20, 8), new ImageShape(1, 1), new ImageShape(256, 256) })
        {
            ProjectionsLayout layout = ProjectionsLayout.Within(new PixelRect(0, 720, 740, 0), shape);
            PixelRect image = Inner(layout.Image), columns = Inner(layout.Columns), rows = Inner(layout.Rows);
            Assert.Equal((image.Left, image.Right), (columns.Left, columns.Right));
            Assert.Equal((image.Top, image.Bottom), (rows.Top, rows.Bottom));
            Assert.Equal(image.Width / shape.Width, image.Height / shape.Height, 1e-4);
        }

        static PixelRect Inner((PixelRect Area, PixelPadding Padding) place) => place.Area.Contract(place.Padding);
    }

    [Fact]
    public void Frames_of_distinct_times_are_counted()
    {
        EventBatch events = Samples.Batch(Small, [0], (0, 1, 2, 0.02f, -0.09f), (0, 1, 4, 0.06f, -0.08f));
        string[] texts = Svg.Of(Picture.Projections(Voxelizer.Over(TimeAxis.DistinctTimes(3)), events, 0)).Texts;
        Assert.Equal(2, texts.Count(text => text == "Frame"));
        Assert.DoesNotContain("Time (ns)", texts);
    }

    [Fact]
    public void An_event_without_hits_says_so() =>
        Assert.Contains("no energy above 0", Svg.Of(Picture.Projections(Samples.Bins, Samples.Batch(Small, [0]), 0)).Texts);

    [Fact]
    public void What_can_not_be_binned_or_drawn_is_refused()
    {
        EventBatch events = Samples.Batch(Small, [0]);
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Picture.Projections(Samples.Bins, events, 1));
        Assert.ThrowsAny<ArgumentException>(() => Picture.Projections(Samples.Bins.Crop(6), events, 0));
        using var folder = new TemporaryFolder();
        Assert.Contains("400 × 400", Assert.Throws<InvalidOperationException>(
            () => Picture.Projections(Samples.Bins, events, 0).Size(200, 200).Save(folder["a.png"])).Message, StringComparison.Ordinal);
        Picture.Projections(Samples.Bins, events, 0).Title("fits").Size(400, 448).Save(folder["b.png"]);
    }
}
