using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;
using ParticleImages.Search;

namespace ParticleImages.Reports.Sections;

/// <summary>Trials that came to nothing, and why.</summary>
internal static class FailureSection
{
    private const int MostShown = 200;

    public static IEnumerable<TrialRecord> Of(ScanContent scan) =>
        scan.Result.Trials.Where(trial => trial.State is TrialState.Failed or TrialState.Infeasible || trial.Failures > 0);

    public static void Write(HtmlText html, ReportContent content)
    {
        ScanResult scan = content.Scan!.Result;
        TrialRecord[] failed = [.. Of(content.Scan)];
        new ReportTable(
            "failed-trials",
            failed.Length > MostShown
                ? FormattableString.Invariant($"The first {MostShown} of {failed.Length} trials that failed or were refused")
                : "Trials that failed, were refused, or needed more than one attempt",
            [new("trial", IsNumber: true), new("state"), new("failed attempts", IsNumber: true), new("reason"), new("configuration")],
            [
                .. failed.Take(MostShown).Select(trial => (IReadOnlyList<TableCell>)
                [
                    TableCell.Of(trial.Number),
                    TableCell.Of(TrialSection.StateOf(scan, trial.State)),
                    TableCell.Of(trial.Failures),
                    TableCell.Of(trial.Message ?? "it went well in the end"),
                    TableCell.Of(trial.Configuration.ToString()),
                ]),
            ]).Write(html);
    }
}
