using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The scores of each class as histograms over 0 to 1, one on the other, with statistical errors √n. 800 × 560 pixels unless set.
/// </summary>
/// <remarks>Made by <see cref="Picture.Scores"/>. Immutable; verbs give copies.</remarks>
public sealed class ScoresPicture : StyledPicture<ScoresPicture>
{
    private readonly EvaluationResult result;
    private readonly int bins;
    private readonly bool isLogarithmic;
    private readonly bool isNormalised;

    private ScoresPicture(EvaluationResult result, int bins, bool isLogarithmic, bool isNormalised, PictureFrame frame)
        : base(frame)
    {
        this.result = result;
        this.bins = bins;
        this.isLogarithmic = isLogarithmic;
        this.isNormalised = isNormalised;
    }

    private protected override (int Width, int Height) DefaultSize => (800, 560);

    /// <summary>Sets the number of bins.</summary>
    /// <param name="count">2 to 200; 25 is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside 2 to 200.</exception>
    public ScoresPicture Bins(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 200);
        return new ScoresPicture(result, count, isLogarithmic, isNormalised, Frame);
    }

    /// <summary>Draws events on a logarithmic scale, where the few at the wrong end can be seen; linear is the default.</summary>
    /// <returns>A copy.</returns>
    public ScoresPicture Logarithmic() => new(result, bins, isLogarithmic: true, isNormalised, Frame);

    /// <summary>Divides each class by its number of events, so that classes of different size can be compared; counts are the default.</summary>
    /// <returns>A copy.</returns>
    public ScoresPicture Normalised() => new(result, bins, isLogarithmic, isNormalised: true, Frame);

    internal static ScoresPicture Of(EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ScoresPicture(result, bins: 25, isLogarithmic: false, isNormalised: false, PictureFrame.Default);
    }

    private protected override ScoresPicture With(PictureFrame frame) => new(result, bins, isLogarithmic, isNormalised, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        IReadOnlyList<ScoreBin> counted = result.Distribution(bins).Bins;
        double[] edges = [0, .. counted.Select(bin => bin.High)];
        int[] counts = [.. Classes.Select(label => result.Labels.Count(label))];
        double unit = isNormalised ? 1.0 / counts.Max() : 1;

        // On a logarithmic scale one event stands a little above the floor, and none on it.
        double floor = isLogarithmic ? Math.Log10(0.5 * unit) : 0;
        StepHistogram[] steps = [.. Classes.Select(StepsOf)];
        double highest = steps.Max(of => of.Values.Zip(of.Errors, (value, error) => value + error).Max());
        double high = isLogarithmic ? Math.Log10(highest) : highest;
        using Plot plot = PictureStyle.NewPlot(
            "Score: probability of electron", $"{(isNormalised ? "Share of the class" : "Events")} / {PictureStyle.Number(Math.Round(1.0 / bins, 4))}");
        foreach (int label in Classes)
        {
            steps[label].AddFill(plot, ColorOf(label));
        }

        foreach (int label in Classes)
        {
            steps[label].AddLine(plot, ColorOf(label));
            steps[label].AddErrors(plot, ColorOf(label));
        }

        double above = high + (0.06 * (high - floor));
        plot.Axes.SetLimits(-0.01, 1.01, floor, above);
        if (isLogarithmic)
        {
            plot.Axes.Left.TickGenerator = DecadeTicks.Between(floor, above);
        }

        Panel.Draw(
            canvas,
            area,
            plot,
            [
                .. Classes.Select(label => new LineLegend.Entry(
                    $"{ParticleLabel.NameOf(label)}s ({PictureStyle.Count(counts[label])})", ColorOf(label), LinePattern.Solid, MarkerShape.None)),
            ]);

        StepHistogram StepsOf(int label)
        {
            double scale = isNormalised ? 1.0 / counts[label] : 1;
            int[] events = [.. counted.Select(bin => label == ParticleLabel.Electron ? bin.SignalCount : bin.BackgroundCount)];
            return new StepHistogram(edges, [.. events.Select(n => n * scale)], [.. events.Select(n => Math.Sqrt(n) * scale)], isLogarithmic ? floor : null);
        }
    }

    private static int[] Classes => [ParticleLabel.Photon, ParticleLabel.Electron];

    private static Color ColorOf(int label) => PictureStyle.LineColors[label];
}
