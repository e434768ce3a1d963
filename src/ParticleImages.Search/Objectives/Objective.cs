using System.Text.RegularExpressions;

namespace ParticleImages.Search;

/// <summary>A metric that a scan makes small or large.</summary>
/// <param name="Metric">The metric's name, as trials report or return it.</param>
/// <param name="Direction">Which values are better.</param>
/// <param name="Epoch">Which report of a trial counts.</param>
public sealed partial record Objective(string Metric, ObjectiveDirection Direction, JudgedEpoch Epoch)
{
    /// <summary>Whether one value is better than another.</summary>
    /// <param name="value">The one. NaN is never better.</param>
    /// <param name="other">The other. Everything but NaN is better than NaN.</param>
    /// <returns>Whether it is.</returns>
    public bool IsBetter(double value, double other) => Score(value) < Score(other);

    /// <summary>The value as strategies see it: less is better, and NaN is infinite.</summary>
    /// <param name="value">A value of the metric.</param>
    /// <returns>The score.</returns>
    public double Score(double value) => double.IsNaN(value) ? double.PositiveInfinity : Direction == ObjectiveDirection.Minimize ? value : -value;

    /// <summary>The value of a score.</summary>
    internal double Value(double score) => Direction == ObjectiveDirection.Minimize ? score : -score;

    /// <summary>The metric and what is wanted of it.</summary>
    public override string ToString() => $"{(Direction == ObjectiveDirection.Minimize ? "least" : "greatest")} {Metric}{(Epoch == JudgedEpoch.Best ? " of all epochs" : "")}";

    /// <summary>Objectives from the line in which a scan's header has them.</summary>
    internal static IEnumerable<Objective> Parse(string line) => InLine().Matches(line).Select(found => new Objective(
        found.Groups["metric"].Value,
        found.Groups["best"].Value == "least" ? ObjectiveDirection.Minimize : ObjectiveDirection.Maximize,
        found.Groups["all"].Success ? JudgedEpoch.Best : JudgedEpoch.Last));

    // A metric may have nearly any name, also one with a semicolon in it.
    [GeneratedRegex(@"(?<=^|; )(?<best>least|greatest) (?<metric>.+?)(?<all> of all epochs)?(?=$|; (least|greatest) )", RegexOptions.Singleline)]
    private static partial Regex InLine();

    /// <summary>The value by which a trial is judged; null where it has none.</summary>
    internal MetricValue? ValueOf(TrialMetrics returned, IEnumerable<TrialReport> reports)
    {
        MetricValue? judged = null;
        foreach (TrialMetrics metrics in reports.Select(report => report.Metrics).Append(returned))
        {
            if (metrics.TryGet(Metric, out MetricValue value) && (judged is null || Epoch == JudgedEpoch.Last || IsBetter(value.Value, judged.Value.Value)))
            {
                judged = value;
            }
        }

        return judged;
    }
}
