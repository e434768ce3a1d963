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
        double highest = 0;
        var classes = new (double[] Values, (double Low, double High)?[] Errors)[Classes.Length];
        for (int label = 0; label < Classes.Length; label++)
        {
            double scale = isNormalised ? 1.0 / counts[label] : 1;
            int[] events = [.. counted.Select(bin => label == ParticleLabel.Electron ? bin.SignalCount : bin.BackgroundCount)];
            classes[label] = (
                [.. events.Select(n => n * scale)],
                [.. events.Select(n => n == 0 ? ((double, double)?)null : ((n - Math.Sqrt(n)) * scale, (n + Math.Sqrt(n)) * scale))]);
            highest = Math.Max(highest, classes[label].Errors.Max(error => error?.High ?? 0));
        }

        // On a logarithmic scale one event stands a little above the floor, and none on it.
        double floor = isLogarithmic ? Math.Log10(0.5 * unit) : 0;
        double high = isLogarithmic ? Math.Log10(highest) : highest;
        using Plot plot = PictureStyle.NewPlot(
            "Score: probability of electron", $"{(isNormalised ? "Share of the class" : "Events")} / {PictureStyle.Number(Math.Round(1.0 / bins, 4))}");
        BinSteps[] steps = [.. classes.Select(of => new BinSteps(edges, [.. of.Values.Select(Place)], floor))];
        foreach (int label in Classes)
        {
            steps[label].AddFill(plot, ColorOf(label));
        }

        foreach (int label in Classes)
        {
            steps[label].AddLine(plot, ColorOf(label), LinePattern.Solid);
            steps[label].AddErrors(plot, ColorOf(label), [.. classes[label].Errors.Select(error => error is (double low, double top) ? (Place(low), Place(top)) : ((double, double)?)null)]);
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
                    $"{ParticleLabel.NameOf(label)}s ({PictureStyle.Number(counts[label])})", ColorOf(label), LinePattern.Solid, MarkerShape.None)),
            ]);

        double Place(double value) => isLogarithmic ? Math.Max(floor, Math.Log10(Math.Max(value, 0))) : value;
    }

    private static int[] Classes => [ParticleLabel.Photon, ParticleLabel.Electron];

    private static Color ColorOf(int label) => PictureStyle.LineColors[label];
}
