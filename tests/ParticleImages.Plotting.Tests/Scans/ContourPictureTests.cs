using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class ContourPictureTests
{
    [Fact]
    public void A_category_has_the_colour_of_its_mean_and_an_empty_one_none()
    {
        SearchSpace space = SearchSpace.Of(Parameter.OneOf("one", "a", "b"), Parameter.OneOf("two", 1, 2));
        ScanResult scan = ScanSamples.Of(space, [Made("a", 1, 0.2), Made("a", 1, 0.5), Made("b", 2, 1.2)]);
        Svg drawn = Svg.Of(Picture.Contour(scan, "one", "two"));
        ColorScale colors = ColorScale.Between(0.2, 1.2, isLowDark: true, levels: 20);

        // The colour bar's steps are rectangles as well, but lie below.
        Assert.Equal(2, new[] { 0.35, 1.2 }.Sum(value => drawn.Boxes(colors.ColorOf(value)).Count(box => box.Height > 100)));
        Assert.Contains("the best: 0.2", drawn.Texts);
        Assert.Subset(drawn.Texts.ToHashSet(), new HashSet<string> { "one", "two", "a", "b", "1", "2", "val_loss (less is better)" });
    }

    [Fact]
    public void Trials_that_lack_a_parameter_are_not_shown_and_it_says_so()
    {
        IReadOnlyList<string> texts = Svg.Of(Picture.Contour(ScanSamples.Mixed, "learning_rate", "kernel_block_3")).Texts;
        Assert.Contains(texts, text => text.EndsWith(" finished have both", StringComparison.Ordinal));
        SearchSpace space = SearchSpace.Of(Parameter.Integer("n", 1, 2), Parameter.Real("x", 0, 1));
        ScanResult without = ScanSamples.Of(space, [new ScanSamples.MadeTrial(Configuration.Of(("n", 1)), TrialState.Finished, new MetricValue(1))]);
        Assert.Contains("no finished trial has both n and x", Svg.Of(Picture.Contour(without, "n", "x")).Texts);
    }

    [Fact]
    public void A_trial_that_went_astray_does_not_hide_the_others_differences()
    {
        var random = new Random(8);
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [.. Enumerable.Range(0, 50).Select(i => (X: random.NextDouble(), Y: random.NextDouble(), i)).Select(at => ScanSamples.Made(at.X, at.Y, at.i == 20 ? 1e6 : ScanSamples.Bowl(at.X, at.Y)))]);
        IReadOnlyList<string> texts = Svg.Of(Picture.Contour(scan, "x", "y")).Texts;
        Assert.Contains("0.4", texts);
        Assert.DoesNotContain(texts, text => text.Contains("e6", StringComparison.Ordinal));
    }

    /// <summary>Nine trials are dots alone, ten a map.</summary>
    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Few_trials_are_dots_without_a_map_between_them(int count, bool hasMap)
    {
        Svg drawn = Svg.Of(Picture.Contour(ScanSamples.Many(count), "x", "y"));

        // The colour bar and the paper are rectangles, too.
        Assert.Equal(hasMap, drawn.Named("rect").Length > 100);
        Assert.Equal(!hasMap, drawn.Texts.Contains($"finished: {count}, a map from 10 on"));
    }

    private static ScanSamples.MadeTrial Made(string one, int two, double value) => new(Configuration.Of(("one", one), ("two", two)), TrialState.Finished, new MetricValue(value));
}
