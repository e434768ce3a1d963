using System.Globalization;
using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class CorrelationsPictureTests
{
    [Fact]
    public void Cells_have_the_numbers_and_colours_of_the_tables_correlations()
    {
        IReadOnlyList<ParameterCorrelation> pairs = ScanSamples.Mixed.Results.Correlations();
        Svg ranks = Svg.Of(Picture.Correlations(ScanSamples.Mixed));
        Svg straight = Svg.Of(Picture.Correlations(ScanSamples.Mixed).Linear());
        ColorScale colors = ColorScale.Symmetric([1]);
        Assert.True(pairs.Count > 20);
        foreach (ParameterCorrelation pair in pairs)
        {
            Assert.Contains(Text(pair.Spearman!.Value, pair.SpearmanPValue!.Value), ranks.Texts);
            Assert.Contains(Text(pair.Pearson!.Value, pair.PearsonPValue!.Value), straight.Texts);
            Assert.NotEmpty(ranks.Boxes(colors.ColorOf(pair.Spearman.Value)));
        }

        Assert.Contains("Rank correlation (Spearman)", ranks.Texts);
        Assert.Contains("Correlation (Pearson)", straight.Texts);
        Assert.EndsWith("without numbers: activation", ranks.Words, StringComparison.Ordinal);

        static string Text(double value, double chance)
        {
            string number = Math.Round(value, 2) == 0 ? "0.00" : value.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
            return chance < 0.05 ? number : $"({number})";
        }
    }

    [Fact]
    public void What_does_not_vary_has_a_dash_for_a_number()
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [.. Enumerable.Range(0, 4).Select(i => ScanSamples.Made(0.5, 0.1 * i, i))]);
        IReadOnlyList<string> texts = Svg.Of(Picture.Correlations(scan)).Texts;
        Assert.Contains("–", texts);
        Assert.Contains("1.00", texts);
    }

    [Fact]
    public void Where_there_is_nothing_to_correlate_it_says_so()
    {
        Assert.Contains("No trial has come to a metric yet.", Svg.Of(Picture.Correlations(ScanSamples.None)).Words, StringComparison.Ordinal);
        Assert.Contains("One configuration has finished; a correlation wants two or more.", Svg.Of(Picture.Correlations(ScanSamples.One)).Words, StringComparison.Ordinal);
        SearchSpace names = SearchSpace.Of(Parameter.OneOf("name", "a", "b"));
        ScanResult scan = ScanSamples.Of(names, [new ScanSamples.MadeTrial(Configuration.Of(("name", "a")), TrialState.Finished, new MetricValue(1)), new ScanSamples.MadeTrial(Configuration.Of(("name", "b")), TrialState.Finished, new MetricValue(2))]);
        Assert.StartsWith("There is no parameter of numbers", Svg.Of(Picture.Correlations(scan)).Words, StringComparison.Ordinal);
    }

    /// <summary>The first forty had stood there, whatever they were.</summary>
    [Fact]
    public void Of_very_many_parameters_the_strongest_have_rows()
    {
        SearchSpace space = SearchSpace.Of([.. Enumerable.Range(0, 60).Select(i => Parameter.Real($"p{i}", 0, 1))]);
        var random = new Random(2);
        ScanResult scan = ScanSamples.Of(
            space,
            [.. Enumerable.Range(0, 50).Select(_ => space.At([.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())])).Select(at => new ScanSamples.MadeTrial(at, TrialState.Finished, new MetricValue(at["p59"].AsNumber())) { Others = TrialMetrics.Of(("other", at["p3"].AsNumber())) })]);
        Svg drawn = Svg.Of(Picture.Correlations(scan));
        Assert.Equal(40, drawn.Texts.Count(text => text.StartsWith('p')));
        Assert.Equal("p59", drawn.Texts.First(text => text.StartsWith('p')));
        Assert.Contains("of 60 parameters the 40 with the strongest ranks' correlation with val_loss", drawn.Words, StringComparison.Ordinal);
        Svg table = Svg.Of(Picture.Correlations(scan.Results));
        Assert.Equal(["p3", "p59"], table.Texts.Where(text => text.StartsWith('p')).Take(2).Order());
        Assert.Contains("with any metric", table.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeats_are_one_configuration()
    {
        Assert.StartsWith("40 configurations; in parentheses", string.Join(' ', Svg.Of(Picture.Correlations(ScanSamples.Repeated)).Texts.SkipWhile(text => !text.Contains("configurations", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#FFFFFF", false)]
    [InlineData("#BDBDBD", false)]
    [InlineData("#004B78", true)]
    [InlineData("#8F3C00", true)]
    public void Ink_on_a_colour_can_be_read(string color, bool isWhite) =>
        Assert.Equal(isWhite, Contrast.InkOn(ScottPlot.Color.FromHex(color)) == SkiaSharp.SKColors.White);
}
