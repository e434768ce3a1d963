using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// Two objectives against each other: the configurations than which none is better in one without being worse in the other, joined by a line of steps, and all others grey. 720 × 640 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.ParetoFront"/>. A dot is a configuration with its mean over finished trials, a bar the standard error where it is known: of those on the front, and of up to 200 others. The front is that of the two objectives shown, by
/// means alone. Configurations far beyond the usual on the worse side (Tukey's outer fence) are outside of the axes and counted in the legend, unless they are on the front. Immutable; verbs give copies.
/// </remarks>
public sealed class ParetoFrontPicture : StyledPicture<ParetoFrontPicture>
{
    private const int MostMarks = 3000;
    private const int MostErrors = 200;

    private readonly ScanResult scan;
    private readonly int horizontal;
    private readonly int vertical;

    private ParetoFrontPicture(ScanResult scan, int horizontal, int vertical, PictureFrame frame)
        : base(frame)
    {
        this.scan = scan;
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    private protected override (int Width, int Height) DefaultSize => (720, 640);

    /// <summary>Sets which two objectives are shown; the last call wins.</summary>
    /// <param name="horizontal">The metric of the level axis; the first objective's is the default.</param>
    /// <param name="vertical">The metric of the upright axis; the second objective's is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The scan has no such objective, or both are one.</exception>
    public ParetoFrontPicture Objectives(string horizontal, string vertical) => horizontal == vertical
        ? throw new ArgumentException($"'{horizontal}' is named twice. A front wants two different objectives.", nameof(vertical))
        : new ParetoFrontPicture(scan, scan.ObjectiveNumber(horizontal), scan.ObjectiveNumber(vertical), Frame);

    internal static ParetoFrontPicture Of(ScanResult scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return scan.Objectives.Count >= 2
            ? new ParetoFrontPicture(scan, 0, 1, PictureFrame.Default)
            : throw new ArgumentException($"The scan has one objective, {scan.Objectives[0].Metric}. A front wants two or more; Trials shows how one went.", nameof(scan));
    }

    private protected override ParetoFrontPicture With(PictureFrame frame) => new(scan, horizontal, vertical, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        JudgedTrials across = JudgedTrials.Of(scan, horizontal), upward = JudgedTrials.Of(scan, vertical);
        ConfigurationResult[] all = [.. scan.Configurations.Where(IsShown)];
        using Plot plot = PictureStyle.NewPlot(across.AxisName(area.Width - 120), upward.AxisName(area.Height - 150));
        if (all.Length == 0)
        {
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.EmptyTickGenerator();
            Panel.Draw(canvas, area, plot, [], across.Notice);
            return;
        }

        ConfigurationResult[] front = [.. scan.ParetoFrontOf(scan.Objectives[horizontal].Metric, scan.Objectives[vertical].Metric).Where(IsShown)];
        (double Low, double High) x = Limits(across, front, horizontal), y = Limits(upward, front, vertical);
        ConfigurationResult[] dominated = [.. all.Except(front)];
        ConfigurationResult[] within = [.. dominated.Where(result => IsWithin(result.Values[horizontal].Value, x) && IsWithin(result.Values[vertical].Value, y))];
        AddDominated(plot, within, x, y);
        AddFront(plot, front, across.IsLessBetter ? x.High : x.Low, upward.IsLessBetter ? y.High : y.Low);
        plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High);
        plot.Axes.Bottom.TickGenerator = ValueTicks.Between(x.Low, x.High);
        plot.Axes.Left.TickGenerator = ValueTicks.Between(y.Low, y.High);
        Panel.Draw(canvas, area, plot, Legend(front, dominated, within));
    }

    private bool IsShown(ConfigurationResult result) => double.IsFinite(result.Values[horizontal].Value) && double.IsFinite(result.Values[vertical].Value);

    private static bool IsWithin(double value, (double Low, double High) limits) => value >= limits.Low && value <= limits.High;

