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
        string text = string.Join('\n', Svg.Of(picture).Texts);
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

    /// <summary>A loss near what float32 can hold, as before it overflows, and one next to nothing.</summary>
    [Theory]
    [InlineData(3e38, 1e38, "3e38")]
    [InlineData(4e-12, 1e-12, "4e−12")]
    [InlineData(0.7, 0.5, "0.6")]
    public void Numbers_beside_losses_of_any_size_are_short_and_differ(double first, double last, string expected)
    {
        string[] texts = Svg.Of(Picture.History(Losses(first, (first + last) / 2, last))).Texts;
        Assert.Contains(expected, texts);
        string[] losses = [.. texts.SkipWhile(text => text != "Epoch").TakeWhile(text => text != "Loss (cross-entropy)").Skip(1)];
        Assert.Equal(losses.Distinct(), losses);
        Assert.All(losses, text => Assert.InRange(text.Length, 1, 9));
    }

    [Fact]
    public void A_training_that_diverged_at_once_says_so() =>
        Assert.Contains("no finite value", Svg.Of(Picture.History(Losses(double.NaN))).Texts);

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

    [Fact]
    public void Several_runs_have_a_band_and_one_has_none()
    {
        TrainingHistory[] runs = [Losses(0.7, 0.6, 0.5), Losses(0.8, 0.8, 0.8), Losses(0.6, 0.5, 0.3)];
        using Drawn several = Drawn.Of(Picture.Histories(runs));
        using Drawn alone = Drawn.Of(Picture.History(runs[0]));

        // Blue at 22 % on white.
        var band = new SKColor(199, 224, 238);
        Assert.InRange(several.Count(color => Math.Abs(color.Red - band.Red) < 3 && Math.Abs(color.Blue - band.Blue) < 3), 5000, 200_000);
        Assert.InRange(alone.Count(color => Math.Abs(color.Red - band.Red) < 3 && Math.Abs(color.Blue - band.Blue) < 3), 0, 500);
        Assert.Contains("lines: median; bands: the central 68 % of 3 runs", Svg.Of(Picture.Histories(runs)).Texts);
        Assert.DoesNotContain(Svg.Of(Picture.History(runs[0])).Texts, text => text.Contains("median", StringComparison.Ordinal));
    }

    [Fact]
    public void Compared_trainings_have_a_colour_and_a_name_each()
    {
        HistoryPicture picture = Picture.History(Raised(0), "first").Compare("second", Raised(0.2)).Compare("third", Raised(0.4));
        string[] texts = Svg.Of(picture).Texts;
        Assert.Equal(
            ["first, training", "first, validation", "second, training", "second, validation", "third, training", "third, validation"],
            texts.Where(text => text.Contains("training", StringComparison.Ordinal) || text.Contains("validation", StringComparison.Ordinal)));
        using Drawn drawn = Drawn.Of(picture);
        Assert.All(Enumerable.Range(0, 3), i => Assert.True(drawn.Count(Drawing.PictureStyle.LineColors[i].ToSKColor()) > 200));
    }

    [Fact]
    public void A_long_name_is_cut_before_what_tells_its_lines_apart()
    {
        string[] texts = Svg.Of(Picture.History(Samples.History(5), new string('w', 100)).Compare("a network with three convolutions", Samples.History(5))).Texts;
        Assert.Contains("a network with three convolutions, training", texts);
        Assert.Contains(texts, text => text.StartsWith("www", StringComparison.Ordinal) && text.EndsWith("…, validation", StringComparison.Ordinal));
    }

    [Fact]
    public void The_eighth_has_the_first_colour_and_other_dashes()
    {
        HistoryPicture picture = Picture.History(Samples.History(5), "0");
        picture = Enumerable.Range(1, 7).Aggregate(picture, (all, i) => all.Compare($"{i}", Raised(0.1 * i)));

        // In the legend, eight rows high: a line, and three of which each stroke is a shape of four corners.
        Svg svg = Svg.Of(picture);
        Assert.Single(svg.Lines(Drawing.PictureStyle.LineColors[0]), line => line.All(point => point.Y < 180));
        int[] dashed = [.. svg.Shapes(Drawing.PictureStyle.LineColors[0]).Where(shape => shape.All(point => point.Y < 180)).Select(shape => shape.Length)];
        Assert.Equal(3, dashed.Length);
        Assert.Equal(dashed.Distinct(), dashed);
    }

    [Fact]
    public void A_run_that_diverges_leaves_the_course_of_the_others_in_sight()
    {
        TrainingHistory good = Losses(1.0, 0.5, 0.3, 0.25, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2), bad = Losses(1.0, 0.5, 0.3, 0.25, 1e12, 1e12, 1e12, 1e12, 0.2, 1e12);
        Svg svg = Svg.Of(Picture.History(good, "good").Compare("bad", bad));
        Assert.Contains("0.6", svg.Texts);
        Assert.Contains("not in sight: losses up to 1e12", svg.Texts);

        // It leaves twice.
        Assert.Equal(2, svg.Shapes(Drawing.PictureStyle.LineColors[1]).Count(shape => shape.Length == 4));
        Assert.DoesNotContain("not in sight", Svg.Of(Picture.History(Losses(30, 3, .3, .03, .02, .02, .02, .02, .02, .02))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_below_the_axis_is_pointed_at()
    {
        TrainingHistory falling = new[] { 1e-3, 1e-4, 1e-12 }.Aggregate(
            TrainingHistory.Empty, (history, rate) => history.Append(Samples.Epoch with { Epoch = history.Count + 1, LearningRate = rate }));
        Assert.Single(Svg.Of(Picture.History(falling)).Shapes(Drawing.PictureStyle.LineColors[0]), shape => shape.Length == 4);
    }

    [Fact]
    public void A_long_note_is_on_several_lines()
    {
        HistoryPicture picture = Picture.Histories([Samples.History(3), Samples.History(3)], "the first network of all");
        picture = Enumerable.Range(0, 8).Aggregate(picture, (all, i) => all.Compare($"network number {i} with a long name", Samples.History(3)));
        Svg svg = Svg.Of(picture);
        Assert.Contains("1 of network number 7 with a long name", svg.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Texts, text => text.Length > 200);
        picture = Enumerable.Range(0, 8).Aggregate(picture, (all, i) => all.Compare($"one more with the number {i}", Samples.History(3)));
        Assert.Contains("the central 68 % of 1 to 2 runs", Svg.Of(picture).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_of_zero_has_no_logarithm_and_the_panel_says_so()
    {
        TrainingHistory still = TrainingHistory.Empty.Append(Samples.Epoch with { LearningRate = 0 });
        Assert.Contains("no rate above 0", Svg.Of(Picture.History(still)).Texts);
        Assert.DoesNotContain("no rate above 0", Svg.Of(Picture.History(still.Append(Samples.Epoch with { Epoch = 2 }))).Texts);
    }

    [Fact]
    public void Names_of_any_kind_are_cut_to_their_column()
    {
        foreach (string name in (string[])[new string('w', 500), "שלום\nעולם", "🔥 net", new string('é', 90)])
        {
            using Drawn drawn = Drawn.Of(Picture.History(Samples.History(3), name).Compare("other", Samples.History(3)));
            (int width, int height) = drawn.Size;
            Assert.Equal(0, drawn.Ink(left: width - 3));
            Assert.True(drawn.Ink(bottom: height / 20) > 100);
        }
    }

    [Fact]
    public void Thousands_of_epochs_and_many_runs_are_drawn_without_marks()
    {
        EpochRecord[] records = [.. Enumerable.Range(1, 1500).Select(epoch => Samples.Epoch with { Epoch = epoch, Loss = 1 + Math.Sin(epoch / 100.0) })];
        TrainingHistory history = records.Aggregate(TrainingHistory.Empty, (all, record) => all.Append(record));
        using var folder = new TemporaryFolder();
        Picture.Histories(Enumerable.Repeat(history, 5)).Save(folder["long.svg"]);
        Assert.InRange(new FileInfo(folder["long.svg"]).Length, 10_000, 1_000_000);
    }

    [Fact]
    public void Nothing_to_compare_is_refused_by_what_is_missing()
    {
        HistoryPicture picture = Picture.History(Samples.History(2));
        Assert.Throws<ArgumentException>("histories", () => Picture.Histories([]));
        Assert.Throws<ArgumentException>("histories", () => picture.Compare("none"));
        Assert.Throws<ArgumentNullException>("histories", () => picture.Compare("none", [null!]));
        var exception = Assert.Throws<ArgumentException>("histories", () => picture.Compare("b", Samples.History(2), TrainingHistory.Empty));
        Assert.Contains("History 1 of 2", exception.Message, StringComparison.Ordinal);
    }

    private static TrainingHistory Raised(double loss) => Samples.History(5).Aggregate(
        TrainingHistory.Empty, (history, record) => history.Append(record with { Loss = record.Loss + loss, ValidationLoss = record.ValidationLoss + loss }));

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

}
