using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Figures;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Sections;

/// <summary>The parts of a report in the order in which they stand: what came out first, how and from what after it.</summary>
internal static class ReportSections
{
    public static IReadOnlyList<ReportSection> All { get; } =
    [
        new("problems", "What is missing", content => content.Problems.Count > 0, WriteProblems),
        new("result", "Result", content => content.Training is { Judgement: not null } or { History.Count: > 0 }, JudgementSection.Write),
        new("best", "Best trials", content => content.Scan is { Result.Configurations.Count: > 0 }, BestSection.Write),
        new("search", "The search", content => content.Scan is not null && FigureList.Any(ScanFigures.All, content), (html, content) => FigureList.Write(html, ScanFigures.All, content, areIndependent: true)),
        new("training", "Training", content => TrainingFigures.HistoryOf(content) is { Count: > 0 }, CourseSection.Write),
        new("failures", "Failures", content => content.Scan is { } scan && FailureSection.Of(scan).Any(), FailureSection.Write),
        new("trials", "Trials", content => content.Scan is { Result.Trials.Count: > 0 }, TrialSection.Write),
        new("events", "Events", content => content.Events is not null, EventSection.Write),
        new("network", "Network", content => content.Model is not null, NetworkSection.Write),
        new("configuration", "Configuration", content => content.Scan is not null || content.Summary.Count > 0 || content.Model is not null, ConfigurationSection.Write),
        new("provenance", "Where it comes from", content => content.Files.Count > 0 || content.Scan is not null || content.Model is not null, ProvenanceSection.Write),
    ];

    private static void WriteProblems(HtmlText html, ReportContent content)
    {
        html.Open("ul");
        foreach (string problem in content.Problems)
        {
            html.Element("li", problem, ("dir", "auto"));
        }

        html.Close();
    }
}