    private static (double Low, double High) Limits(JudgedTrials judged, ConfigurationResult[] front, int objective) =>
        Panel.Around([judged.FinishedRange!.Low, judged.FinishedRange.High, .. front.Select(result => result.Values[objective].Value)]);

    private void AddDominated(Plot plot, ConfigurationResult[] within, (double Low, double High) x, (double Low, double High) y)
    {
        if (within.Length <= MostErrors)
        {
            AddErrors(plot, within, PictureStyle.Faint.WithAlpha(0.6));
        }

        IReadOnlyList<ConfigurationResult> drawn = PointThinning.Thin(
            within, result => ((result.Values[horizontal].Value - x.Low) / (x.High - x.Low), (result.Values[vertical].Value - y.Low) / (y.High - y.Low)), MostMarks);
        Color color = PictureStyle.Faint.Among(within.Length);
        plot.PlottableList.Add(new Marks([.. drawn.Select(result => new Mark(result.Values[horizontal].Value, result.Values[vertical].Value, color))], MarkerShape.FilledCircle, ScanColors.MarkSize(within.Length)));
    }

    // What a step encloses with the edges of the plot is dominated: the line runs where both objectives are as bad as the worse of two neighbours.
    private void AddFront(Plot plot, ConfigurationResult[] front, double worstX, double worstY)
    {
        Coordinates[] places = [.. front.Select(result => new Coordinates(result.Values[horizontal].Value, result.Values[vertical].Value))];
        var steps = new List<Coordinates> { new(places[0].X, worstY) };
        foreach (Coordinates place in places)
        {
            steps.Add(new Coordinates(place.X, steps[^1].Y));
            steps.Add(place);
        }

        steps.Add(new Coordinates(worstX, steps[^1].Y));
        plot.PlottableList.Add(new Polylines([[.. steps]], ScanColors.Finished, PictureStyle.LineWidth));
        AddErrors(plot, front, ScanColors.Finished);
        plot.PlottableList.Add(new Marks([.. places.Select(place => new Mark(place.X, place.Y, ScanColors.Finished))], MarkerShape.FilledCircle, 9));
    }

    private void AddErrors(Plot plot, ConfigurationResult[] results, Color color)
    {
        ConfigurationResult[] known = [.. results.Where(result => result.Values[horizontal].StandardError > 0 || result.Values[vertical].StandardError > 0)];
        if (known.Length == 0)
        {
            return;
        }

        double[] across = [.. known.Select(result => result.Values[horizontal].StandardError ?? 0)], upward = [.. known.Select(result => result.Values[vertical].StandardError ?? 0)];
        plot.PlottableList.Add(new ScottPlot.Plottables.ErrorBar(
            [.. known.Select(result => result.Values[horizontal].Value)], [.. known.Select(result => result.Values[vertical].Value)], across, across, upward, upward)
        {
            Color = color,
            LineWidth = 1,
        });
    }

    private List<LineLegend.Entry> Legend(ConfigurationResult[] front, ConfigurationResult[] dominated, ConfigurationResult[] within)
    {
        bool hasErrors = front.Any(result => result.Values[horizontal].StandardError > 0 || result.Values[vertical].StandardError > 0);
        var entries = new List<LineLegend.Entry>
        {
            new($"Pareto front: {front.Length}{(hasErrors ? " ± standard error" : "")}", ScanColors.Finished, LinePattern.Solid, MarkerShape.FilledCircle),
        };
        if (dominated.Length > 0)
        {
            entries.Add(LineLegend.Entry.Of($"dominated: {dominated.Length}", PictureStyle.Faint, MarkerShape.FilledCircle));
        }

        if (within.Length < dominated.Length)
        {
            entries.Add(LineLegend.Entry.Of($"{dominated.Length - within.Length} dominated beyond the axes", PictureStyle.Faint, MarkerShape.None));
        }

        return entries;
    }
}
