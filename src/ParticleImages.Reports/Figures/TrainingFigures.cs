using ParticleImages.Evaluation;
using ParticleImages.Plotting;
using ParticleImages.Reports.Contents;

namespace ParticleImages.Reports.Figures;

/// <summary>The pictures of a training, in the order in which they stand in a report.</summary>
internal static class TrainingFigures
{
    /// <summary>How well it does on events.</summary>
    public static IReadOnlyList<Figure> Judgement { get; } =
    [
        new(
            "roc",
            "ROC curve",
            HasJudgement,
            content => FormattableString.Invariant($"Signal against background efficiency over {content.Training!.Judgement!.Count} events: {content.Training.Judgement.Roc}. The dashed diagonal is guessing."),
            content => Picture.Roc(content.Training!.Judgement!.Roc)),
        new(
            "rejection",
            "Background rejection",
            HasJudgement,
            content => $"How many photons there are for each that passes, logarithmic, against the share of the electrons that pass: {content.Training!.Judgement!.Roc.BackgroundRejectionAt(0.5)} where half of them do.",
            content => Picture.Rejection(content.Training!.Judgement!.Roc)),
        new(
            "scores",
            "Scores",
            HasJudgement,
            _ => "How many photons and electrons have which score, the probability of an electron, with statistical errors.",
            content => Picture.Scores(content.Training!.Judgement!)),
        new(
            "calibration",
            "Calibration",
            HasJudgement,
            _ => "Which share of the events of a score are electrons, with statistical errors: on the dashed diagonal scores are probabilities. Below the number of events.",
            content => Picture.Calibration(content.Training!.Judgement!)),
        new(
            "confusion",
            "Confusion matrix",
            HasJudgement,
            content => FormattableString.Invariant($"What events are called at a score of 0.5 against what they are: {Right(content.Training!.Judgement!.Confusion)}."),
            content => Picture.Confusion(content.Training!.Judgement!)),
    ];

    /// <summary>How it went.</summary>
    public static IReadOnlyList<Figure> Course { get; } =
    [
        new(
            "history",
            "Loss, accuracy, AUC and learning rate by epoch",
            content => HistoryOf(content) is { Count: > 0 } history ? [history] : null,
            content => DescribeCourse(HistoryOf(content)!),
            content => Picture.History(HistoryOf(content)!)),
    ];

    /// <summary>The history that a report shows: that of the training, or of the scan's best trial.</summary>
    public static TrainingHistory? HistoryOf(ReportContent content) => content.Training?.History ?? content.Scan?.BestModel?.History;

    private static object[]? HasJudgement(ReportContent content) => content.Training?.Judgement is { } judgement ? [judgement] : null;

    private static string Right(ConfusionMatrix matrix) => FormattableString.Invariant(
        $"{matrix.TrueNegatives} of {matrix.TrueNegatives + matrix.FalsePositives} photons and {matrix.TruePositives} of {matrix.TruePositives + matrix.FalseNegatives} electrons are called what they are");

    private static string DescribeCourse(TrainingHistory history)
    {
        EpochRecord first = history[0], last = history[^1];
        string validation = last.ValidationLoss is { } loss
            ? FormattableString.Invariant($"; the validation loss from {first.ValidationLoss:F4} to {loss:F4}")
            : "";
        return FormattableString.Invariant($"Over {history.Count} {(history.Count == 1 ? "epoch" : "epochs")} the training loss goes from {first.Loss:F4} to {last.Loss:F4}{validation}. Training is blue, validation vermilion.");
    }
}
