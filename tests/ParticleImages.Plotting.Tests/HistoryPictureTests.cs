using ParticleImages.Evaluation;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class HistoryPictureTests
{
    private static readonly SKColor Blue = Drawing.PictureStyle.LineColors[0].ToSKColor();
    private static readonly SKColor Vermilion = Drawing.PictureStyle.LineColors[1].ToSKColor();

    [Fact]
    public void Both_panels_have_a_line_for_training_and_one_for_validation()
    {
        using Drawn drawn = Drawn.Of(Picture.History(Samples.History(40)));
        Assert.True(drawn.Count(Blue) > 1000);
        Assert.True(drawn.Count(Vermilion) > 1000);
    }

    [Fact]
    public void Without_validation_there_is_no_second_colour_and_no_name_for_it()
    {
        EpochRecord record = Samples.Epoch with { Area = null, ValidationLoss = null, ValidationAccuracy = null, ValidationArea = null };
        HistoryPicture picture = Picture.History(TrainingHistory.Empty.Append(record).Append(record with { Epoch = 2 }));
        using Drawn drawn = Drawn.Of(picture);
        Assert.Equal(0, drawn.Count(Vermilion));
        Assert.True(drawn.Count(Blue) > 300);
        string text = Svg(picture);
        Assert.DoesNotContain("validation", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AUC", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_number_leaves_a_gap()
    {
        using Drawn whole = Drawn.Of(Picture.History(Losses(0.7, 0.6, 0.5, 0.4)));
        using Drawn gap = Drawn.Of(Picture.History(Losses(0.7, double.NaN, 0.5, 0.4)));
        using Drawn infinite = Drawn.Of(Picture.History(Losses(0.7, double.PositiveInfinity, 0.5, 0.4)));
        Assert.True(gap.Count(Blue) < whole.Count(Blue) - 100);
        Assert.Equal(gap.Count(Blue), infinite.Count(Blue));
    }

    [Fact]
    public void A_training_that_diverged_at_once_says_so() =>
        Assert.Contains("no finite value", Svg(Picture.History(Losses(double.NaN))), StringComparison.Ordinal);

    [Fact]
    public void A_single_epoch_is_a_dot_in_each_panel()
    {
        using Drawn drawn = Drawn.Of(Picture.History(Losses(0.5)));
        Assert.InRange(drawn.Count(Blue), 50, 1000);
    }

    [Fact]
    public void An_empty_history_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>("history", () => Picture.History(TrainingHistory.Empty));
        Assert.Contains("no epoch", exception.Message, StringComparison.Ordinal);
    }

    private static TrainingHistory Losses(params IEnumerable<double> losses) => losses.Aggregate(
        TrainingHistory.Empty,
        (history, loss) => history.Append(new EpochRecord
        {
            Epoch = history.Count + 1,
            Loss = loss,
            Accuracy = 0.5,
            LearningRate = 1,
            Seconds = 1,
        }));

    private static string Svg(Picture picture)
    {
        using var folder = new TemporaryFolder();
        picture.Save(folder["picture.svg"]);
        return File.ReadAllText(folder["picture.svg"]);
    }
}
