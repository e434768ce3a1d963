using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// How far scores are probabilities: above, the fraction of electrons against the mean score of each bin, with binomial errors; points on the dashed diagonal are calibrated. Below,
/// how many events each bin has. The legend says the expected calibration error (ECE) and what chance alone would make of it. 720 × 860 pixels unless set, larger where the legend is.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Calibration"/>; the numbers are <see cref="ScoreDistribution"/>'s, errors those of <see cref="BinomialInterval"/>. Bins without events have no
/// point. Immutable; verbs give copies.
/// </remarks>
public sealed class CalibrationPicture : StyledPicture<CalibrationPicture>
{
    private const float Right = 28;
    private const float Axis = 64;
    private const float Gap = 16;
    private const float LegendGap = 8;

    private readonly (string Name, EvaluationResult Result)[] results;
    private readonly int bins;

    // Counted once for both the size and the picture; no verb that only frames it waits.
    private readonly Lazy<ScoreDistribution[]> counted;

    private CalibrationPicture((string Name, EvaluationResult Result)[] results, int bins, PictureFrame frame)
        : base(frame)
    {
        this.results = results;
        this.bins = bins;
        counted = new(() => [.. results.Select(named => named.Result.Distribution(bins))]);
    }

    private protected override (int Width, int Height) DefaultSize => Table().Grown(720, 838);

    /// <summary>Adds another result, for example of the same network with its scores corrected.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="result">The result.</param>
    /// <returns>A copy.</returns>
    public CalibrationPicture Compare(string name, EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(result);
        return new CalibrationPicture([.. results, (name, result)], bins, Frame);
    }

    /// <summary>Sets the number of bins, on which the calibration error depends, too.</summary>
    /// <param name="count">2 to 100; 10 is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 2 to 100.</exception>
    public CalibrationPicture Bins(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 100);
        return new CalibrationPicture(results, count, Frame);
    }

    internal static CalibrationPicture Of(EvaluationResult result, string name) =>
        new CalibrationPicture([], bins: 10, PictureFrame.Default).Compare(name, result);

    private protected override CalibrationPicture With(PictureFrame frame) => new(results, bins, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        ScoreDistribution[] distributions = counted.Value;
        area = PictureNotice.DrawBelow(canvas, $"ECE: |fraction of electrons − mean score|, averaged over the events, {bins} bins", area);
        CurveTable table = Table();
        float top = area.Top + 8 + table.HeightIn(area) + LegendGap;
        float split = top + MathF.Floor(0.72f * (area.Bottom - Axis - Gap - top));
        using Plot fractions = Fractions(distributions), events = Events(distributions);
        var upper = new PixelRect(area.Left, area.Right, split, top);
        var lower = new PixelRect(area.Left, area.Right, area.Bottom, split + Gap);
        float left = Math.Max(Panel.LeftOf(fractions, upper.Height), Panel.LeftOf(events, lower.Height - Axis));
        table.Draw(canvas, area, upper.Contract(new PixelPadding(left, Right, bottom: 0, top: 0)), area.Top + 8);
        PictureStyle.Draw(fractions, canvas, upper, new PixelPadding(left, Right, bottom: 0, top: 0));
        PictureStyle.Draw(events, canvas, lower, new PixelPadding(left, Right, bottom: Axis, top: 0));
    }

    private CurveTable Table() => new([.. results.Select((named, i) => new CurveTable.Row(Entry(named.Name, i), [ErrorOf(counted.Value[i])]))]);

    private static string ErrorOf(ScoreDistribution distribution)
    {
        double chance = distribution.CalibrationErrorByChance;
        return $"ECE {Estimate.Rounded(distribution.CalibrationError, chance, leastDecimals: 3)} ({(chance > 0 ? Estimate.Rounded(chance, chance, leastDecimals: 3) : "0")} by chance)";
    }

    private static LineLegend.Entry Entry(string name, int index) => new(
        name, LineLook.ColorOf(index), LineLook.PatternOf(index), index == 0 ? MarkerShape.FilledCircle : MarkerShape.OpenCircle);

    // The same lines in both panels, numbers only below.
    private static NumericManual Tenths(bool areNamed)
    {
        double[] places = [.. Enumerable.Range(0, 11).Select(i => i / 10.0)];
        return new NumericManual(places, [.. places.Select(place => areNamed ? PictureStyle.Number(place) : "")]);
    }

    private static Plot Fractions(ScoreDistribution[] distributions)
    {
        Plot plot = PictureStyle.NewPlot("", "Fraction of electrons");
        PictureStyle.AddGuide(plot, [new(0, 0), new(1, 1)]);
        for (int i = 0; i < distributions.Length; i++)
        {
            ScoreBin[] filled = [.. distributions[i].Bins.Where(bin => bin.Count > 0)];
            foreach (ScoreBin bin in filled)
            {
                BinomialInterval interval = BinomialInterval.Of(bin.SignalFraction!.Value, bin.Count);
                ScottPlot.Plottables.LinePlot bar = plot.Add.Line(bin.MeanScore!.Value, interval.Low, bin.MeanScore.Value, interval.High);
                bar.LineColor = LineLook.ColorOf(i);
                bar.LineWidth = 1.5f;
            }

            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(
                filled.Select(bin => new Coordinates(bin.MeanScore!.Value, bin.SignalFraction!.Value)).ToArray());
            line.Color = LineLook.ColorOf(i);
            line.LineWidth = 1;
            line.LinePattern = Entry("", i).Pattern;
            line.MarkerShape = Entry("", i).Marker;
            line.MarkerSize = 8;
            line.MarkerLineWidth = PictureStyle.LineWidth;
        }

        plot.Axes.SetLimits(-0.01, 1.01, -0.03, 1.03);
        plot.Axes.Bottom.TickGenerator = Tenths(areNamed: false);
        return plot;
    }

    private Plot Events(ScoreDistribution[] distributions)
    {
        Plot plot = PictureStyle.NewPlot("Score: probability of electron", $"Events / {PictureStyle.Number(Math.Round(1.0 / bins, 4))}");
        for (int i = 0; i < distributions.Length; i++)
        {
            IReadOnlyList<ScoreBin> all = distributions[i].Bins;
            var steps = new StepHistogram([0, .. all.Select(bin => bin.High)], [.. all.Select(bin => (double)bin.Count)], Errors: [], Floor: null);
            steps.AddFill(plot, LineLook.ColorOf(i));
            steps.AddLine(plot, LineLook.ColorOf(i));
        }

        plot.Axes.SetLimits(-0.01, 1.01, 0, 1.08 * distributions.Max(distribution => distribution.Bins.Max(bin => bin.Count)));
        plot.Axes.Bottom.TickGenerator = Tenths(areNamed: true);
        NumericAutomatic ticks = PictureStyle.WholeTicks();
        ticks.TargetTickCount = 4;
        plot.Axes.Left.TickGenerator = ticks;
        return plot;
    }
}
