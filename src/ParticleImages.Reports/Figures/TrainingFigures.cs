using ParticleImages.Evaluation;
using ParticleImages.Plotting;
using ParticleImages.Reports.Contents;

namespace ParticleImages.Reports.Figures;

/// <summary>The pictures of a training, in the order in which they stand in a report.</summary>
internal static class TrainingFigures
{
    /// <summary>How well it does on events that it never saw.</summary>
    public static IReadOnlyList<Figure> Judgement { get; } =
    [
        new(
            "roc",
            "ROC curve",
            HasJudgement,
            content => FormattableString.Invariant($"Signal against background efficiency over {content.Training!.Judgement!.Count} events: {content.Training.Judgement.Roc}. The dashed diagonal is guessing."),
            content => Picture.Roc(content.Training!.Judgement!.Roc)),
    ];

    /// <summary>How it went.</summary>
    public static IReadOnlyList<Figure> Course { get; } =
    [
        new(
            "history",
            "Loss, accuracy and AUC by epoch",
            content => HistoryOf(content) is { Count: > 0 },
            content => DescribeCourse(HistoryOf(content)!),
            content => Picture.History(HistoryOf(content)!)),
    ];

    /// <summary>The history that a report shows: that of the training, or of the scan's best trial.</summary>
    public static TrainingHistory? HistoryOf(ReportContent content) => content.Training?.History ?? content.Scan?.BestModel?.History;

    private static bool HasJudgement(ReportContent content) => content.Training?.Judgement is not null;

    private static string DescribeCourse(TrainingHistory history)
    {
        EpochRecord first = history[0], last = history[^1];
        string validation = last.ValidationLoss is { } loss
            ? FormattableString.Invariant($"; the validation loss from {first.ValidationLoss:F4} to {loss:F4}")
            : "";
        return FormattableString.Invariant($"Over {history.Count} {(history.Count == 1 ? "epoch" : "epochs")} the training loss goes from {first.Loss:F4} to {last.Loss:F4}{validation}. Training is blue, validation vermilion.");
    }
}
