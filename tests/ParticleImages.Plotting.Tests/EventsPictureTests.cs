using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class EventsPictureTests
{
    private static readonly ImageShape Small = new(4, 6);

    [Fact]
    public void A_hit_has_the_colour_of_its_value_and_every_other_cell_is_blank()
    {
        EventBatch events = Samples.Batch(
            Small, [1, 0], (0, 0, 0, 1f, 0.5f), (0, 3, 5, 0.1f, -1f), (1, 2, 1, 10f, 0f));
        using Drawn drawn = Drawn.Of(Picture.Events(events).Units(1, 1));
        EventsLayout layout = LayoutOf(Picture.Events(events), Small, rows: 2);
        ColorScale energy = ColorScale.Logarithmic([1f, 0.1f, 10f]);
        ColorScale time = ColorScale.Symmetric([0.5, -1, 0]);

        // Photons stand above electrons: event 1 is the first row. Image rows run upward.
        var expected = new Dictionary<(int Row, int Column, int ImageRow, int ImageColumn), SKColor>
        {
            [(0, 0, 2, 1)] = energy.ColorOf(10).ToSKColor(),
            [(0, 1, 2, 1)] = time.ColorOf(0).ToSKColor(),
            [(1, 0, 0, 0)] = energy.ColorOf(1).ToSKColor(),
            [(1, 0, 3, 5)] = energy.ColorOf(0.1f).ToSKColor(),
            [(1, 1, 0, 0)] = time.ColorOf(0.5).ToSKColor(),
            [(1, 1, 3, 5)] = time.ColorOf(-1).ToSKColor(),
        };
        foreach (int row in Enumerable.Range(0, 2))
        {
            foreach (int column in Enumerable.Range(0, 2))
            {
                foreach (int pixel in Enumerable.Range(0, Small.Pixels))
                {
                    (int imageRow, int imageColumn) = (pixel / Small.Width, pixel % Small.Width);
                    PixelRect cells = layout.Cells(row, column);
                    int x = (int)(cells.Left + ((imageColumn + 0.5f) * cells.Width / Small.Width));
                    int y = (int)(cells.Bottom - ((imageRow + 0.5f) * cells.Height / Small.Height));
                    SKColor wanted = expected.GetValueOrDefault((row, column, imageRow, imageColumn), SKColors.White);
                    Assert.Equal(wanted, drawn[x, y]);
                }
            }
        }
    }

    [Fact]
    public void What_is_no_hit_is_left_blank_and_a_negative_energy_has_only_a_time()
    {
        EventBatch events = Samples.Batch(
            Small, [0], (0, 0, 0, float.NaN, 1f), (0, 0, 1, 1f, float.PositiveInfinity), (0, 0, 2, 0f, 1f), (0, 1, 1, -1f, 3f));
        HitMap map = HitMap.Of(events, 0, 50, 50);
        Assert.Empty(map.Energies);
        Assert.Equal([new HitValue(1, 1, 150)], map.Times);
        using Drawn drawn = Drawn.Of(Picture.Events(events));
        Assert.True(drawn.Ink() > 1000);
    }

    [Fact]
    public void Values_are_in_GeV_and_ns_by_the_units_given()
    {
        EventBatch events = Samples.Batch(Small, [0], (0, 1, 2, 0.5f, -0.25f));
        HitMap map = HitMap.Of(events, 0, energyUnit: 50, timeUnit: 50);
        Assert.Equal([new HitValue(1, 2, 25)], map.Energies);
        Assert.Equal([new HitValue(1, 2, -12.5)], map.Times);

        // The public files' units are the default; others give another picture only through the bars' numbers.
        Assert.Equal(Svg(Picture.Events(events)), Svg(Picture.Events(events).Units(50, 50)));
        Assert.NotEqual(Svg(Picture.Events(events)), Svg(Picture.Events(events).Units(1, 50)));
    }

    [Fact]
    public void The_colour_bars_cover_the_range_of_the_data()
    {
        ColorScale energy = ColorScale.Logarithmic([0.12, 3, 70]);
        Assert.Equal(0.12, energy.Range.Low, 1e-12);
        Assert.Equal(70, energy.Range.High, 1e-10);
        ColorScale time = ColorScale.Symmetric([-3, 0.5, 2]);
        Assert.Equal((-3.0, 3.0), time.Range);
        Assert.NotEqual(energy.ColorOf(0.12), energy.ColorOf(70));
        Assert.NotEqual(time.ColorOf(-3), time.ColorOf(3));

        // One value alone has room around it.
        ColorScale single = ColorScale.Logarithmic([4.0]);
        Assert.Equal(2, single.Range.Low, 1e-12);
        Assert.Equal(8, single.Range.High, 1e-12);
        Assert.Equal((-1.0, 1.0), ColorScale.Symmetric([0.0]).Range);
    }

    [Fact]
    public void A_colour_bar_shows_the_colours_of_its_ends_at_its_ends()
    {
        EventBatch events = Samples.TwoEvents;
        using Drawn drawn = Drawn.Of(Picture.Events(events));
        EventsLayout layout = LayoutOf(Picture.Events(events), events.Shape, rows: 2);
        (PixelRect area, PixelPadding padding) = layout.Bar(column: 0);
        PixelRect bar = area.Contract(padding);
        ColorScale energy = ColorScale.Logarithmic([50, 0.5, 40, 5]);
        int y = (int)bar.VerticalCenter;
        AssertNear(energy.ColorOf(0.5), drawn[(int)bar.Left + 2, y]);
        AssertNear(energy.ColorOf(50), drawn[(int)bar.Right - 2, y]);

        static void AssertNear(ScottPlot.Color expected, SKColor found)
        {
            Assert.InRange(found.Red - expected.R, -12, 12);
            Assert.InRange(found.Green - expected.G, -12, 12);
            Assert.InRange(found.Blue - expected.B, -12, 12);
        }
    }

    [Theory]
    [InlineData(new[] { 1.0, 0.001, 200 }, new[] { "0.001", "0.01", "0.1", "1", "10", "100" })]
    [InlineData(new[] { 0.9, 25 }, new[] { "1", "10" })]
    [InlineData(new[] { 0.15, 0.7 }, new[] { "0.2", "0.5" })]
    [InlineData(new[] { 2.1, 2.3 }, new[] { "2.1", "2.3" })]
    [InlineData(new[] { 1e-7, 1e-5 }, new[] { "1e−7", "1e−6", "1e−5" })]
    public void Every_energy_bar_has_at_least_two_numbers(double[] values, string[] expected)
    {
        using Plot bar = ColorScale.Logarithmic(values).Bar("Energy (GeV)");
        bar.RenderInMemory(300, 100);
        string[] labels = [.. bar.Axes.Bottom.TickGenerator.Ticks.Where(tick => tick.IsMajor).Select(tick => tick.Label)];
        Assert.Equal(expected, labels);
    }

    [Fact]
    public void Without_indices_the_first_three_of_each_class_are_shown()
    {
        EventBatch events = Samples.Batch(Small, [1, 1, 1, 1, 0, 0, 0, 0, 0]);
        string text = Svg(Picture.Events(events));
        Assert.Equal(["event 4", "event 5", "event 6", "event 0", "event 1", "event 2"], Names(text));
        Assert.Equal(["event 8", "event 4", "event 3"], Names(Svg(Picture.Events(events, 3, 8, 4))));

        static string[] Names(string svg) =>
            [.. svg.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("event ", StringComparison.Ordinal))];
    }

    [Fact]
    public void Events_without_hits_say_so()
    {
        string text = Svg(Picture.Events(Samples.Batch(Small, [0])));
        Assert.Contains("no hits", text, StringComparison.Ordinal);
        Assert.Contains("no energy above 0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("(GeV)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_any_shape_have_square_cells_of_whole_pixels()
    {
        foreach (ImageShape shape in new[] { Small, ImageShape.Crop32, new ImageShape(20, 8), new ImageShape(1, 1) })
        {
            Picture picture = Picture.Events(Samples.Batch(shape, [0, 1]));
            PixelRect cells = LayoutOf(picture, shape, rows: 2).Cells(1, 1);
            float cell = cells.Width / shape.Width;
            Assert.Equal(cells.Height / shape.Height, cell);
            Assert.Equal(MathF.Floor(cell), cell);
            Assert.Equal(MathF.Floor(cells.Left), cells.Left);
            Assert.InRange(cells.Right, 0, picture.DrawnSize.Width);
        }
    }

    [Fact]
    public void Large_images_are_drawn_with_cells_smaller_than_a_pixel()
    {
        EventBatch events = Samples.Batch(new ImageShape(256, 256), [0], (0, 128, 128, 1f, 0f));
        using Drawn drawn = Drawn.Of(Picture.Events(events));
        Assert.True(drawn.Ink() > 4000);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(3, 200)]
    [InlineData(8, 8000)]
    public void Narrow_and_flat_images_have_room_for_their_words(int height, int width)
    {
        var shape = new ImageShape(height, width);
        EventBatch batch = Samples.Batch(shape, [1], (0, 0, 0, 1f, 0.01f), (0, height - 1, width - 1, 0.5f, -0.01f));
        string[] texts = Plotting.Tests.Svg.Of(Picture.Events(batch)).Texts;
        Assert.Contains("Energy (GeV)", texts);
        Assert.Contains("Time (ns)", texts);
        using Drawn drawn = Drawn.Of(Picture.Events(batch));
        Assert.True(drawn.Size.Width >= 500);
    }

    [Fact]
    public void A_choice_of_events_is_called_by_the_rows_it_was_taken_from()
    {
        EventBatch events = Samples.Batch(Small, [1, 0, 1]);
        Assert.Equal(["event 7", "event 498000"], Events(Picture.Events(events, 1, 2).Numbered(249_000, 7, 498_000)));
        Assert.Equal(["event 1", "event 2"], Events(Picture.Events(events, 1, 2)));
        Assert.Contains("3 events; received 2", Assert.Throws<ArgumentException>("rows", () => Picture.Events(events, 1, 2).Numbered(7, 8)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Picture.Events(events).Numbered(7, -8, 9));

        Assert.Contains("electron, event 249000", Tests.Svg.Of(Picture.Movie(Samples.Bins, events, 0).Numbered(249_000).Units(1, 1)).Texts);
        Assert.Contains("electron, event 249000", Tests.Svg.Of(Picture.Projections(Samples.Bins, events, 0).Numbered(249_000).Units(1, 1)).Texts);
        Assert.Contains("electron, event 249000: 0 hits", Tests.Svg.Of(Picture.SpaceTime(events, 0).Numbered(249_000).Units(1, 1)).Texts);
        Assert.Throws<ArgumentOutOfRangeException>("row", () => Picture.Movie(Samples.Bins, events, 0).Numbered(-1));

        static string[] Events(Picture picture) => [.. Tests.Svg.Of(picture).Texts.Where(text => text.StartsWith("event", StringComparison.Ordinal))];
    }

    [Fact]
    public void Nothing_to_draw_and_events_that_are_not_there_are_refused()
    {
        Assert.Contains("no event", Assert.Throws<ArgumentException>(
            "events", () => Picture.Events(Samples.Batch(Small, []))).Message, StringComparison.Ordinal);
        Assert.Contains("events 0 to 1", Assert.Throws<ArgumentOutOfRangeException>(
            "indices", () => Picture.Events(Samples.TwoEvents, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => Picture.Events(Samples.TwoEvents, -1));
        Assert.Contains("32 at most", Assert.Throws<ArgumentException>(
            "indices", () => Picture.Events(Samples.TwoEvents, new int[33])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("gigaelectronvolts", () => Picture.Events(Samples.TwoEvents).Units(0, 50));
        Assert.Throws<ArgumentOutOfRangeException>("nanoseconds", () => Picture.Events(Samples.TwoEvents).Units(50, double.NaN));
    }

    private static EventsLayout LayoutOf(Picture picture, ImageShape shape, int rows) =>
        EventsLayout.Within(new PixelRect(0, picture.DrawnSize.Width, picture.DrawnSize.Height, 0), shape, rows);

    private static string Svg(Picture picture)
    {
        using var folder = new TemporaryFolder();
        picture.Save(folder["picture.svg"]);
        return File.ReadAllText(folder["picture.svg"]);
    }
}
