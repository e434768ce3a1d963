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
/// means alone. An axis is logarithmic where all values are above 0 and the usual ones span a factor of 30 or more, half of them in the lowest fifth. Configurations far beyond the usual on the worse side (Tukey's outer fence) are outside of the axes and counted in the legend, unless they are on the front. Immutable; verbs give copies.
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
        Dimension x = Dimension.Of(across, front, horizontal), y = Dimension.Of(upward, front, vertical);
        ConfigurationResult[] dominated = [.. all.Except(front)];
        ConfigurationResult[] within = [.. dominated.Where(result => x.Shows(result) && y.Shows(result))];
        AddDominated(plot, within, x, y);
        AddFront(plot, front, x, y);
        plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High);
        plot.Axes.Bottom.TickGenerator = across.Axis.Ticks(x.Low, x.High);
        plot.Axes.Left.TickGenerator = upward.Axis.Ticks(y.Low, y.High);
        Panel.Draw(canvas, area, plot, Legend(front, dominated, within));
    }

    private bool IsShown(ConfigurationResult result) => ValueAxis.Reaches(result.Values[horizontal].Value) && ValueAxis.Reaches(result.Values[vertical].Value);

    private static void AddDominated(Plot plot, ConfigurationResult[] within, Dimension x, Dimension y)
    {
        if (within.Length <= MostErrors)
        {
            AddErrors(plot, within, x, y, PictureStyle.Faint.WithAlpha(0.6));
        }

        IReadOnlyList<ConfigurationResult> drawn = PointThinning.Thin(
            within, result => ((x.PlaceOf(result) - x.Low) / (x.High - x.Low), (y.PlaceOf(result) - y.Low) / (y.High - y.Low)), MostMarks);
        Color color = PictureStyle.Faint.Among(within.Length);
        plot.PlottableList.Add(new Marks([.. drawn.Select(result => new Mark(x.PlaceOf(result), y.PlaceOf(result), color))], MarkerShape.FilledCircle, ScanColors.MarkSize(within.Length)));
    }

    // What a step encloses with the edges of the plot is dominated: the line runs where both objectives are as bad as the worse of two neighbours.
    private static void AddFront(Plot plot, ConfigurationResult[] front, Dimension x, Dimension y)
    {
        Coordinates[] places = [.. front.Select(result => new Coordinates(x.PlaceOf(result), y.PlaceOf(result)))];
        var steps = new List<Coordinates> { new(places[0].X, y.Worst) };
        foreach (Coordinates place in places)
        {
            steps.Add(new Coordinates(place.X, steps[^1].Y));
            steps.Add(place);
        }

        steps.Add(new Coordinates(x.Worst, steps[^1].Y));
        plot.PlottableList.Add(new Polylines([[.. steps]], ScanColors.Finished, PictureStyle.LineWidth));
        AddErrors(plot, front, x, y, ScanColors.Finished);
        plot.PlottableList.Add(new Marks([.. places.Select(place => new Mark(place.X, place.Y, ScanColors.Finished))], MarkerShape.FilledCircle, 9));
    }

    private static void AddErrors(Plot plot, ConfigurationResult[] results, Dimension x, Dimension y, Color color)
    {
        ConfigurationResult[] known = [.. results.Where(result => x.ErrorOf(result) > 0 || y.ErrorOf(result) > 0)];
        if (known.Length == 0)
        {
            return;
        }

        (double Down, double Up)[] across = [.. known.Select(x.Reach)], upward = [.. known.Select(y.Reach)];
        plot.PlottableList.Add(new ScottPlot.Plottables.ErrorBar(
            [.. known.Select(x.PlaceOf)],
            [.. known.Select(y.PlaceOf)],
            [.. across.Select(reach => reach.Down)],
            [.. across.Select(reach => reach.Up)],
            [.. upward.Select(reach => reach.Down)],
            [.. upward.Select(reach => reach.Up)])
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
            entries.Add(LineLegend.Entry.Of($"dominated: {PictureStyle.Count(dominated.Length)}", PictureStyle.Faint, MarkerShape.FilledCircle));
        }

        if (within.Length < dominated.Length)
        {
            entries.Add(LineLegend.Entry.Of($"{PictureStyle.Count(dominated.Length - within.Length)} dominated beyond the axes", PictureStyle.Faint, MarkerShape.None));
        }

        return entries;
    }

    /// <summary>One objective along its axis, with the axis' ends.</summary>
    private sealed record Dimension(JudgedTrials Judged, int Objective, double Low, double High)
    {
        /// <summary>The end where it is worse.</summary>
        public double Worst => Judged.IsLessBetter ? High : Low;

        public static Dimension Of(JudgedTrials judged, ConfigurationResult[] front, int objective)
        {
            (double low, double high) = Panel.Around(
                [judged.FinishedRange!.Low, judged.FinishedRange.High, .. front.Select(result => judged.Axis.PlaceOf(result.Values[objective].Value))]);
            return new Dimension(judged, objective, low, high);
        }

        public double PlaceOf(ConfigurationResult result) => Judged.Axis.PlaceOf(result.Values[Objective].Value);

        public bool Shows(ConfigurationResult result) => PlaceOf(result) >= Low && PlaceOf(result) <= High;

        public double ErrorOf(ConfigurationResult result) => result.Values[Objective].StandardError ?? 0;

        public (double Down, double Up) Reach(ConfigurationResult result) => Judged.Axis.Reach(result.Values[Objective].Value, ErrorOf(result), Low);
    }
}
