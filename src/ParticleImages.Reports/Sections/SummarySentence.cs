using ParticleImages.Evaluation;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;
using ParticleImages.Search;

namespace ParticleImages.Reports.Sections;

/// <summary>A report in a sentence or two, below its heading.</summary>
internal static class SummarySentence
{
    public static string Of(ReportContent content)
    {
        string[] sentences = [.. new[] { OfTraining(content.Training), OfScan(content.Scan), content.IsSynthetic ? "The events are synthetic (toy showers)." : null }.OfType<string>()];
        return sentences.Length > 0 ? string.Join(" ", sentences) : "There is nothing to show yet.";
    }

    private static string? OfTraining(TrainingContent? training) => training switch
    {
        null => null,
        { Judgement: { } judgement } => FormattableString.Invariant($"Trained for {Epochs(training)}; on {judgement}."),
        { History.Count: > 0 } => $"Trained for {Epochs(training)}, at the end {Values(training.History[^1])}.",
        _ => "A model of whose training nothing is known.",
    };

    // The epoch's number stands before them.
    private static string Values(EpochRecord epoch) => epoch.ToString() is var text && text.IndexOf(": ", StringComparison.Ordinal) is var end ? text[(end + 2)..] : text;

    private static string? OfScan(ScanContent? scan)
    {
        if (scan is null)
        {
            return null;
        }

        string states = string.Join(
            ", ",
            Enum.GetValues<TrialState>().Where(state => scan.CountOf(state) > 0).Select(state => FormattableString.Invariant($"{scan.CountOf(state)} {TrialSection.StateOf(scan.Result, state)}")));
        string count = FormattableString.Invariant($"{scan.Result.Trials.Count} {(scan.Result.Trials.Count == 1 ? "trial" : "trials")}{(states.Length > 0 ? $" ({states})" : "")}");
        string best = scan.Result.Best is { } trial
            ? FormattableString.Invariant($"; the best is trial {trial.Number} with {scan.Result.Objectives[0].Metric} {TableCell.Of(trial.Values[0].Value, trial.Values[0].StandardError).Text}")
            : "; none has finished yet";
        return $"{(scan.Result.IsRunning ? "The scan is running: " : "")}{count}{best}.";
    }

    private static string Epochs(TrainingContent training) => FormattableString.Invariant($"{training.History.Count} {(training.History.Count == 1 ? "epoch" : "epochs")}");
}
