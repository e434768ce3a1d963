using ParticleImages.Evaluation;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>How well a training does, by the scores of events, or else by its last epochs.</summary>
internal static class JudgementSection
{
    public static void Write(HtmlText html, ReportContent content)
    {
        if (content.Training!.Judgement is { } result)
        {
            KeyNumbers.Write(html, OfJudgement(result));
            html.Element(
                "p",
                content.Training.IsUnseen
                    ? "On events that neither trained the network nor chose its epoch; the errors are statistical."
                    : "Where these events come from is not known: if the network was trained on them, or its epoch chosen by them, it does worse on others. The errors are statistical alone.",
                ("class", "faint"));
            FigureList.Write(html, TrainingFigures.Judgement, content, areIndependent: true);
            return;
        }

        KeyNumbers.Write(html, OfHistory(content.Training.History));
        html.Element(
            "p",
            "There are no scores of events that the network never saw, so these numbers are those of its training. Train with --test, or save an EvaluationResult as scores.csv beside the model.",
            ("class", "faint"));
    }

    private static IEnumerable<(string Name, string Value)> OfJudgement(EvaluationResult result)
    {
        yield return ("Area under the ROC curve", new Estimate(result.Roc.Area, result.Roc.StandardError).ToString(leastDecimals: 4));
        yield return ("Accuracy", new Estimate(result.Accuracy, result.Confusion.AccuracyStandardError).ToString(leastDecimals: 4));
        yield return ("Background rejection at 50 % signal efficiency", result.Roc.BackgroundRejectionAt(0.5).ToString());
        yield return ("Loss (cross-entropy)", FormattableString.Invariant($"{result.Loss:F4}"));
        yield return ("Events", FormattableString.Invariant($"{result.Count}: {result.Roc.BackgroundCount} photons, {result.Roc.SignalCount} electrons"));
    }

    private static IEnumerable<(string Name, string Value)> OfHistory(TrainingHistory history)
    {
        EpochRecord last = history[^1];
        yield return ("Epochs", FormattableString.Invariant($"{history.Count}"));
        yield return ("Loss, training", TableCell.Number(last.Loss));
        if (last.ValidationLoss is { } loss)
        {
            yield return ("Loss, validation", TableCell.Number(loss));
        }

        if (history.Any(epoch => epoch.ValidationLoss is { } value && double.IsFinite(value)))
        {
            EpochRecord best = history.Best(TrainingMetric.ValidationLoss);
            yield return ("Lowest validation loss", FormattableString.Invariant($"{TableCell.Number(best.ValidationLoss!.Value)} in epoch {best.Epoch}"));
        }

        if (last.ValidationArea is { } area)
        {
            yield return ("AUC, validation", TableCell.Number(area));
        }
    }
}
