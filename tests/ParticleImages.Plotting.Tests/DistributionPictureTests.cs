using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class DistributionPictureTests
{
    private static readonly ImageShape Small = new(4, 6);
    private static readonly SKColor Blue = PictureStyle.LineColors[0].ToSKColor();
    private static readonly SKColor Vermilion = PictureStyle.LineColors[1].ToSKColor();

    // Photons of one hit and electrons of two, at whole ns from 0 to 99.
    private static readonly EventDistributions Many = Of(
        [.. Enumerable.Range(0, 400).Select(i => i % 2)],
        [.. Enumerable.Range(0, 400).SelectMany(i => Enumerable.Range(0, 1 + (i % 2)).Select(k => (i, 1 + k, 2, 0.02f * (1 + (i % 50)), (i % 100) * 0.02f)))]);

    [Fact]
    public void Steps_run_along_the_bins_from_the_floor_to_the_floor()
    {
        using Plot plot = PictureStyle.NewPlot("", "");
        new StepHistogram([0, 1, 3], [100, 0], [10, 0], Floor: null).AddLine(plot, Colors.Black);
        Coordinates[] line = [.. ((Scatter)plot.PlottableList[0]).Data.GetScatterPoints()];
        Assert.Equal([new(0, 0), new(0, 100), new(1, 100), new(1, 0), new(3, 0), new(3, 0)], line);

        using Plot logarithmic = PictureStyle.NewPlot("", "");
        new StepHistogram([0, 1, 3], [100, 0], [10, 0], Floor: -3).AddLine(logarithmic, Colors.Black);
        line = [.. ((Scatter)logarithmic.PlottableList[0]).Data.GetScatterPoints()];
        Assert.Equal([new(0, -3), new(0, 2), new(1, 2), new(1, -3), new(3, -3), new(3, -3)], line);
    }

    [Fact]
    public void Both_classes_are_drawn_with_their_numbers_and_the_ratio()
    {
        using Drawn drawn = Drawn.Of(Picture.HitsAnEvent(Many));
        Assert.True(drawn.Count(Blue) > 100);
        Assert.True(drawn.Count(Vermilion) > 100);
        string[] texts = Svg.Of(Picture.HitsAnEvent(Many)).Texts;
        Assert.Contains("photons: 200 events", texts);
        Assert.Contains("electrons: 200 events", texts);
        Assert.Contains("e / γ", texts);
    }

    [Fact]
    public void One_class_alone_has_no_ratio_and_no_second_colour()
    {
        EventDistributions photons = Of([0, 0], (0, 1, 2, 0.02f, 0.1f), (1, 1, 2, 0.02f, 0.2f));
        foreach (Picture picture in new Picture[]
        {
            Picture.EnergySpectrum(photons), Picture.AbsoluteTimes(photons), Picture.HitsAnEvent(photons), Picture.Containment(photons),
        })
        {
            string[] texts = Svg.Of(picture).Texts;
            Assert.DoesNotContain("e / γ", texts);
            Assert.Contains("photons: 2 events", texts);
            using Drawn drawn = Drawn.Of(picture);
            Assert.Equal(0, drawn.Count(Vermilion));
            Assert.True(drawn.Count(Blue) > 200);
        }
    }

    [Fact]
    public void Bins_are_joined_until_few_enough_are_in_sight_and_the_axis_says_their_width()
    {
        Assert.Contains("Hits / event / 2 ns", Svg.Of(Picture.AbsoluteTimes(Many)).Texts);
        Assert.Contains("Hits / event / 0.25 ns", Svg.Of(Picture.AbsoluteTimes(Many).UpTo(10)).Texts);
        Assert.Contains("Share of events", Svg.Of(Picture.HitsAnEvent(Many)).Texts);
    }

    [Fact]
    public void Events_without_hits_say_so_and_so_does_an_axis_that_ends_before_them()
    {
        EventDistributions empty = Of([0, 1]);
        Assert.Contains("no hits", Svg.Of(Picture.EnergySpectrum(empty)).Texts);
        Assert.Contains("no hits", Svg.Of(Picture.AbsoluteTimes(empty)).Texts);
        Assert.Contains("no energy above 0", Svg.Of(Picture.Containment(empty)).Texts);
        Assert.Contains("no hits up to 0.01", Svg.Of(Picture.EnergySpectrum(Many).UpTo(0.01)).Texts);

        Assert.Contains("no events up to 0.5", Svg.Of(Picture.HitsAnEvent(Many).UpTo(0.5)).Texts);

        // Hits at 10 ns and later alone: the bins below them are there, but empty.
        EventDistributions late = Of([0, 1], (0, 1, 1, 1f, 0.2f), (1, 1, 1, 1f, 0.3f));
        Assert.Contains("no hits up to 2", Svg.Of(Picture.AbsoluteTimes(late).UpTo(2)).Texts);

        // That events have no hits is something to show.
        Assert.Contains("Share of events", Svg.Of(Picture.HitsAnEvent(empty)).Texts);
    }

    /// <summary>A logarithmic axis has no place for energies below 0: they are hits all the same, and the picture says how many there are.</summary>
    [Fact]
    public void Hits_that_the_axis_does_not_reach_are_counted_below_it()
    {
        string[] texts = Svg.Of(Picture.EnergySpectrum(Of([0, 1], (0, 1, 1, -1f, 0f), (1, 1, 1, -2f, 0f)))).Texts;
        Assert.Contains("no hits above 0 GeV", texts);
        Assert.Contains("not in sight: 2 hits below 0 GeV", texts);
        texts = Svg.Of(Picture.EnergySpectrum(Of([0, 1], (0, 1, 1, -1f, 0f), (0, 2, 1, 1f, 0f), (1, 1, 1, 2f, 0f)))).Texts;
        Assert.Contains("not in sight: 1 hit below 0 GeV", texts);

        // Of 600 hits in all, six at each pair of ns; in float32 the four at 10 ns are a little earlier.
        Assert.Contains("not in sight: 536 hits of 10 ns or more", Svg.Of(Picture.AbsoluteTimes(Many).UpTo(10)).Texts);
        Assert.Contains("not in sight: 200 events with 2 hits or more", Svg.Of(Picture.HitsAnEvent(Many).UpTo(1)).Texts);
        Assert.DoesNotContain(Svg.Of(Picture.AbsoluteTimes(Many)).Texts, text => text.StartsWith("not in sight", StringComparison.Ordinal));
    }

    /// <summary>As float32 can hold them, of some detector that failed.</summary>
    [Fact]
    public void Times_of_any_size_have_short_numbers()
    {
        string[] texts = Svg.Of(Picture.AbsoluteTimes(Of([0, 1], (0, 1, 1, 1f, 3e38f), (1, 1, 1, 1f, 1e-30f)))).Texts;
        Assert.All(texts, text => Assert.InRange(text.Length, 0, 40));
        Assert.Contains("1e40", texts);
    }

    /// <summary>Two electrons and twenty photons: no ratio is known to a third.</summary>
    [Fact]
    public void Ratios_that_are_all_poorly_known_are_points_on_the_axis()
    {
        (int, int, int, float, float)[] hits =
        [
            .. Enumerable.Range(0, 22).SelectMany(i => Enumerable.Range(0, i is 0 or > 15 ? 2 : 1).Select(k => (i, 1, k, 0.1f, 0f))),
        ];
        Svg svg = Svg.Of(Picture.HitsAnEvent(Of([.. Enumerable.Range(0, 22).Select(i => i < 2 ? 1 : 0)], hits)));
        Assert.NotEmpty(svg.Circles(Color.FromHex("#202020")));
        Assert.DoesNotContain("1.1", svg.Texts);
    }

    [Fact]
    public void Numbers_of_many_events_have_room_beside_the_axis()
    {
        using SKBitmap bitmap = new(760, 600);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        using Plot plot = PictureStyle.NewPlot("x", "y");
        plot.Axes.SetLimits(0, 4, 0, 1e9);
        RatioPanels.Draw(canvas, new PixelRect(0, 760, 600, 0), plot, [], ratios: null);
        Assert.True(Enumerable.Range(0, 600).All(y => Enumerable.Range(0, 8).All(x => bitmap.GetPixel(x, y) == SKColors.White)));
    }

    /// <summary>A thousand images full of hits.</summary>
    [Fact]
    public void A_million_hits_are_collected_and_drawn()
    {
        var random = new Random(4);
        var images = new float[1000 * ImageShape.Crop32.Values];
        for (int i = 0; i < images.Length; i += 2)
        {
            images[i] = (float)Math.Exp(-8 * random.NextDouble());
            images[i + 1] = (float)((2 * random.NextDouble()) - 1);
        }

        EventDistributions many = EventDistributions.Of(EventSource.FromBatch(new EventBatch(ImageShape.Crop32, images, [.. Enumerable.Range(0, 1000).Select(i => i % 2)])));
        Assert.Equal(1_024_000, many.Photons.Hits + many.Electrons.Hits);
        Assert.Equal(1_024_000, many.Photons.Energies.Total + many.Electrons.Energies.Total);
        using var folder = new TemporaryFolder();
        foreach (Picture picture in new Picture[]
        {
            Picture.EnergySpectrum(many), Picture.AbsoluteTimes(many), Picture.HitsAnEvent(many), Picture.Containment(many), Picture.MeanImages(many),
        })
        {
            Assert.Contains(Svg.Of(picture).Texts, text => text.Contains("500 events", StringComparison.Ordinal));
            picture.Save(folder["many.svg"]);
            Assert.InRange(new FileInfo(folder["many.svg"]).Length, 5_000, 600_000);
        }
    }

    [Fact]
    public void A_ratio_beyond_the_axis_is_a_triangle_at_its_end()
    {
        using SKBitmap bitmap = new(760, 600);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        using Plot plot = PictureStyle.NewPlot("x", "y");
        plot.Axes.SetLimits(0, 4, 0, 1);
        RatioPanels.Draw(canvas, new PixelRect(0, 760, 600, 0), plot, [], [new(1, 1, 0.01), new(2, 40, 39), new(3, 0.1, 0.09)]);

        // The lower panel spans ratios of 0.89 to 1.11: 1 in its middle, triangles near the upper and lower ends.
        Assert.Single(DarkRuns(bitmap, X(1)));
        Assert.InRange(DarkRuns(bitmap, X(2))[0].Y, 395, 404);
        Assert.InRange(DarkRuns(bitmap, X(3))[^1].Y, 522, 534);

        static int X(double value) => (int)(84 + ((760 - 84 - 28) * value / 4));

        // Stretches of the column that are as dark as ink and wider than a bar, inside the lower panel.
        static List<(int Y, int Length)> DarkRuns(SKBitmap bitmap, int x)
        {
            var runs = new List<(int Y, int Length)>();
            for (int y = 395; y < 534; y++)
            {
                if (Enumerable.Range(x - 2, 5).Count(near => bitmap.GetPixel(near, y).Red < 0x60) < 4)
                {
                    continue;
                }

                if (runs.Count > 0 && runs[^1].Y + runs[^1].Length == y)
                {
                    runs[^1] = (runs[^1].Y, runs[^1].Length + 1);
                }
                else
                {
                    runs.Add((y, 1));
                }
            }

            return runs;
        }
    }

    [Fact]
    public void An_axis_ends_where_it_is_told_above_0()
    {
        Assert.Throws<ArgumentOutOfRangeException>("value", () => Picture.EnergySpectrum(Many).UpTo(0));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => Picture.EnergySpectrum(Many).UpTo(double.NaN));
    }

    /// <summary>Photons of one hit, electrons of two: the axis has the numbers of the bins in sight.</summary>
    [Fact]
    public void The_last_whole_number_in_sight_is_in_sight()
    {
        Assert.Contains("2", Svg.Of(Picture.HitsAnEvent(Many).UpTo(2)).Texts);
        Assert.DoesNotContain("2", Svg.Of(Picture.HitsAnEvent(Many).UpTo(1.5)).Texts);
        using Drawn one = Drawn.Of(Picture.HitsAnEvent(Many).UpTo(1));
        Assert.True(one.Count(Blue) > 100);
    }

    /// <summary>One event of either class: no spread of shares is known, so no error of the ratio, and the axis stays around 1.</summary>
    [Fact]
    public void A_ratio_of_single_events_has_no_bar_and_does_not_stretch_the_axis()
    {
        EventDistributions one = Of([0, 1], (0, 2, 3, 0.1f, 0f), (0, 0, 0, 0.9f, 0f), (1, 2, 3, 1f, 0f));
        Assert.Null(one.Photons.Containment[0].Share.StandardError);
        Svg svg = Svg.Of(Picture.Containment(one));
        Assert.DoesNotContain("8", svg.Texts);
        Assert.Contains("1.1", svg.Texts);
    }

    [Fact]
    public void An_image_too_small_for_a_crop_has_no_containment()
    {
        EventDistributions narrow = EventDistributions.Of(EventSource.FromBatch(Samples.Batch(new ImageShape(1, 5), [0], (0, 0, 1, 1f, 0f))));
        Assert.Contains("no crop fits into the image", Svg.Of(Picture.Containment(narrow)).Texts);
    }

    private static EventDistributions Of(int[] labels, params (int Event, int Row, int Column, float Energy, float Time)[] hits) =>
        EventDistributions.Of(EventSource.FromBatch(Samples.Batch(Small, labels, hits)));
}
