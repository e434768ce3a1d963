using ParticleImages.Evaluation;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class RejectionPictureTests
{
    private static readonly SKColor Blue = Drawing.PictureStyle.LineColors[0].ToSKColor();
    private static readonly SKColor Vermilion = Drawing.PictureStyle.LineColors[1].ToSKColor();

    [Fact]
    public void The_usual_working_points_are_said_with_their_errors()
    {
        RocCurve curve = Samples.Result(2000).Roc;
        string[] texts = Svg.Of(Picture.Rejection(curve)).Texts;
        Assert.Contains(curve.ToString(), texts);
        foreach (double efficiency in (double[])[0.5, 0.8, 0.9])
        {
            BackgroundRejection rejection = curve.BackgroundRejectionAt(efficiency);
            Assert.Contains(rejection.ToString(), texts);
            Assert.Contains(FormattableString.Invariant($"{100 * efficiency} %"), texts);
        }
    }

    [Fact]
    public void A_second_curve_has_a_second_colour()
    {
        RocCurve curve = Samples.Result(2000).Roc;
        using Drawn alone = Drawn.Of(Picture.Rejection(curve));
        using Drawn both = Drawn.Of(Picture.Rejection(curve).Compare("other", Samples.Result(2000, seed: 6).Roc));
        Assert.Equal(0, alone.Count(Vermilion));
        Assert.True(alone.Count(Blue) > 500);
        Assert.True(both.Count(Vermilion) > 500);
    }

    [Fact]
    public void What_separates_perfectly_or_not_at_all_is_drawn_too()
    {
        using Drawn perfect = Drawn.Of(Picture.Rejection(RocCurve.From([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])));
        using Drawn none = Drawn.Of(Picture.Rejection(RocCurve.From([0.5, 0.5], [1, 0])));
        Assert.True(perfect.Ink() > 4000);
        Assert.True(none.Ink() > 4000);
    }

    /// <summary>Of three electrons two are above all twenty photons, and the last is above ten: 1/ε is infinite at 50 % and 2 at 90 %.</summary>
    [Fact]
    public void Working_points_have_error_bars_and_those_that_no_background_passes_arrows()
    {
        RocCurve curve = RocCurve.From(
            [0.9, 0.8, 0.5, .. Enumerable.Repeat(0.6, 10), .. Enumerable.Repeat(0.1, 10)], [1, 1, 1, .. Enumerable.Repeat(0, 20)]);
        Svg svg = Svg.Of(Picture.Rejection(curve).WorkingPoints(0.5, 0.9));
        Assert.Contains("> 8.39 (95 %)", svg.Texts);
        Assert.Contains("2.00 ± 0.45", svg.Texts);

        // A bar and the stem of an arrow, both upright; a triangle and a ring.
        Assert.Equal(2, svg.Lines(Drawing.PictureStyle.LineColors[0]).Count(line => line.Length == 2 && line[0].X == line[1].X));
        Assert.Single(svg.Shapes(Drawing.PictureStyle.LineColors[0]), shape => shape.Length == 4);
        Assert.Single(svg.Circles(Drawing.PictureStyle.LineColors[0]));
    }

    [Fact]
    public void A_curve_that_can_not_be_drawn_says_so()
    {
        RocCurve perfect = RocCurve.From([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0]);
        Assert.Contains("no curve: at every threshold fewer than 10 background events pass, or all", Svg.Of(Picture.Rejection(perfect)).Words, StringComparison.Ordinal);
        Assert.Contains("no curve of one: at every", Svg.Of(Picture.Rejection(perfect, "one").Compare("two", Samples.Result(200).Roc)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("no curve", Svg.Of(Picture.Rejection(Samples.Result(200).Roc)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_of_a_million_events_makes_no_large_file()
    {
        using var folder = new TemporaryFolder();
        Picture.Rejection(Samples.Result(1_000_000).Roc).Save(folder["rejection.svg"]);
        Assert.InRange(new FileInfo(folder["rejection.svg"]).Length, 10_000, 400_000);
    }

    [Fact]
    public void A_name_too_long_for_its_axis_is_cut()
    {
        string[] texts = Svg.Of(Picture.Rejection(Samples.Curve).Size(420, 300)).Texts;
        Assert.Contains(texts, text => text.StartsWith("Background rej", StringComparison.Ordinal) && text.EndsWith('…'));
    }

    [Fact]
    public void Nothing_to_draw_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Picture.Rejection(null!));
        Assert.Throws<ArgumentNullException>(() => Picture.Rejection(Samples.Curve).Compare(null!, Samples.Curve));
        Assert.Throws<ArgumentOutOfRangeException>("signalEfficiencies", () => Picture.Rejection(Samples.Curve).WorkingPoints(1.01));
    }
}
