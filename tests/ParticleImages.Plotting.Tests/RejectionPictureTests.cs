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

    [Fact]
    public void A_curve_of_a_million_events_makes_no_large_file()
    {
        using var folder = new TemporaryFolder();
        Picture.Rejection(Samples.Result(1_000_000).Roc).Save(folder["rejection.svg"]);
        Assert.InRange(new FileInfo(folder["rejection.svg"]).Length, 10_000, 400_000);
    }

    [Fact]
    public void Nothing_to_draw_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Picture.Rejection(null!));
        Assert.Throws<ArgumentNullException>(() => Picture.Rejection(Samples.Curve).Compare(null!, Samples.Curve));
        Assert.Throws<ArgumentOutOfRangeException>("signalEfficiencies", () => Picture.Rejection(Samples.Curve).WorkingPoints(1.01));
    }
}
