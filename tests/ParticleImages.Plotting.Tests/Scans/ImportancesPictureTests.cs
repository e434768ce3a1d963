using System.Globalization;
using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting.Tests;

public class ImportancesPictureTests
{
    [Fact]
    public void Bars_are_as_long_as_the_shares_and_the_most_important_is_at_the_top()
    {
        ParameterImportances shares = ScanSamples.Repeated.Importances();
        Svg drawn = Svg.Of(Picture.Importances(shares));
        (double X, double Y, double Width, double Height)[] alone = [.. drawn.Boxes(PictureStyle.LineColors[0]).Where(box => box.Y > 40)];
        (double X, double Y, double Width, double Height)[] total = [.. drawn.Boxes(PictureStyle.LineColors[5]).Where(box => box.Y > 40)];
        Assert.Equal(2, total.Length);
        double scale = total[0].Width / shares.Parameters[0].Total;
        Assert.Equal(shares.Parameters[1].Total * scale, total[1].Width, 0.1);
        Assert.Equal(shares.Parameters[0].Alone * scale, alone[0].Width, 0.1);
        Assert.True(total[0].Y < total[1].Y);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * shares.Parameters[0].Total)} %"), drawn.Texts);
        Assert.Contains("40 configurations; a forest foretells ", drawn.Words, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Picture.Importances(shares).Objective("val_auc"));
    }

    [Fact]
    public void Trials_that_went_astray_are_left_out_and_counted()
    {
        var random = new Random(6);
        ScanResult scan = ScanSamples.Of(
            ScanSamples.Two, [.. Enumerable.Range(0, 80).Select(i => (X: random.NextDouble(), Y: random.NextDouble(), i)).Select(at => ScanSamples.Made(at.X, at.Y, at.i % 40 == 20 ? 1e6 * at.i : at.X))]);
        Assert.Equal(78, Picture.Importances(scan).Shares!.Count);
        Assert.Matches("78 configurations without 2 far worse; a forest foretells (9.|100) % of their spread", Svg.Of(Picture.Importances(scan)).Words);
    }

    /// <summary>Of a grid each second trial has the same truth value.</summary>
    [Fact]
    public void Of_a_large_grid_the_choice_is_blind()
    {
        SearchSpace space = SearchSpace.Of(Parameter.Integer("slow", 0, 2499), Parameter.Boolean("fast"));
        ScanResult scan = ScanSamples.Of(space, [.. Enumerable.Range(0, 5000).Select(i => new ScanSamples.MadeTrial(Configuration.Of(("slow", i / 2), ("fast", i % 2 == 1)), TrialState.Finished, new MetricValue((0.2 * (i % 2)) + (1e-6 * i))))]);
        ImportancesPicture picture = Picture.Importances(scan);
        Assert.Equal(("fast", 4000), (picture.Shares!.Parameters[0].Parameter, picture.Shares.Count));
        Assert.InRange(picture.Shares.Parameters[0].Total, 0.9, 1);
        Assert.Contains("4\u202F000 of 5\u202F000 configurations; a forest", Svg.Of(picture).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Where_nothing_is_finite_it_says_so(double value)
    {
        ScanResult scan = ScanSamples.Of(ScanSamples.Two, [.. Enumerable.Range(0, 10).Select(i => ScanSamples.Made(0.1 * i, 0.5, value))]);
        Assert.Contains("0 finished configurations have val_loss", Svg.Of(Picture.Importances(scan)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_trials_or_none_that_differ_are_said()
    {
        Assert.Null(Picture.Importances(ScanSamples.One).Shares);
        Assert.Contains("importances want 4 or more", Svg.Of(Picture.Importances(ScanSamples.One)).Words, StringComparison.Ordinal);
        Assert.Contains("importances want 4 or more", Svg.Of(Picture.Importances(ScanSamples.None)).Words, StringComparison.Ordinal);
        ScanResult level = ScanSamples.Of(ScanSamples.Two, [.. Enumerable.Range(0, 5).Select(i => ScanSamples.Made(0.1 * i, 0.2, 0.5))]);
        Assert.Contains("there is no spread to explain", Svg.Of(Picture.Importances(level)).Words, StringComparison.Ordinal);
    }
}
