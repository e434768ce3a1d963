using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class ValueAxisTests
{
    private static readonly double[] Decades = [.. Enumerable.Range(0, 41).Select(i => Math.Pow(10, -2 + (0.1 * i)))];

    [Fact]
    public void Values_over_decades_have_a_logarithmic_axis()
    {
        var axis = ValueAxis.Of(Decades, keepsLow: true, keepsHigh: false);
        Assert.True(axis.IsLogarithmic);
        Assert.Equal(-2, axis.PlaceOf(0.01), 1e-12);
        RobustRange range = axis.RangeOf(Decades)!;
        Assert.Equal((-2.0, 2.0, 0), (Math.Round(range.Low, 9), Math.Round(range.High, 9), range.Beyond));
    }

    /// <summary>Of one size, evenly spread, not all above 0, or but for a few far out of one size.</summary>
    [Fact]
    public void Others_have_a_linear_one()
    {
        double[] even = [.. Enumerable.Range(1, 100).Select(i => 0.01 * i)];
        Assert.False(ValueAxis.Of(even, true, false).IsLogarithmic);
        Assert.False(ValueAxis.Of([.. Decades, 0], true, false).IsLogarithmic);
        Assert.False(ValueAxis.Of([.. Decades, -1], true, false).IsLogarithmic);
        Assert.False(ValueAxis.Of([.. even.Select(value => 0.5 + (0.2 * value)), 80, 1e6], true, false).IsLogarithmic);
        Assert.False(ValueAxis.Of([], true, false).IsLogarithmic);
        Assert.False(ValueAxis.Of([double.NaN, double.PositiveInfinity], true, false).IsLogarithmic);
        Assert.Null(ValueAxis.Of([], true, false).RangeOf([]));
        Assert.Equal((0.5, 0.5), ValueAxis.Of(even, true, false).Reach(3, 0.5, lowest: 0));
    }

    [Fact]
    public void An_error_as_large_as_its_value_ends_at_the_axis_end()
    {
        var axis = ValueAxis.Of(Decades, true, false);
        (double down, double up) = axis.Reach(0.1, 0.2, lowest: -2.2);
        Assert.Equal(1.2, down, 1e-12);
        Assert.Equal(Math.Log10(3), up, 1e-12);
    }

    [Fact]
    public void Pictures_of_a_scan_have_an_axis_by_decades_where_its_losses_have_them()
    {
        SearchSpace space = SearchSpace.Of(Parameter.Real("x", 0, 1), Parameter.Real("y", 0, 1));
        ScanResult scan = ScanSamples.Of(
            space,
            [
                .. Decades.Select((loss, i) => new ScanSamples.MadeTrial(space.At([i / 41.0, i * 7 % 41 / 41.0]), TrialState.Finished, new MetricValue(loss, 2 * loss), new MetricValue(0.9 - (0.01 * i)))
                {
                    Reports = [.. Enumerable.Range(1, 3).Select(epoch => new TrialReport(epoch, TrialMetrics.Of(("loss", loss * (4 - epoch)))))],
                }),
            ],
            "loss",
            "auc");
        foreach (Picture picture in new Picture[]
        {
            Picture.Trials(scan), Picture.Slices(scan), Picture.ParallelCoordinates(scan), Picture.Contour(scan, "x", "y"), Picture.LearningCurves(scan), Picture.ParetoFront(scan),
        })
        {
            string[] texts = Svg.Of(picture).Texts;
            Assert.Subset(texts.ToHashSet(), new HashSet<string> { "0.1", "1", "10" });
            Assert.DoesNotContain("20", texts.Where(text => picture is not TrialsPicture));
            Assert.DoesNotContain(texts, text => text.Contains("far worse", StringComparison.Ordinal) || text.Contains("beyond", StringComparison.Ordinal));
        }
    }
}
