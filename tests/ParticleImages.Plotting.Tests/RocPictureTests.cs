using ParticleImages.Evaluation;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class RocPictureTests
{
    private static readonly SKColor Blue = Drawing.PictureStyle.LineColors[0].ToSKColor();
    private static readonly SKColor Vermilion = Drawing.PictureStyle.LineColors[1].ToSKColor();

    // The square of 0 to 1 in a picture of 720 × 720, without working points: what the paddings and the limits −0.01 to 1.01 leave.
    private static (int X, int Y) PixelOf(double background, double signal)
    {
        const double side = 720 - 80 - 24;
        const double legend = 8 + 22 + 6;
        const double top = legend + ((720 - 64 - legend - side) / 2);
        return ((int)Math.Round(80 + (side * (background + 0.01) / 1.02)), (int)Math.Round(top + (side * (1.01 - signal) / 1.02)));
    }

    [Fact]
    public void The_curve_passes_through_its_points()
    {
        using Drawn drawn = Drawn.Of(Picture.Roc(Samples.Curve).WithoutWorkingPoints().Size(720, 720));
        AssertBlue(0, 0.3);
        AssertBlue(0.25, 2.0 / 3);
        AssertBlue(0.75, 2.0 / 3);
        AssertBlue(1, 0.8);
        (int x, int y) = PixelOf(0.25, 0.8);
        Assert.Equal(SKColors.White, drawn[x, y]);

        void AssertBlue(double background, double signal)
        {
            (int x, int y) = PixelOf(background, signal);
            SKColor[] near = [drawn[x, y], drawn[x - 1, y], drawn[x, y - 1]];
            Assert.Contains(Blue, near);
        }
    }

    [Fact]
    public void A_second_curve_has_a_second_colour()
    {
        RocCurve other = RocCurve.From([0.6, 0.5, 0.4, 0.3], [1, 0, 1, 0]);
        using Drawn alone = Drawn.Of(Picture.Roc(Samples.Curve));
        using Drawn both = Drawn.Of(Picture.Roc(Samples.Curve).Compare("other", other));
        Assert.Equal(0, alone.Count(Vermilion));
        Assert.InRange(both.Count(Vermilion), 300, 5000);
        Assert.InRange(both.Count(Blue), 300, 5000);
    }

    [Fact]
    public void Working_points_are_marked_on_the_curve_and_their_rejections_said()
    {
        // Half of the signal passes without background, all of it with two of four: ε = 0 below 0.5, then a slope to (0.5, 1).
        RocCurve curve = RocCurve.From([0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1], [1, 1, 1, 1, 0, 0, 0, 0]);
        RocPicture picture = Picture.Roc(curve).WorkingPoints(0.75, 0.25, 0.75);
        string[] texts = Svg.Of(picture).Texts;
        Assert.Contains("background rejection at signal efficiency", texts);
        int first = Array.IndexOf(texts, "25 %");
        Assert.Equal("75 %", texts[first + 1]);
        Assert.Contains("4.0 ± 3.5", texts);
        Assert.Contains("> 2.48 (95 %)", texts);
        
        string[] usual = Svg.Of(Picture.Roc(curve)).Texts;
        Assert.Equal(["50 %", "80 %", "90 %"], usual[Array.IndexOf(usual, "50 %")..][..3]);
        Assert.DoesNotContain(Svg.Of(picture.WithoutWorkingPoints()).Texts, text => text.EndsWith('%') || text.Contains("rejection", StringComparison.Ordinal));
    }

    [Fact]
    public void Working_points_that_are_no_efficiencies_are_refused()
    {
        RocPicture picture = Picture.Roc(Samples.Curve);
        Assert.Throws<ArgumentOutOfRangeException>("signalEfficiencies", () => picture.WorkingPoints(0.5, 80));
        Assert.Throws<ArgumentOutOfRangeException>("signalEfficiencies", () => picture.WorkingPoints(0));
        Assert.Throws<ArgumentOutOfRangeException>("signalEfficiencies", () => picture.WorkingPoints(double.NaN));
        Assert.Throws<ArgumentException>("signalEfficiencies", () => picture.WorkingPoints(.1, .2, .3, .4, .5, .6, .7, .8, .9));
    }

    /// <summary>Of 0.1 % of the events one in a thousand lies on the wrong side: the error is a fiftieth of the last of three decimals.</summary>
    [Fact]
    public void Errors_are_never_said_to_be_zero()
    {
        int[] labels = [.. Enumerable.Range(0, 100_000).Select(i => i % 2)];
        double[] scores = [.. labels.Select((label, i) => label == 1 == (i % 1000 > 1) ? 1 : 0.0)];
        RocPicture picture = Picture.Roc(RocCurve.From(scores, labels), "fine")
            .Compare("perfect", RocCurve.From([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]))
            .Compare("of two", RocCurve.From([0.1, 0.8], [0, 1]));
        string[] texts = Svg.Of(picture).Texts;
        Assert.Contains("AUC 0.99800 ± 0.00014", texts);
        Assert.Equal(2, texts.Count(text => text == "AUC 1.000 (error unknown)"));
        Assert.DoesNotContain(texts, text => text.EndsWith("± 0.000", StringComparison.Ordinal) || text.Contains("Infinity", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_any_length_are_cut_so_that_the_area_can_be_read()
    {
        string[] texts = Svg.Of(Picture.Roc(Samples.Curve, new string('ß', 300)).WorkingPoints()).Texts;
        Assert.Contains("AUC 0.667 ± 0.333", texts);
        Assert.Contains(texts, text => text.StartsWith("ßß", StringComparison.Ordinal) && text.EndsWith('…') && text.Length < 60);
    }

    /// <summary>An emoji and what a font lacks are shown as such, from right to left is left as it is: nothing vanishes, and nothing leaves the picture.</summary>
    [Theory]
    [InlineData("😀 network")]
    [InlineData("שלום עולם")]
    [InlineData("e⃗ ‮txet‬ \t\n")]
    public void Names_of_any_script_are_drawn(string name)
    {
        foreach (Picture picture in new Picture[]
        {
            Picture.Roc(Samples.Curve, name).Compare($"{name} {new string('א', 300)}", Samples.Curve).Title(name),
            Picture.Rejection(Samples.Curve, name).Compare($"{name} {new string('א', 300)}", Samples.Curve).Title(name),
            Picture.Calibration(Samples.Result(100), name).Compare($"{name} {new string('א', 300)}", Samples.Result(200)).Title(name),
            Picture.Scores(Samples.Result(100)).Title($"{name} {new string('א', 300)}"),
            Picture.Confusion(Samples.Result(100)).Title($"{name} {new string('א', 300)}"),
        })
        {
            string[] texts = Svg.Of(picture).Texts;
            string start = new([.. Drawing.PictureText.Settable(name).Trim().TakeWhile(letter => letter != ' ')]);
            Assert.Contains(texts, text => text.StartsWith(start, StringComparison.Ordinal));
            using Drawn drawn = Drawn.Of(picture);
            (int width, int height) = drawn.Size;
            Assert.Equal(0, drawn.Ink(right: 3) + drawn.Ink(left: width - 3) + drawn.Ink(bottom: 3) + drawn.Ink(top: height - 3));
        }
    }

    [Fact]
    public void More_curves_than_colours_are_drawn_too()
    {
        RocPicture picture = Picture.Roc(Samples.Curve, "first");
        for (int i = 0; i < 9; i++)
        {
            picture = picture.Compare($"curve {i}", RocCurve.From([0.5, 0.4 + (0.02 * i), 0.45], [1, 0, 0]));
        }

        using Drawn drawn = Drawn.Of(picture);
        Assert.True(drawn.Count(Drawing.PictureStyle.LineColors[6].ToSKColor()) > 100);
    }

    /// <summary>Eight working points and eleven curves: the square stays as large and the legend's letters, too.</summary>
    [Fact]
    public void A_picture_grows_with_its_legend()
    {
        RocPicture many = Picture.Roc(Samples.Result(2000).Roc, "first").WorkingPoints(.1, .2, .3, .4, .5, .6, .7, .8);
        Assert.InRange(many.DrawnSize.Width, 900, 1300);
        Assert.Equal(760, many.DrawnSize.Height);
        for (int i = 0; i < 10; i++)
        {
            many = many.Compare($"curve {i}", Samples.Curve);
        }

        Assert.Equal(760 + (10 * 22), many.DrawnSize.Height);
        Svg svg = Svg.Of(many);
        Assert.DoesNotContain("scale(0", svg.ToString(), StringComparison.Ordinal);
        Assert.Equal(720, Picture.Roc(Samples.Curve).DrawnSize.Width);
        Assert.Equal((300, 300), many.Size(300, 300).DrawnSize);
    }

    [Fact]
    public void A_legend_that_nobody_could_read_is_refused()
    {
        using var folder = new TemporaryFolder();
        string message = Assert.Throws<InvalidOperationException>(() => Picture.Roc(Samples.Curve, "network").Size(300, 300).Save(folder["small.png"])).Message;
        Assert.Contains("pixels' width; ", message, StringComparison.Ordinal);
        Assert.Contains("larger size", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_of_many_events_makes_no_large_file()
    {
        var random = new Random(5);
        int[] labels = [.. Enumerable.Range(0, 100_000).Select(i => i % 2)];
        double[] scores = [.. labels.Select(label => random.NextDouble() + (0.3 * label))];
        using var folder = new TemporaryFolder();
        Picture.Roc(RocCurve.From(scores, labels)).Save(folder["roc.svg"]);
        Assert.InRange(new FileInfo(folder["roc.svg"]).Length, 10_000, 120_000);
    }

    [Fact]
    public void Nothing_to_draw_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Picture.Roc(null!));
        Assert.Throws<ArgumentNullException>(() => Picture.Roc(Samples.Curve).Compare(null!, Samples.Curve));
    }
}
