using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The course of trainings by epoch, a panel a quantity: loss, accuracy, area under the ROC curve where there is one, and learning rate
/// (logarithmic, four decades at most). A loss beyond ten times what trainings begin with leaves the axis at a triangle. 1200 × 960 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.History"/> and <see cref="Picture.Histories"/>. Alone, training is blue and validation vermilion; compared, each name has a colour,
/// validation is solid and training dashed. Of several runs of one name a line is the median and a band the central 68 %, over the runs that
/// have the epoch (<see cref="EpochSpread"/>). What an epoch lacks, and what is NaN or infinite, leaves a gap. Immutable; verbs give copies.
/// </remarks>
public sealed class HistoryPicture : StyledPicture<HistoryPicture>
{
    private const float LegendBand = 8;
    private const double MostDecades = 4;

    // Of more, the note would have no room beside the pictures.
    private const int MostCounted = 12;

    // A loss that grows by more, from where trainings begin or from where guessing lies, has diverged.
    private const double MostGrowth = 10;
    private const double LossOfGuessing = 0.69;

    private static readonly Quantity[] Quantities =
    [
        new("Loss (cross-entropy)", record => record.Loss, record => record.ValidationLoss, MayDiverge: true),
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
        float left = area.Left + 84, right = area.Right - 28;
        float top = area.Top + LegendBand + LineLegend.HeightOf(legend, right - left);
        LineLegend.Draw(canvas, new PixelRect(left, right, top, area.Top + LegendBand), legend);
        string[] notes = [Bands(), .. panels.Select(panel => panel.Beyond)];
        area = PictureNotice.DrawBelow(canvas, string.Join("; ", notes.Where(note => note.Length > 0)), area);
        int rows = (panels.Length + 1) / 2;
        float height = MathF.Floor((area.Bottom - top) / rows), middle = area.Left + MathF.Floor(area.Width / 2);
        for (int i = 0; i < panels.Length; i++)
        {
            // An odd panel at the end has the row for itself.
            bool isAlone = i % 2 == 0 && i == panels.Length - 1;
            float begin = top + (i / 2 * height);
            DrawPanel(
                canvas, new PixelRect(i % 2 == 0 ? area.Left : middle, i % 2 == 1 || isAlone ? area.Right : middle, begin + height, begin), panels[i]);
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
            (double low, double high) = panel.Range;
            plot.Axes.Left.TickGenerator = panel.Quantity.IsLogarithmic ? DecadeTicks.Between(low, high) : ValueTicks.Between(low, high);
            foreach (EpochLine line in panel.Lines)
            {
                line.AddLeavings(plot, low, high);
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
            Color color = LineLook.ColorOf(i);
            LinePattern pattern = LineLook.PatternOf(i);
            var training = new LineLegend.Entry(groups[i].Name, color, pattern, MarkerShape.FilledCircle) { Suffix = SuffixOf("training") };
            if (isCompared && hasValidation)
            {
                training = training with { Pattern = LineLook.FaintPatternOf(i), Marker = MarkerShape.OpenCircle };
            }

            var validation = new LineLegend.Entry(groups[i].Name, isCompared ? color : LineLook.ColorOf(1), pattern, MarkerShape.FilledCircle) { Suffix = SuffixOf("validation") };
            EpochLine[] lines =
            [
                EpochLine.Of(groups[i].Runs, quantity.Training, quantity.IsLogarithmic, training),
                EpochLine.Of(groups[i].Runs, quantity.Validation, quantity.IsLogarithmic, validation),
            ];
            foreach (EpochLine line in lines.Where(line => line.Places.Any()))
            {
                yield return line;
            }

            string SuffixOf(string part) => groups[i].Name.Length > 0 ? $", {part}" : part;
        }
    }

    // How many runs a line stands for, where it is more than one.
    private string Bands()
    {
        int[] counts = [.. groups.Select(group => group.Runs.Length)];
        if (counts.Max() == 1)
        {
            return "";
        }

        string runs = counts.Distinct().Count() == 1
            ? $"{counts[0]} runs{(counts.Length > 1 ? " each" : "")}"
            : counts.Length > MostCounted ? $"{counts.Min()} to {counts.Max()} runs"
            : string.Join(", ", groups.Select(group => $"{group.Runs.Length} of {(group.Name.Length > 0 ? group.Name : "the first")}"));
        return $"lines: median; bands: the central 68 % of {runs}";
    }

    private sealed record Group(string Name, TrainingHistory[] Runs);

    private sealed record Quantity(
        string Name, Func<EpochRecord, double?> Training, Func<EpochRecord, double?> Validation, bool IsLogarithmic = false, bool MayDiverge = false);

    private sealed record Panelled(Quantity Quantity, EpochLine[] Lines)
    {
        /// <summary>The ends of the axis.</summary>
        public (double Low, double High) Range
        {
            get
            {
                (double low, double high) = Panel.Around(Lines.SelectMany(line => line.Places).Where(place => !(place > Ceiling)));
                if (!Quantity.IsLogarithmic)
                {
                    return (low, high);
                }

                // At least a decade, so that a level rate has numbers beside it; at most four, or the end of a cosine leaves no room for its course.
                double spare = Math.Max(0, (1 - (high - low)) / 2);
                return (Math.Max(low - spare, high - MostDecades), high + spare);
            }
        }

        /// <summary>What the axis does not reach, in words; a rate that falls to next to nothing needs none.</summary>
        public string Beyond => Ceiling is not null
            ? $"not in sight: losses up to {ShortNumber.Of(Lines.SelectMany(line => line.Places).Max(), digits: 2)}"
            : "";

        // Null where everything is in sight. A training that diverges would flatten the course of all others; a loss that falls from its start is what people want to see.
        private double? Ceiling
        {
            get
            {
                if (!Quantity.MayDiverge || Lines.Length == 0)
                {
                    return null;
                }

                double[] starts = [.. Lines.Select(line => line.Start!.Value).Order()];
                double ceiling = MostGrowth * Math.Max(starts[starts.Length / 2], LossOfGuessing);
                return Lines.SelectMany(line => line.Places).Max() > ceiling ? ceiling : null;
            }
        }
    }
}
