using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class ParetoFrontPictureTests
{
    [Fact]
    public void The_front_is_joined_and_the_others_are_faint()
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [Made(1, 0.5), Made(2, 0.7), Made(2, 0.6), Made(3, 0.9)], "val_loss", "val_auc");
        Svg drawn = Svg.Of(Picture.ParetoFront(scan));
        Assert.Contains("Pareto front: 3", drawn.Texts);
        Assert.Contains("dominated: 1", drawn.Texts);
        Assert.Equal(3 + 1, drawn.Circles(ScanColors.Finished).Count);
        Assert.Equal(1 + 1, drawn.Circles(PictureStyle.Faint).Count);

        // Steps lead through every member, and beyond the last one to the worse ends.
        (double X, double Y)[] line = Assert.Single(drawn.Lines(ScanColors.Finished), line => line.Length > 2);
        foreach ((double x, double y) in drawn.Circles(ScanColors.Finished).Where(dot => dot.Y > 38))
        {
            Assert.Contains(line, point => Math.Abs(point.X - x) < 0.1 && Math.Abs(point.Y - y) < 0.1);
        }
    }

    [Fact]
    public void Repeats_give_bars_in_both_directions()
    {
        Svg drawn = Svg.Of(Picture.ParetoFront(ScanSamples.Repeated));
        Assert.Contains($"Pareto front: {ScanSamples.Repeated.ParetoFront.Count} ± standard error", drawn.Texts);
        Assert.Contains("val_loss (less is better)", drawn.Texts);
        Assert.Contains("val_auc (more is better)", drawn.Texts);
    }

    [Fact]
    public void Of_three_objectives_two_are_chosen_and_their_own_front_is_drawn()
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [Made(1, 0.5, 9), Made(2, 0.9, 8), Made(3, 0.6, 1)], "val_loss", "val_auc", "seconds");
        Assert.Contains("Pareto front: 2", Svg.Of(Picture.ParetoFront(scan)).Texts);
        IReadOnlyList<string> texts = Svg.Of(Picture.ParetoFront(scan).Objectives("seconds", "val_loss")).Texts;
        Assert.Contains("Pareto front: 3", texts);
        Assert.Contains("seconds (less is better)", texts);
        Assert.Throws<ArgumentException>("vertical", () => Picture.ParetoFront(scan).Objectives("seconds", "seconds"));
        Assert.Throws<ArgumentException>("metric", () => Picture.ParetoFront(scan).Objectives("seconds", "acc"));
    }

    [Fact]
    public void What_lies_beyond_the_axes_is_counted_in_words_that_have_room()
    {
        ScanSamples.MadeTrial[] usual = [.. Enumerable.Range(0, 200).Select(i => Made(1 + (0.001 * i), 0.5 + (0.002 * ((i * 37) % 200))))];
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [.. usual, Made(50, 0.4), Made(60, 0.3)], "val_loss", "val_auc");
        string[] texts = Svg.Of(Picture.ParetoFront(scan)).Texts;
        Assert.Contains("2 dominated beyond the axes", texts);
        Assert.DoesNotContain(texts, text => text.EndsWith('…'));
    }

    [Fact]
    public void One_objective_is_refused_and_nothing_finished_said()
    {
        Assert.Contains("one objective, val_loss", Assert.Throws<ArgumentException>("scan", () => Picture.ParetoFront(ScanSamples.Notebook)).Message, StringComparison.Ordinal);
        Assert.Contains("no trial yet", Svg.Of(Picture.ParetoFront(ScanSamples.Of(ScanSamples.Two, [], "val_loss", "val_auc"))).Texts);
    }

    private static ScanSamples.MadeTrial Made(params double[] values) =>
        new(ScanSamples.Point(values[0] / 10, values[1]), TrialState.Finished, [.. values.Select(value => new MetricValue(value))]);
}
