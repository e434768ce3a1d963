using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class ParallelCoordinatesPictureTests
{
    [Fact]
    public void A_line_crosses_the_axes_at_its_values_and_ends_at_its_objective()
    {
        // Axes of 0 to 1 and one by decades; the better of two has the darker end of the colours, which is the lower one of the objective's axis.
        SearchSpace space = SearchSpace.Of(Parameter.Real("x", 0, 1), Parameter.LogUniform("rate", 1e-4, 1));
        ScanResult scan = ScanSamples.Of(space, [Made(0.25, 1e-3, 0.5), Made(1, 1e-1, 0.9)]);
        Svg drawn = Svg.Of(Picture.ParallelCoordinates(scan));
        ColorScale colors = ColorScale.Between(0.5, 0.9, isLowDark: true);
        (double X, double Y)[] best = drawn.Lines(colors.ColorOf(0.5)).Single(line => line.Length == 3), worst = drawn.Lines(colors.ColorOf(0.9)).Single(line => line.Length == 3);
        double top = worst[0].Y, bottom = best[^1].Y;
        Assert.Equal(0.25, (bottom - best[0].Y) / (bottom - top), 0.01);
        Assert.Equal(0.25, (bottom - best[1].Y) / (bottom - top), 0.01);
        Assert.Equal(0.75, (bottom - worst[1].Y) / (bottom - top), 0.01);
        Assert.Equal(top, worst[^1].Y, 0.5);
        Assert.Subset(drawn.Texts.ToHashSet(), new HashSet<string> { "x", "rate", "val_loss", "less is better", "0.001", "0.01", "0.1", "0.5" });
    }

    [Fact]
    public void Lines_of_a_category_are_spread_the_best_at_the_top()
    {
        SearchSpace space = SearchSpace.Of(Parameter.OneOf("name", "a", "b"));
        ScanResult scan = ScanSamples.Of(space, [.. new[] { 0.3, 0.1, 0.2 }.Select(value => new ScanSamples.MadeTrial(Configuration.Of(("name", "b")), TrialState.Finished, new MetricValue(value)))]);
        Svg drawn = Svg.Of(Picture.ParallelCoordinates(scan));
        ColorScale colors = ColorScale.Between(0.1, 0.3, isLowDark: true);
        double[] heights = [.. new[] { 0.1, 0.2, 0.3 }.Select(value => drawn.Lines(colors.ColorOf(value)).Last(line => line.Length == 2 && line[0].X != line[1].X)[0].Y)];
        Assert.Equal(heights.Order(), heights);
        Assert.Equal(3, heights.Distinct().Count());
    }

    [Fact]
    public void What_a_condition_leaves_out_runs_through_none_and_what_failed_is_grey()
    {
        Svg drawn = Svg.Of(Picture.ParallelCoordinates(ScanSamples.Mixed));
        Assert.Contains("none", drawn.Texts);
        Assert.Contains(drawn.Texts, text => text.StartsWith("100 of ", StringComparison.Ordinal) && text.EndsWith(" pruned or failed", StringComparison.Ordinal));

        // One more is in the legend.
        Assert.Equal(100 + 1, drawn.Lines(PictureStyle.Faint).Count);
        Assert.DoesNotContain("none", Svg.Of(Picture.ParallelCoordinates(ScanSamples.Mixed).Parameters("blocks", "dropout")).Texts);
    }

    [Fact]
    public void Only_the_parameters_named_have_axes_in_their_order()
    {
        IReadOnlyList<string> texts = Svg.Of(Picture.ParallelCoordinates(ScanSamples.Notebook).Parameters("optimizer", "t_step")).Texts;
        Assert.DoesNotContain("filters_1", texts);
        Assert.True(texts.ToList().IndexOf("optimizer") < texts.ToList().IndexOf("t_step"));
        Assert.True(texts.ToList().IndexOf("optimizer") >= 0);
    }

    [Fact]
    public void Long_names_are_cut_and_stay_on_the_picture()
    {
        string name = new('W', 300);
        SearchSpace space = SearchSpace.Of(Parameter.OneOf(name, new string('M', 300), "b"), Parameter.Real(name + "2", 0, 1), Parameter.Real("😀 שלום", 0, 1));
        ScanResult scan = ScanSamples.Of(space, [new ScanSamples.MadeTrial(space.At([0.1, 0.2, 0.3]), TrialState.Finished, new MetricValue(1)), new ScanSamples.MadeTrial(space.At([0.9, 0.2, 0.3]), TrialState.Finished, new MetricValue(2))], name);
        foreach (Picture picture in new Picture[] { Picture.Trials(scan), Picture.ParallelCoordinates(scan), Picture.Slices(scan), Picture.Contour(scan, name, name + "2"), Picture.Correlations(scan), Picture.LearningCurves(scan), Picture.Importances(scan) })
        {
            using Drawn drawn = Drawn.Of(picture);
            (int width, int height) = drawn.Size;
            Assert.True(drawn.Ink() > 500, picture.GetType().Name);
            Assert.Equal(0, drawn.Ink(right: 3) + drawn.Ink(left: width - 3) + drawn.Ink(bottom: 3) + drawn.Ink(top: height - 3));
        }
    }

    /// <summary>76 had no room at the picture's own size.</summary>
    [Theory]
    [InlineData(76, 76)]
    [InlineData(170, 170)]
    [InlineData(300, 170)]
    public void Many_parameters_have_axes_at_the_picture_s_own_size_or_are_said_to_be_left_out(int count, int drawn)
    {
        SearchSpace space = SearchSpace.Of([.. Enumerable.Range(0, count).Select(i => Parameter.Real($"p{i}", 0, 1))]);
        ScanResult scan = ScanSamples.Of(space, [new ScanSamples.MadeTrial(space.At([.. Enumerable.Repeat(0.3, count)]), TrialState.Finished, new MetricValue(1))]);
        string[] texts = Svg.Of(Picture.ParallelCoordinates(scan)).Texts;
        Assert.Contains($"p{drawn - 1}", texts);
        Assert.DoesNotContain($"p{drawn}", texts);
        Assert.Equal(count > drawn, texts.Contains($"without the axes of {count - drawn} of {count} parameters"));
    }

    [Fact]
    public void Objectives_that_differ_by_rounding_alone_have_one_number_beside_their_axis()
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [.. Enumerable.Range(0, 12).Select(i => ScanSamples.Made(0.05 * i, 0.5, i % 2 == 0 ? (0.1 + 0.2 + 0.3) / 3 : (0.3 + 0.2 + 0.1) / 3))]);
        Svg drawn = Svg.Of(Picture.ParallelCoordinates(scan).Parameters("x"));

        // One more is the parameter's.
        Assert.Equal(2, drawn.Texts.Count(text => text == "0.2"));
    }

    [Fact]
    public void A_size_without_room_for_the_axes_is_refused()
    {
        using var folder = new TemporaryFolder();
        var exception = Assert.Throws<InvalidOperationException>(() => Picture.ParallelCoordinates(ScanSamples.Notebook).Size(300, 300).Save(folder["small.png"]));
        Assert.Contains("choose fewer parameters", exception.Message, StringComparison.Ordinal);
    }

    private static ScanSamples.MadeTrial Made(double x, double rate, double value) => new(Configuration.Of(("x", x), ("rate", rate)), TrialState.Finished, new MetricValue(value));
}
