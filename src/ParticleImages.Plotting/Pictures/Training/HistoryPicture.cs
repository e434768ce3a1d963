using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The course of trainings by epoch, a panel a quantity: loss, accuracy, area under the ROC curve where there is one, and learning rate
/// (logarithmic, four decades at most). 1200 × 960 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.History"/> and <see cref="Picture.Histories"/>. Alone, training is blue and validation vermilion; compared, each name has a colour,
/// validation is solid and training dashed. Of several runs of one name a line is the median and a band the central 68 %, over the runs that
/// have the epoch (<see cref="EpochSpread"/>). What an epoch lacks, and what is NaN or infinite, leaves a gap. Immutable; verbs give copies.
/// </remarks>
public sealed class HistoryPicture : StyledPicture<HistoryPicture>
{
    private const float LegendBand = 8;
    private const float NoteBand = 30;
    private const double MostDecades = 4;

    private static readonly Quantity[] Quantities =
    [
        new("Loss (cross-entropy)", record => record.Loss, record => record.ValidationLoss),
        new("Accuracy", record => record.Accuracy, record => record.ValidationAccuracy),
        new("AUC", record => record.Area, record => record.ValidationArea),
        new("Learning rate", record => record.LearningRate, _ => null, IsLogarithmic: true),
    ];

    private readonly Group[] groups;

    private HistoryPicture(Group[] groups, PictureFrame frame)
        : base(frame) => this.groups = groups;

    private protected override (int Width, int Height) DefaultSize => (1200, 960);

    /// <summary>Adds the runs of something else, for example of another network.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="histories">One training or several, each of at least one epoch.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There is no history, or one has no epoch.</exception>
    public HistoryPicture Compare(string name, params IEnumerable<TrainingHistory> histories) => With(name, histories, nameof(histories));

    internal static HistoryPicture Of(string name, IEnumerable<TrainingHistory> histories, string parameter) =>
        new HistoryPicture([], PictureFrame.Default).With(name, histories, parameter);

    private protected override HistoryPicture With(PictureFrame frame) => new(groups, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        Panelled[] panels = [.. Quantities.Select(quantity => new Panelled(quantity, [.. LinesOf(quantity)]))];

        // No area is usual, where nothing asked for it; a loss without a number is worth a panel that says so.
        panels = [.. panels.Where(panel => panel.Quantity.Name != "AUC" || panel.Lines.Length > 0)];
        LineLegend.Entry[] legend = [.. panels.SelectMany(panel => panel.Lines).Select(line => line.Entry).Distinct()];
        float legendHeight = LineLegend.HeightOf(legend.Length);
        var middle = area.Left + MathF.Floor(area.Width / 2);
        LineLegend.Draw(canvas, new PixelRect(area.Left + 84, middle - 28, area.Top + LegendBand + legendHeight, area.Top + LegendBand), legend);
        string note = Note();
        float top = area.Top + LegendBand + legendHeight, bottom = area.Bottom - (note.Length > 0 ? NoteBand : 0);
        if (note.Length > 0)
        {
            PictureText.Fit(canvas, note, new PixelRect(area.Left, area.Right, area.Bottom - 4, bottom), PictureStyle.TickSize);
        }

        int rows = (panels.Length + 1) / 2;
        float height = MathF.Floor((bottom - top) / rows);
        for (int i = 0; i < panels.Length; i++)
        {
            // An odd panel at the end has the row for itself.
            bool isAlone = i % 2 == 0 && i == panels.Length - 1;
            float left = i % 2 == 0 ? area.Left : middle, right = i % 2 == 1 || isAlone ? area.Right : middle;
            float begin = top + (i / 2 * height);
            DrawPanel(canvas, new PixelRect(left, right, begin + height, begin), panels[i]);
        }
    }

