using ParticleImages.Evaluation;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class ScoresPictureTests
{
    private static readonly SKColor Blue = Drawing.PictureStyle.LineColors[0].ToSKColor();
    private static readonly SKColor Vermilion = Drawing.PictureStyle.LineColors[1].ToSKColor();

    [Fact]
    public void A_narrow_legend_keeps_its_numbers() => Assert.Contains("electrons (100)", Svg.Of(Picture.Scores(Samples.Result(200)).Size(340, 300)).Texts);

    [Fact]
    public void Each_class_is_where_its_scores_are()
    {
        // All photons below 0.2, all electrons above 0.8: the middle of 800 × 560 has neither.
        EvaluationResult result = EvaluationResult.From(
            Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.1 : 0.9).ToArray(), [.. Enumerable.Range(0, 100).Select(i => i % 2)]);
        using Drawn drawn = Drawn.Of(Picture.Scores(result).Bins(5));
        Assert.True(CountOf(drawn, Blue, 90, 230) > 500);
        Assert.Equal(0, CountOf(drawn, Vermilion, 90, 230));
        Assert.True(CountOf(drawn, Vermilion, 630, 772) > 500);
        Assert.Equal(0, CountOf(drawn, Blue, 630, 772));
    }

    [Fact]
    public void The_axis_says_what_is_counted_and_how_wide_a_bin_is()
    {
        ScoresPicture picture = Picture.Scores(Samples.Result(300));
        Assert.Contains("Events / 0.04", Svg.Of(picture).Texts);
        Assert.Contains("Events / 0.05", Svg.Of(picture.Bins(20)).Texts);
        Assert.Contains("Share of the class / 0.05", Svg.Of(picture.Normalised().Bins(20)).Texts);
    }

    [Fact]
    public void Numbers_of_events_have_spaces_between_thousands() =>
        Assert.Contains("photons (5\u202F000)", Svg.Of(Picture.Scores(Samples.Result(10_000))).Texts);

    [Fact]
    public void One_event_of_each_class_a_million_and_equal_scores_are_drawn()
    {
        EvaluationResult two = EvaluationResult.From([0.2, 0.7], [0, 1]);
        EvaluationResult equal = EvaluationResult.From([1.0, 1.0, 1.0], [0, 1, 1]);
        foreach (EvaluationResult result in (EvaluationResult[])[two, equal, Samples.Result(1_000_000)])
        {
            using Drawn linear = Drawn.Of(Picture.Scores(result));
            using Drawn logarithmic = Drawn.Of(Picture.Scores(result).Logarithmic());
            Assert.True(linear.Ink() > 4000);
            Assert.True(logarithmic.Ink() > 4000);
        }
    }

    [Fact]
    public void A_number_of_bins_out_of_range_is_refused()
    {
        ScoresPicture picture = Picture.Scores(Samples.Result(10));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => picture.Bins(1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => picture.Bins(201));
        Assert.Throws<ArgumentNullException>("result", () => Picture.Scores(null!));
    }

    private static int CountOf(Drawn drawn, SKColor color, int left, int right) =>
        Enumerable.Range(left, right - left).Sum(x => Enumerable.Range(60, 420).Count(y => drawn[x, y] == color));
}
