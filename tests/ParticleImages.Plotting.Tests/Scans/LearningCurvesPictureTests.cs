using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class LearningCurvesPictureTests
{
    [Fact]
    public void Pruned_trials_end_in_a_cross_and_the_best_is_on_top()
    {
        ScanResult scan = ScanSamples.Of(
            ScanSamples.Two,
            [
                Made(0.1, TrialState.Finished, 0.9, 0.6, 0.5),
                Made(0.2, TrialState.Finished, 0.8, 0.5, 0.4),
                Made(0.3, TrialState.Pruned, 1.0, 0.95),
                Made(0.4, TrialState.Failed, 0.7, 0.6),
            ]);
        Svg drawn = Svg.Of(Picture.LearningCurves(scan));
        Assert.Equal(["the best: trial 1", "finished: 2", "pruned: 1", "failed: 1"], drawn.Texts.Where(text => text.Contains(':', StringComparison.Ordinal)));
        Assert.Equal(3, Assert.Single(drawn.Lines(ScanColors.Best), line => line.Length > 2).Length);
        Assert.Equal(3, Assert.Single(drawn.Lines(ScanColors.Finished), line => line.Length > 2).Length);

        // The curve, two strokes of the cross at its end, and the same in the legend.
        (double X, double Y)[][] pruned = [.. drawn.Lines(ScanColors.Pruned)];
        Assert.Equal(6, pruned.Length);
        (double X, double Y) end = pruned.Single(line => Math.Abs(line[1].X - line[0].X) > 50)[1];
        Assert.Equal(2, pruned.Count(line => Math.Abs(((line[0].X + line[1].X) / 2) - end.X) < 0.1 && Math.Abs(((line[0].Y + line[1].Y) / 2) - end.Y) < 0.1));
    }

    [Fact]
    public void The_objective_is_drawn_or_another_metric_that_was_reported()
    {
        Assert.Contains("val_loss (less is better)", Svg.Of(Picture.LearningCurves(ScanSamples.Notebook)).Texts);
        Assert.Contains("val_acc", Svg.Of(Picture.LearningCurves(ScanSamples.Notebook).Metric("val_acc")).Texts);
        Assert.Contains("Reported are 'val_loss', 'val_acc'.", Assert.Throws<ArgumentException>("metric", () => Picture.LearningCurves(ScanSamples.Notebook).Metric("auc")).Message, StringComparison.Ordinal);

        // An objective that trials only return has no curve: what they report has.
        ScanResult returned = ScanSamples.Of(ScanSamples.Two, [Made(0.1, TrialState.Finished, 0.9, 0.6)], "judged_auc");
        Assert.Contains("val_loss", Svg.Of(Picture.LearningCurves(returned)).Texts);
    }

    /// <summary>By the first objective the best of these is the first trial, by the second the other.</summary>
    [Fact]
    public void The_best_is_that_of_the_metric_drawn()
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [Two(0.4, 0.6), Two(0.5, 0.8)], "val_loss", "val_auc");
        Assert.Contains("the best: trial 0", Svg.Of(Picture.LearningCurves(scan)).Texts);
        Assert.Contains("the best: trial 1", Svg.Of(Picture.LearningCurves(scan).Metric("val_auc")).Texts);
        Assert.Contains("best val_loss: trial 0", Svg.Of(Picture.LearningCurves(scan).Metric("acc")).Texts);

        static ScanSamples.MadeTrial Two(double loss, double area) => new(ScanSamples.Point(loss, area), TrialState.Finished, new MetricValue(loss), new MetricValue(area))
        {
            Reports = [.. Enumerable.Range(1, 3).Select(epoch => new TrialReport(epoch, TrialMetrics.Of(("val_loss", loss / epoch), ("val_auc", area), ("acc", area))))],
        };
    }

    /// <summary>Of so many by the first objective neither the hundred best nor the even choice among the others has the best by the second.</summary>
    [Fact]
    public void The_best_by_another_objective_is_among_those_chosen()
    {
        ScanResult scan = ScanSamples.Of(
            ScanSamples.Two,
            [.. Enumerable.Range(0, 600).Select(i => new ScanSamples.MadeTrial(ScanSamples.Point(0.001 * i, 0.5), TrialState.Finished, new MetricValue(i), new MetricValue(i == 401 ? 0.9 : 0.5)) { Reports = [new TrialReport(1, TrialMetrics.Of(("val_auc", i == 401 ? 0.9 : 0.5)))] })],
            "val_loss",
            "val_auc");
        Assert.Contains("the best: trial 401", Svg.Of(Picture.LearningCurves(scan).Metric("val_auc")).Texts);
    }

    [Fact]
    public void What_is_no_number_leaves_a_gap()
    {
        Svg drawn = Svg.Of(Picture.LearningCurves(ScanSamples.Of(ScanSamples.Two, [Made(0.1, TrialState.Finished, 0.9, 0.8, double.NaN, 0.6, 0.5)])));
        Assert.Equal(2, drawn.Lines(ScanColors.Best).Count(line => line[0].Y > 38));
        Assert.Contains("no finite val_loss was reported", Svg.Of(Picture.LearningCurves(ScanSamples.Of(ScanSamples.Two, [Made(0.1, TrialState.Failed, double.NaN, double.NaN)]))).Texts);
        Assert.Contains("no trial has reported anything on its way", Svg.Of(Picture.LearningCurves(ScanSamples.Many(3))).Texts);
        Assert.Contains("no trial has reported anything on its way", Svg.Of(Picture.LearningCurves(ScanSamples.None)).Texts);
    }

    [Fact]
    public void Of_many_trials_the_best_and_an_even_choice_have_lines()
    {
        Svg drawn = Svg.Of(Picture.LearningCurves(ScanSamples.Mixed));
        int finished = ScanSamples.Mixed.Trials.Count(trial => trial.State == TrialState.Finished);
        Assert.Contains($"250 of {finished} finished", drawn.Texts);
        Assert.InRange(drawn.Lines(ScanColors.Finished).Count, 240, 250);
        Assert.Contains($"the best: trial {ScanSamples.Mixed.Best!.Number}", drawn.Texts);
    }

    [Fact]
    public void Of_very_many_reports_the_last_is_still_drawn()
    {
        Svg drawn = Svg.Of(Picture.LearningCurves(ScanSamples.Of(ScanSamples.Two, [Made(0.1, TrialState.Finished, [.. Enumerable.Range(1, 10_000).Select(i => 1.0 / i)])])));
        (double X, double Y)[] line = Assert.Single(drawn.Lines(ScanColors.Best), line => line.Length > 2);
        Assert.InRange(line.Length, 290, 302);
        Assert.Contains("Epoch", drawn.Texts);
        Assert.Equal(drawn.Circles(ScanColors.Best).Max(dot => dot.X), line[^1].X, 0.1);
    }

    private static ScanSamples.MadeTrial Made(double x, TrialState state, params double[] losses) => new(
        ScanSamples.Point(x, 0.5), state, state is TrialState.Failed ? [] : [new MetricValue(losses[^1])])
    {
        Reports = [.. losses.Select((loss, i) => new TrialReport(i + 1, TrialMetrics.Of(("val_loss", loss))))],
    };
}
