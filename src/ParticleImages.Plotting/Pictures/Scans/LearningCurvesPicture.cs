using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// What trials reported on their way, a line each by epoch: finished ones blue and the best of them by the metric drawn (by the first objective where it is none) vermilion, pruned ones orange with a cross where they were ended, failed ones grey, running ones green. 1000 × 600 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.LearningCurves"/>, which reads the reports from the scan's store: the picture stays as it is when the store goes on or is gone. The metric is that of the first objective, or where trials do not
/// report that, the first that they report. Of more than 250 finished trials the 100 best have lines and of the others an even choice by rank; of others the first 150. Of more than 300 reports a trial each so many-th is drawn, and the last.
/// The metric's axis is logarithmic where all values are above 0 and the usual ones span a factor of 30 or more, half of them in the lowest fifth. Values far beyond the usual (Tukey's outer fence) are outside of the axis. Immutable; verbs give copies.
/// </remarks>
public sealed class LearningCurvesPicture : StyledPicture<LearningCurvesPicture>
{
    private const int MostPoints = 300;

    private readonly ReportedCurves curves;
    private readonly string? metric;

    private LearningCurvesPicture(ReportedCurves curves, string? metric, PictureFrame frame)
        : base(frame)
    {
        this.curves = curves;
        this.metric = metric;
    }

    private protected override (int Width, int Height) DefaultSize => (1000, 600);

    /// <summary>Sets which of the reported metrics is drawn; the last call wins.</summary>
    /// <param name="metric">Its name, such as <c>val_auc</c>.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">Trials have reported metrics, but none of this name; the message lists them.</exception>
    public LearningCurvesPicture Metric(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return curves.Metrics.Count == 0 || curves.Metrics.Contains(metric)
            ? new LearningCurvesPicture(curves, metric, Frame)
            : throw new ArgumentException($"No trial has reported '{metric}'. Reported are {string.Join(", ", curves.Metrics.Select(name => $"'{name}'"))}.", nameof(metric));
    }

    internal static LearningCurvesPicture Of(ScanResult scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return new LearningCurvesPicture(ReportedCurves.Of(scan), null, PictureFrame.Default);
    }

    private protected override LearningCurvesPicture With(PictureFrame frame) => new(curves, metric, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        string shown = metric ?? curves.DefaultMetric;
        Objective? objective = curves.Objectives.FirstOrDefault(objective => objective.Metric == shown);
        Objective judged = objective ?? curves.Objectives[0];
        int? best = curves.BestBy(judged);
        using Plot plot = PictureStyle.NewPlot("Epoch", MetricName.Beside(shown, objective?.Direction, area.Height - 140));
        (TrialRecord Record, IReadOnlyList<TrialReport> Reports)[] drawn = [.. curves.Trials.Select(trial => (trial.Record, Thin(trial.Reports)))];
        double[] values = [.. drawn.SelectMany(trial => trial.Reports).Select(report => ValueOf(report, shown)).OfType<double>()];
        var axis = ValueAxis.Of(values, keepsLow: objective?.Direction == ObjectiveDirection.Minimize, keepsHigh: objective?.Direction == ObjectiveDirection.Maximize);
        if (axis.RangeOf(values) is not { } range)
        {
            Panel.Draw(canvas, area, plot, [], curves.Trials.Count == 0 ? "no trial has reported anything on its way" : $"no finite {shown} was reported");
            return;
        }

        Line[] lines = [.. drawn.Select(trial => Line.Of(trial.Record, trial.Reports, report => ValueOf(report, shown) is { } value ? axis.PlaceOf(value) : null, trial.Record.Number == best)).Where(line => line.Points.Count > 0)];
        Add(plot, lines);
        (double low, double high) = Panel.Around([range.Low, range.High]);
        double first = lines.Min(line => line.Points[0].X), last = lines.Max(line => line.Points[^1].X), margin = Math.Max(0.5, 0.01 * (last - first));
        plot.Axes.SetLimits(first - margin, last + margin, low, high);
        plot.Axes.Bottom.TickGenerator = PictureStyle.WholeTicks();
        plot.Axes.Left.TickGenerator = axis.Ticks(low, high);
        Panel.Draw(canvas, area, plot, Legend(lines, range, $"{(objective is null ? $"best {judged.Metric}" : "the best")}: trial {best}"));
    }

