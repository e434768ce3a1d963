using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The course of a training in two panels by epoch: loss on the left, accuracy (solid) and area under the ROC curve
/// (dashed) on the right; training blue, validation vermilion. 1200 × 520 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.History"/>. What an epoch lacks, and a loss that is NaN or infinite, leaves a gap in its line.
/// Immutable; verbs give copies.
/// </remarks>
public sealed class HistoryPicture : StyledPicture<HistoryPicture>
{
    // Up to this many epochs each is marked by a dot.
    private const int MostMarked = 30;
    private const float MarkerSize = 7;

    private readonly TrainingHistory history;

    private HistoryPicture(TrainingHistory history, PictureFrame frame)
        : base(frame) => this.history = history;

    private protected override (int Width, int Height) DefaultSize => (1200, 520);

    private bool IsMarked => history.Count <= MostMarked;

    internal static HistoryPicture Of(TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
        {
            throw new ArgumentException("The history has no epoch to draw. Train for one at least.", nameof(history));
        }

        return new HistoryPicture(history, PictureFrame.Default);
    }

    private protected override HistoryPicture With(PictureFrame frame) => new(history, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        Series[] losses =
        [
            new("training", TrainingMetric.Loss, PictureStyle.LineColors[0], IsDashed: false),
            new("validation", TrainingMetric.ValidationLoss, PictureStyle.LineColors[1], IsDashed: false),
        ];
        Series[] merits =
        [
            new("accuracy, training", TrainingMetric.Accuracy, PictureStyle.LineColors[0], IsDashed: false),
            new("accuracy, validation", TrainingMetric.ValidationAccuracy, PictureStyle.LineColors[1], IsDashed: false),
            new("AUC, training", TrainingMetric.Area, PictureStyle.LineColors[0], IsDashed: true),
            new("AUC, validation", TrainingMetric.ValidationArea, PictureStyle.LineColors[1], IsDashed: true),
        ];
        bool hasArea = history.Any(record => record.Area is not null || record.ValidationArea is not null);
        float middle = area.HorizontalCenter;
        DrawPanel(canvas, new PixelRect(area.Left, middle, area.Bottom, area.Top), "Loss (cross-entropy)", losses);
        DrawPanel(canvas, new PixelRect(middle, area.Right, area.Bottom, area.Top), hasArea ? "Accuracy, AUC" : "Accuracy", merits);
    }

    private void DrawPanel(SKCanvas canvas, PixelRect area, string name, Series[] all)
    {
        using Plot plot = PictureStyle.NewPlot("Epoch", name);
        Series[] drawn = [.. all.Where(series => Runs(series.Metric).Any())];
        foreach (Series series in drawn)
        {
            Add(plot, series);
        }

        if (drawn.Length > 0)
        {
            (double low, double high) = Panel.Around(drawn.SelectMany(series => Runs(series.Metric)).SelectMany(run => run).Select(point => point.Y));
            plot.Axes.SetLimitsY(low, high);
        }

        plot.Axes.SetLimitsX(history[0].Epoch - 0.5, history[^1].Epoch + 0.5);
        plot.Axes.Bottom.TickGenerator = PictureStyle.WholeTicks();
        Panel.Draw(
            canvas,
            area,
            plot,
            [.. drawn.Select(series => new LineLegend.Entry(
                series.Name, series.Color, series.Pattern, IsMarked ? series.Marker : MarkerShape.None))],
            notice: drawn.Length == 0 ? "no finite value" : "");
    }

    private void Add(Plot plot, Series series)
    {
        foreach (Coordinates[] run in Runs(series.Metric))
        {
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(run);
            line.Color = series.Color;
            line.LinePattern = series.Pattern;
            line.LineWidth = PictureStyle.LineWidth;
            line.MarkerShape = series.Marker;
            line.MarkerSize = IsMarked || run.Length == 1 ? MarkerSize : 0;
            line.MarkerLineWidth = PictureStyle.LineWidth;
        }
    }

    private IEnumerable<Coordinates[]> Runs(TrainingMetric metric)
    {
        var run = new List<Coordinates>();
        foreach (EpochRecord record in history)
        {
            if (record.Value(metric) is { } value && double.IsFinite(value))
            {
                run.Add(new Coordinates(record.Epoch, value));
            }
            else if (run.Count > 0)
            {
                yield return [.. run];
                run.Clear();
            }
        }

        if (run.Count > 0)
        {
            yield return [.. run];
        }
    }

    private sealed record Series(string Name, TrainingMetric Metric, Color Color, bool IsDashed)
    {
        public LinePattern Pattern => IsDashed ? LinePattern.Dashed : LinePattern.Solid;

        public MarkerShape Marker => IsDashed ? MarkerShape.OpenCircle : MarkerShape.FilledCircle;
    }
}
