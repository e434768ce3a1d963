using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class SlicesPictureTests
{
    [Fact]
    public void Each_parameter_has_a_panel_with_every_trial()
    {
        Svg drawn = Svg.Of(Picture.Slices(ScanSamples.Notebook));
        Assert.Subset(drawn.Texts.ToHashSet(), ScanSamples.Notebook.Space.Parameters.Select(parameter => parameter.Name).ToHashSet());

        // Fourteen in each of nine panels, the best drawn again on top of itself; one more of each in the legend.
        Assert.Equal((9 * 14) + 1, drawn.Circles(ScanColors.Finished).Count);
        Assert.Equal(9 + 1, drawn.Circles(ScanColors.Best).Count);
    }

    [Fact]
    public void A_category_has_a_line_at_the_median_and_a_box_from_quartile_to_quartile()
    {
        SearchSpace space = SearchSpace.Of(Parameter.OneOf("name", "a", "b"));
        double[] values = [1, 2, 3, 4, 9];
        ScanResult scan = ScanSamples.Of(space, [.. values.Select(value => Made("a", value)), Made("b", 5), Made("b", 6)]);
        Svg drawn = Svg.Of(Picture.Slices(scan));
        (double X, double Y)[] dots = [.. drawn.Circles(ScanColors.Finished).Where(dot => dot.Y > 40).OrderByDescending(dot => dot.Y)];
        double HeightOf(double value) => dots[0].Y + ((dots[^1].Y - dots[0].Y) * (value - 1) / 8);
        (double X, double Y)[][] black = [.. drawn.Lines(Drawing.PictureStyle.LineColors[6])];
        (double X, double Y)[] median = Assert.Single(black, line => line.Length == 2), box = Assert.Single(black, line => line.Length >= 4);
        Assert.Equal(HeightOf(3), median[0].Y, 0.1);
        Assert.Equal(HeightOf(4), box.Min(point => point.Y), 0.1);
        Assert.Equal(HeightOf(2), box.Max(point => point.Y), 0.1);
    }

    [Fact]
    public void A_conditional_parameters_panel_says_how_many_had_a_value()
    {
        int judged = ScanSamples.Mixed.Trials.Count(trial => trial.State is TrialState.Finished or TrialState.Pruned);
        int with = ScanSamples.Mixed.Trials.Count(trial => trial.State is TrialState.Finished or TrialState.Pruned && trial.Configuration.TryGet("kernel_block_3", out _));
        IReadOnlyList<string> texts = Svg.Of(Picture.Slices(ScanSamples.Mixed)).Texts;
        Assert.Contains($"kernel_block_3 ({with} of {judged})", texts);
        Assert.Contains("learning_rate", texts);
        Assert.Contains(texts, text => text.EndsWith(" far worse, at the edge", StringComparison.Ordinal));
    }

    /// <summary>Beside a panel with long slanting names it had stood as far down as theirs, as if it were the title of the next row.</summary>
    [Fact]
    public void A_name_stands_right_below_its_own_panel()
    {
        SearchSpace space = SearchSpace.Of(Parameter.OneOf("names", [.. Enumerable.Range(0, 8).Select(i => $"a long name {i}")]), Parameter.Real("x", 0, 1));
        ScanResult scan = ScanSamples.Of(space, [.. Enumerable.Range(0, 8).Select(i => space.At([i / 8.0, i / 8.0])).Select((at, i) => new ScanSamples.MadeTrial(at, TrialState.Finished, new MetricValue(i)))]);
        Svg drawn = Svg.Of(Picture.Slices(scan));
        Assert.InRange(HeightOf("names") - HeightOf("x"), 30, 100);

        double HeightOf(string name) => double.Parse(drawn.Named("text").Single(text => text.Value.Trim() == name).Attribute("y")!.Value.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(140)]
    [InlineData(300)]
    public void Of_very_many_parameters_as_many_have_panels_as_there_is_room_for(int count)
    {
        SearchSpace space = SearchSpace.Of([.. Enumerable.Range(0, count).Select(i => Parameter.OneOf($"p{i}", "a long category", "another long one", "a third"))]);
        ScanResult scan = ScanSamples.Of(space, [new ScanSamples.MadeTrial(space.At([.. Enumerable.Repeat(0.3, count)]), TrialState.Finished, new MetricValue(1))]);
        string[] texts = Svg.Of(Picture.Slices(scan)).Texts;
        Assert.Equal(140, texts.Count(text => text.StartsWith('p')));
        Assert.Equal(count > 140, texts.Contains($"without the panels of {count - 140} of {count} parameters"));
    }

    [Fact]
    public void A_few_panels_by_another_objective()
    {
        Svg drawn = Svg.Of(Picture.Slices(ScanSamples.Repeated).Parameters("y").Objective("val_auc"));
        Assert.Contains("val_auc (more is better)", drawn.Texts);
        Assert.Contains("y", drawn.Texts);
        Assert.DoesNotContain("x", drawn.Texts);
        Assert.Contains("finished: 40 means ± standard error", drawn.Texts);
    }

    private static ScanSamples.MadeTrial Made(string name, double value) => new(Configuration.Of(("name", name)), TrialState.Finished, new MetricValue(value));
}