    private static double? ValueOf(TrialReport report, string metric) => report.Metrics.TryGet(metric, out MetricValue value) && ValueAxis.Reaches(value.Value) ? value.Value : null;

    private static IReadOnlyList<TrialReport> Thin(IReadOnlyList<TrialReport> reports)
    {
        int every = (reports.Count + MostPoints - 1) / MostPoints;
        return every <= 1 ? reports : [.. reports.Where((_, i) => i % every == 0 || i == reports.Count - 1)];
    }

    private static void Add(Plot plot, Line[] lines)
    {
        // The best lies on top, pruned ones do not hide finished ones.
        foreach (TrialState state in new[] { TrialState.Failed, TrialState.Pruned, TrialState.Finished, TrialState.Running })
        {
            Line[] own = [.. lines.Where(line => line.State == state && !line.IsBest)];
            double alpha = own.Length switch { <= 15 => 0.9, <= 60 => 0.6, _ => 0.35 };
            plot.PlottableList.Add(new Polylines([.. own.SelectMany(line => line.Runs)], ColorOf(state).WithAlpha(alpha), own.Length <= 60 ? 1.5f : 1));
            Line[] marked = state == TrialState.Pruned ? own : [.. own.Where(line => line.Points.Count == 1)];
            plot.PlottableList.Add(new Marks(
                [.. marked.Select(line => new Mark(line.Points[^1].X, line.Points[^1].Y, ColorOf(state)))], state == TrialState.Pruned ? MarkerShape.Eks : MarkerShape.FilledCircle, own.Length <= 60 ? 8 : 5));
        }

        if (Array.Find(lines, line => line.IsBest) is { } best)
        {
            plot.PlottableList.Add(new Polylines([.. best.Runs], ScanColors.Best, 3));
            plot.PlottableList.Add(new Marks([new Mark(best.Points[^1].X, best.Points[^1].Y, ScanColors.Best)], MarkerShape.FilledCircle, 8));
        }
    }

    private List<LineLegend.Entry> Legend(Line[] lines, RobustRange range, string best)
    {
        var entries = new List<LineLegend.Entry>();
        if (Array.Exists(lines, line => line.IsBest))
        {
            entries.Add(new(best, ScanColors.Best, LinePattern.Solid, MarkerShape.FilledCircle));
        }

        foreach (TrialState state in new[] { TrialState.Finished, TrialState.Pruned, TrialState.Running, TrialState.Failed })
        {
            int drawn = lines.Count(line => line.State == state), all = curves.CountOf(state);
            if (drawn > 0)
            {
                string count = drawn < all ? $"{drawn} of {PictureStyle.Count(all)} {JudgedTrials.NameOf(state)}" : $"{JudgedTrials.NameOf(state)}: {all}";
                entries.Add(new(count, ColorOf(state), LinePattern.Solid, state == TrialState.Pruned ? MarkerShape.Eks : MarkerShape.None));
            }
        }

        if (range.Beyond > 0)
        {
            entries.Add(new($"{PictureStyle.Count(range.Beyond)} reports are beyond the axis", PictureStyle.LineColors[6], LinePattern.Solid, MarkerShape.None, HasLine: false));
        }

        return entries;
    }

    private static Color ColorOf(TrialState state) => state switch
    {
        TrialState.Pruned => ScanColors.Pruned,
        TrialState.Finished => ScanColors.Finished,
        TrialState.Running => ScanColors.LikeBest,
        _ => ScanColors.Failed,
    };

    /// <summary>A trial's finite values, and the runs of them without a gap.</summary>
    private sealed record Line(TrialState State, bool IsBest, IReadOnlyList<Coordinates> Points, IReadOnlyList<Coordinates[]> Runs)
    {
        public static Line Of(TrialRecord trial, IReadOnlyList<TrialReport> reports, Func<TrialReport, double?> placeOf, bool isBest)
        {
            var runs = new List<List<Coordinates>> { new() };
            foreach (TrialReport report in reports)
            {
                if (placeOf(report) is { } place)
                {
                    runs[^1].Add(new Coordinates(report.Step, place));
                }
                else if (runs[^1].Count > 0)
                {
                    runs.Add([]);
                }
            }

            return new Line(trial.State, isBest, [.. runs.SelectMany(run => run)], [.. runs.Where(run => run.Count > 1).Select(run => run.ToArray())]);
        }
    }
}
