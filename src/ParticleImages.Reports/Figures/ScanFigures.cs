using ParticleImages.Plotting;
using ParticleImages.Reports.Contents;
using ParticleImages.Search;

namespace ParticleImages.Reports.Figures;

/// <summary>The pictures of a scan, in the order in which they stand in a report.</summary>
internal static class ScanFigures
{
    // Correlations and front want several.
    private const int Several = 2;

    // No picture leaves out lines of fewer trials.
    private const int AllHaveLines = 100;

    public static IReadOnlyList<Figure> All { get; } =
    [
        new(
            "trials-course",
            "Course of the scan",
            content => If(content, content.Scan is { Result.Trials.Count: > 0 }),
            content => $"{Metric(content)} of the trials in the order of their numbers, pruned ones at their last report, and the best so far as a line; what failed has marks of its own. {Counts(content)}",
            content => Picture.Trials(content.Scan!.Result)),
        new(
            "curves",
            "Learning curves",
            content => If(content, content.Scan is { } scan && scan.Result.Trials.Any(trial => trial.LastStep is not null)),
            content => $"What trials reported by epoch, {Metric(content)} where they report it, a line each{Chosen(content)}; the best is vermilion, and where trials were ended early is marked.",
            content => Picture.LearningCurves(content.Scan!.Result)),
        new(
            "front-of-objectives",
            "Pareto front",
            content => If(content, content.Scan is { Result.Objectives.Count: >= Several } && HasFinished(content, 1)),
            content => $"{content.Scan!.Result.Objectives[1].Metric} against {Metric(content)} of the configurations that finished; the connected ones are those of which none is better in one without being worse in the other.",
            content => Picture.ParetoFront(content.Scan!.Result)),
        new(
            "importances",
            "Importance of the parameters",
            content => If(content, content.Scan?.Importances.Shares is not null),
            content => $"The share of the spread of {Metric(content)} that each parameter explains, the most important first: "
                + string.Join(", ", content.Scan!.Importances.Shares!.Parameters.Take(3).Select(parameter => FormattableString.Invariant($"{parameter.Parameter} {parameter.Total:P0}")))
                + FormattableString.Invariant($". The forest behind it foretells {Math.Max(0, content.Scan.Importances.Shares.Explained):P0} of the spread; where that is little, the shares say little."),
            content => content.Scan!.Importances),
        new(
            "contour",
            "The two parameters that matter most",
            content => If(content, content.Scan?.Importances.Shares?.Parameters.Count >= Several),
            content => $"Finished trials as dots over {MostImportant(content, 0)} and {MostImportant(content, 1)}, coloured by {Metric(content)}; behind them, where they are enough for one, a map of its mean.",
            content => Picture.Contour(content.Scan!.Result, MostImportant(content, 0), MostImportant(content, 1))),
        new(
            "slices",
            "Each parameter by itself",
            content => If(content, HasFinished(content, Several)),
            content => $"{Metric(content)} against the value of each parameter, a panel each: finished trials, and pruned ones at their last report.",
            content => Picture.Slices(content.Scan!.Result)),
        new(
            "parallel",
            "All parameters at once",
            content => If(content, HasFinished(content, Several)),
            content => $"Configurations as lines across the axes of all parameters, those that finished coloured by {Metric(content)}, those that were pruned or failed grey{Chosen(content)}.",
            content => Picture.ParallelCoordinates(content.Scan!.Result)),
        new(
            "correlations",
            "Correlations",
            content => If(content, HasFinished(content, Several)),
            _ => "How each parameter, in rows, goes together with each metric, in columns, over the finished trials: the correlation of their ranks from −1 to 1, a cell a pair with its number.",
            content => Picture.Correlations(content.Scan!.Result)),
    ];

    private static object[]? If(ReportContent content, bool applies) => applies ? [content.Scan!] : null;

    private static string Metric(ReportContent content) => content.Scan!.Result.Objectives[0].Metric;

    // What a picture does where lines would hide each other.
    private static string Chosen(ReportContent content) => content.Scan!.Result.Trials.Count > AllHaveLines ? " (of very many the best and an even choice of the others)" : "";

    private static string MostImportant(ReportContent content, int place) => content.Scan!.Importances.Shares!.Parameters[place].Parameter;

    private static bool HasFinished(ReportContent content, int fewest) => content.Scan is { } scan && scan.CountOf(TrialState.Finished) >= fewest;

    private static string Counts(ReportContent content) => FormattableString.Invariant(
        $"{content.Scan!.CountOf(TrialState.Finished)} of {content.Scan.Result.Trials.Count} trials finished.");
}