    private void DrawPanel(SKCanvas canvas, PixelRect area, Panelled panel)
    {
        using Plot plot = PictureStyle.NewPlot("Epoch", panel.Quantity.Name);
        foreach (EpochLine line in panel.Lines)
        {
            line.AddBand(plot);
        }

        foreach (EpochLine line in panel.Lines)
        {
            line.AddTo(plot);
        }

        if (panel.Lines.Length > 0)
        {
            (double low, double high) = Panel.Around(panel.Lines.SelectMany(line => line.Places));
            if (panel.Quantity.IsLogarithmic)
            {
                // At least a decade, so that a level rate has numbers beside it; at most four, or the end of a cosine leaves no room for its course.
                double spare = Math.Max(0, (1 - (high - low)) / 2);
                (low, high) = (Math.Max(low - spare, high - MostDecades), high + spare);
                plot.Axes.Left.TickGenerator = DecadeTicks.Between(low, high);
            }
            else
            {
                plot.Axes.Left.TickGenerator = ValueTicks.Between(low, high);
            }

            plot.Axes.SetLimitsY(low, high);
        }

        plot.Axes.SetLimitsX(groups.Min(group => group.Runs.Min(run => run[0].Epoch)) - 0.5, groups.Max(group => group.Runs.Max(run => run[^1].Epoch)) + 0.5);
        plot.Axes.Bottom.TickGenerator = PictureStyle.WholeTicks();
        Panel.Draw(canvas, area, plot, [], notice: panel.Lines.Length > 0 ? "" : panel.Quantity.IsLogarithmic ? "no rate above 0" : "no finite value");
    }

    private HistoryPicture With(string name, IEnumerable<TrainingHistory> histories, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(histories, parameter);
        TrainingHistory[] runs = [.. histories];
        if (runs.Length == 0)
        {
            throw new ArgumentException("There is no history to draw. Give one training at least.", parameter);
        }

        int empty = Array.FindIndex(runs, run => (run ?? throw new ArgumentNullException(parameter)).Count == 0);
        if (empty >= 0)
        {
            string which = runs.Length == 1 ? "The history" : $"History {empty} of {runs.Length} (from 0)";
            throw new ArgumentException($"{which} has no epoch to draw. Train for one at least.", parameter);
        }

        return new HistoryPicture([.. groups, new Group(name, runs)], Frame);
    }

    private IEnumerable<EpochLine> LinesOf(Quantity quantity)
    {
        bool isCompared = groups.Length > 1;
        bool hasValidation = groups.Any(group => group.Runs.Any(run => run.Any(record => record.ValidationLoss is not null)));
        for (int i = 0; i < groups.Length; i++)
        {
            Color color = PictureStyle.LineColors[i % PictureStyle.LineColors.Count];
            string prefix = groups[i].Name.Length > 0 ? $"{groups[i].Name}, " : "";
            EpochLine[] lines =
            [
                EpochLine.Of(groups[i].Runs, quantity.Training, quantity.IsLogarithmic, $"{prefix}training", color, isDashed: isCompared && hasValidation),
                EpochLine.Of(
                    groups[i].Runs, quantity.Validation, quantity.IsLogarithmic, $"{prefix}validation", isCompared ? color : PictureStyle.LineColors[1], isDashed: false),
            ];
            foreach (EpochLine line in lines.Where(line => line.Places.Any()))
            {
                yield return line;
            }
        }
    }

    // How many runs a line stands for, where it is more than one.
    private string Note()
    {
        int[] counts = [.. groups.Select(group => group.Runs.Length)];
        if (counts.Max() == 1)
        {
            return "";
        }

        string runs = counts.Distinct().Count() == 1
            ? $"{counts[0]} runs{(counts.Length > 1 ? " each" : "")}"
            : string.Join(", ", groups.Select(group => $"{group.Runs.Length} of {(group.Name.Length > 0 ? group.Name : "the first")}"));
        return $"lines: median; bands: the central 68 % of {runs}";
    }

    private sealed record Group(string Name, TrainingHistory[] Runs);

    private sealed record Quantity(
        string Name, Func<EpochRecord, double?> Training, Func<EpochRecord, double?> Validation, bool IsLogarithmic = false);

    private sealed record Panelled(Quantity Quantity, EpochLine[] Lines);
}
