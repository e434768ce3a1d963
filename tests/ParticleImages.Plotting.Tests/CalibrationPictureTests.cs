using ParticleImages.Evaluation;

namespace ParticleImages.Plotting.Tests;

public class CalibrationPictureTests
{
    [Fact]
    public void The_error_is_said_with_what_chance_makes_and_how_it_is_defined()
    {
        EvaluationResult result = Samples.Result(500);
        string[] texts = Svg.Of(Picture.Calibration(result)).Texts;
        ScoreDistribution expected = result.Distribution(10);
        Assert.Contains(FormattableString.Invariant($"ECE {expected.CalibrationError:F3} ({expected.CalibrationErrorByChance:F3} by chance)"), texts);
        Assert.Contains("ECE: |fraction of electrons − mean score|, averaged over the events, 10 bins", texts);
        Assert.Contains("Events / 0.2", Svg.Of(Picture.Calibration(result).Bins(5)).Texts);
    }

    [Fact]
    public void What_chance_makes_of_many_events_is_not_said_to_be_zero()
    {
        EvaluationResult many = EvaluationResult.From([.. Enumerable.Repeat(0.95, 1_000_000)], [.. Enumerable.Range(0, 1_000_000).Select(i => i % 2)]);
        Assert.Contains("ECE 0.45000 (0.00017 by chance)", Svg.Of(Picture.Calibration(many)).Texts);
    }

    [Fact]
    public void Numbers_of_many_events_leave_room_for_the_name_of_their_axis()
    {
        EvaluationResult many = EvaluationResult.From([.. Enumerable.Repeat(0.95, 3_000_000)], [.. Enumerable.Range(0, 3_000_000).Select(i => i % 2)]);
        using Drawn drawn = Drawn.Of(Picture.Calibration(many));
        Assert.Equal(0, drawn.Ink(right: 10));
    }

    [Fact]
    public void The_eighth_result_has_dashes()
    {
        CalibrationPicture picture = Enumerable.Range(0, 7).Aggregate(
            Picture.Calibration(Samples.Result(100), "0"), (all, i) => all.Compare($"{i + 1}", Samples.Result(100, seed: i)));

        // Strokes of four corners, three in the legend and many in the line; the other two are fillings of histograms.
        Assert.Equal(3, Svg.Of(picture).Shapes(Drawing.PictureStyle.LineColors[0]).Count(dashes => dashes.Length > 12));
    }

    [Fact]
    public void A_second_result_has_a_second_colour()
    {
        using Drawn alone = Drawn.Of(Picture.Calibration(Samples.Result(500)));
        using Drawn both = Drawn.Of(Picture.Calibration(Samples.Result(500), "one").Compare("two", Samples.Result(500, seed: 6)));
        Assert.Equal(0, alone.Count(Drawing.PictureStyle.LineColors[1].ToSKColor()));
        Assert.True(both.Count(Drawing.PictureStyle.LineColors[1].ToSKColor()) > 300);
    }

    [Fact]
    public void One_event_of_each_class_and_a_single_filled_bin_are_drawn()
    {
        using Drawn two = Drawn.Of(Picture.Calibration(EvaluationResult.From([0.2, 0.7], [0, 1])));
        using Drawn equal = Drawn.Of(Picture.Calibration(EvaluationResult.From([0.5, 0.5], [0, 1])));
        Assert.True(two.Ink() > 4000);
        Assert.True(equal.Ink() > 4000);
    }

    [Fact]
    public void What_can_not_be_drawn_is_refused()
    {
        CalibrationPicture picture = Picture.Calibration(Samples.Result(10));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => picture.Bins(1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => picture.Bins(101));
        Assert.Throws<ArgumentNullException>("result", () => Picture.Calibration(null!));
        Assert.Throws<ArgumentNullException>("name", () => picture.Compare(null!, Samples.Result(10)));
    }
}
