using ParticleImages.Search;

namespace ScanProgram;

/// <summary>All that a scan came to but when, by whom and at which attempt.</summary>
internal static class Table
{
    public static string Of(ScanResult result, ITrialStore store) => string.Join('\n', result.Trials.Select(trial => Row(trial, store)).Append($"{result.Ended}"));

    private static string Row(TrialRecord trial, ITrialStore store) => string.Join(
        " | ",
        trial.Number,
        trial.Proposal,
        trial.Repeat,
        trial.Configuration.ToJson(),
        trial.Seed,
        trial.Mark,
        trial.State,
        trial.Failures,
        trial.LastStep,
        Text(trial.Metrics),
        string.Join(", ", trial.Values.Select(Bits)),
        trial.Message,
        string.Join("; ", store.ReportsOf(trial.Number).Select(report => $"{report.Step} {Text(report.Metrics)}")));

    private static string Text(TrialMetrics metrics) => string.Join(", ", metrics.Select(metric => $"{metric.Key} {Bits(metric.Value)}"));

    private static string Bits(MetricValue value) => $"{value.Value:R} ± {value.StandardError:R}";
}
