using System.Text.Json;
using System.Text.RegularExpressions;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public partial class SpaceTimePictureTests
{
    private static readonly ImageShape Small = new(4, 6);

    // 1 GeV at 0.5 ns, 10 GeV at −1 ns; a negative energy and a NaN are none.
    private static readonly EventBatch Events = Samples.Batch(
        Small, [1], (0, 1, 2, 0.02f, 0.01f), (0, 3, 5, 0.2f, -0.02f), (0, 0, 0, -1f, 0f), (0, 0, 1, float.NaN, 0f));

    [Fact]
    public void Every_hit_is_a_ball_in_the_colour_of_its_energy()
    {
        ColorScale scale = ColorScale.Logarithmic([0.02f * 50, 0.2f * 50]);
        using Drawn drawn = Drawn.Of(Picture.SpaceTime(Events, 0));
        int faint = drawn.Count(scale.ColorOf(1).ToSKColor()), bright = drawn.Count(scale.ColorOf(10).ToSKColor());
        Assert.InRange(faint, 15, 200);
        Assert.InRange(bright, 300, 600);
    }

    [Fact]
    public void A_scene_is_seen_from_where_the_viewer_stands()
    {
        SceneAxis axis = new("", -1, 1, []);
        var area = new PixelRect(0, 600, 600, 0);

        // From straight beyond the first axis' end: the second runs to the right, the third up, and the first towards the viewer.
        var front = new Scene(area, [axis, axis, axis], azimuth: 0, elevation: 5);
        (SKPoint middle, float nearness) = front.Project(0, 0, 0);
        Assert.Equal(0, nearness, 1e-6f);
        Assert.Equal(front.Size / 2, front.Project(0, 1, 0).Place.X - middle.X, 1e-3f);
        Assert.Equal(0, front.Project(0, 1, 0).Place.Y - middle.Y, 1e-3f);
        Assert.True(front.Project(0, 0, 1).Place.Y < middle.Y - (0.45f * front.Size));
        Assert.True(front.Project(1, 0, 0).Nearness > 0.45f);

        // No corner leaves the area from any side, and lengths along an axis are equal.
        foreach (int azimuth in Enumerable.Range(0, 24).Select(i => i * 15))
        {
            var scene = new Scene(area, [axis, axis, axis], azimuth, elevation: 30);
            foreach (int corner in Enumerable.Range(0, 8))
            {
                SKPoint place = scene.Project((corner & 1) * 2 - 1, (corner & 2) - 1, ((corner & 4) / 2) - 1).Place;
                Assert.InRange(place.X, 0, 600);
                Assert.InRange(place.Y, 0, 600);
            }
        }
    }

    [Fact]
    public void Axes_have_a_few_round_numbers()
    {
        Assert.Equal([0, 10, 20, 30], SceneAxis.Around("", -0.5, 31.5).Ticks);
        Assert.Equal([-20, -10, 0, 10, 20], SceneAxis.Around("", -20, 20).Ticks);
        Assert.Equal([0.1, 0.2, 0.3], SceneAxis.Around("", 0.05, 0.35).Ticks);
        foreach (double width in new[] { 1e-6, 0.37, 1, 9.9, 1234567 })
        {
            Assert.InRange(SceneAxis.Around("", -0.4 * width, 0.6 * width).Ticks.Count, 2, 7);
        }
    }

    [Fact]
    public void The_caption_counts_hits_shown_and_left_out()
    {
        Assert.Contains("electron, event 0: 2 hits", Svg.Of(Picture.SpaceTime(Events, 0)).Texts);
        string[] texts = Svg.Of(Picture.SpaceTime(Events, 0).TimeWithin(0.75)).Texts;
        Assert.Contains("electron, event 0: 1 hit, 1 beyond ±0.75 ns", texts);
        Assert.Contains("no hits within the time window", Svg.Of(Picture.SpaceTime(Events, 0).TimeWithin(0.1)).Texts);
        Assert.Contains("no hits with energy above 0", Svg.Of(Picture.SpaceTime(Samples.Batch(Small, [0]), 0)).Texts);
    }

    [Fact]
    public void Of_very_many_hits_those_with_most_energy_are_drawn_and_the_caption_says_so()
    {
        var shape = new ImageShape(256, 256);
        var images = new float[shape.Values];
        for (int pixel = 0; pixel < shape.Pixels; pixel++)
        {
            images[2 * pixel] = (1 + pixel) * 1e-5f;
            images[(2 * pixel) + 1] = (pixel % 100) * 0.01f;
        }

        SpaceTimePicture picture = Picture.SpaceTime(new EventBatch(shape, images, [0]), 0);
        Assert.Contains("photon, event 0: the 5000 of 65536 hits with most energy", Svg.Of(picture).Texts);
        Assert.Equal(60_536, SpaceTimeHits.Of(new EventBatch(shape, images, [0]), PictureUnits.PublicFiles, double.PositiveInfinity, 5000)
            .Shown.Min(hit => (hit.Row * 256) + hit.Column));
    }

    [Fact]
    public void The_page_has_the_hits_and_whatever_the_title_says_nothing_can_break_out_or_be_fetched()
    {
        string page = Page(Picture.SpaceTime(Events, 0).Title("</script><script>alert(1)</script> & co"));
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</title>", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"electron, event 0: 2 hits.", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.Equal(2, Regex.Count(page, "</script"));
        Assert.DoesNotMatch("<(script|link|img|iframe)[^>]+(src|href)", page);

        using JsonDocument figure = JsonDocument.Parse(FigureOf().Match(page).Groups[1].Value);
        JsonElement data = figure.RootElement.GetProperty("data")[0];
        Assert.Equal([2, 5], data.GetProperty("x").EnumerateArray().Select(x => x.GetInt32()));
        Assert.Equal([1, 3], data.GetProperty("y").EnumerateArray().Select(y => y.GetInt32()));
        Assert.Equal([0.5, -1], data.GetProperty("z").EnumerateArray().Select(z => Math.Round(z.GetDouble(), 5)));
        Assert.Equal([1, 10], data.GetProperty("customdata").EnumerateArray().Select(energy => Math.Round(energy.GetDouble(), 5)));
        Assert.Equal(["1", "10"], data.GetProperty("marker").GetProperty("colorbar").GetProperty("ticktext").EnumerateArray().Select(text => text.GetString()));
    }

    [Fact]
    public void A_page_without_hits_says_so()
    {
        string page = Page(Picture.SpaceTime(Samples.Batch(Small, [0]), 0));
        Assert.Contains("photon, event 0: 0 hits: no hits with energy above 0.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_licence_of_the_script_stands_beside_it()
    {
        string folder = Path.Combine(TestFiles.RepositoryFolder, "src", "ParticleImages.Plotting", "Scripts");
        Assert.Contains("MIT License", File.ReadAllText(Path.Combine(folder, "plotly-gl3d.LICENSE.txt")), StringComparison.Ordinal);
        Assert.Contains("Licensed under the MIT license", File.ReadAllText(Path.Combine(folder, "plotly-gl3d.min.js"))[..300], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_view_or_window_is_refused()
    {
        SpaceTimePicture picture = Picture.SpaceTime(Events, 0);
        Assert.Throws<ArgumentOutOfRangeException>("nanoseconds", () => picture.TimeWithin(0));
        Assert.Throws<ArgumentOutOfRangeException>("nanoseconds", () => picture.TimeWithin(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("azimuth", () => picture.From(double.NaN, 20));
        Assert.Throws<ArgumentOutOfRangeException>("elevation", () => picture.From(0, 90));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => Picture.SpaceTime(Events, 1));
        using var folder = new TemporaryFolder();
        Assert.Contains(".png, .svg or .html", Assert.Throws<ArgumentException>("path", () => picture.Save(folder["a.gif"])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => picture.Size(200, 200).Save(folder["a.png"]));
        picture.Title("fits").Size(400, 488).Save(folder["a.png"]);
    }

    [GeneratedRegex("^const figure = (.*);$", RegexOptions.Multiline)]
    private static partial Regex FigureOf();

    private static string Page(Picture picture)
    {
        using var folder = new TemporaryFolder();
        picture.Save(folder["page.html"]);
        return File.ReadAllText(folder["page.html"]);
    }
}
