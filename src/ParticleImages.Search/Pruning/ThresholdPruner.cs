namespace ParticleImages.Search;

/// <summary>Compares what a trial reports with a limit.</summary>
internal sealed class ThresholdPruner(double limit, JudgedSteps steps) : IPruner
{
    public string Identity => FormattableString.Invariant($"worse than {limit} {steps}");

    public string? Judge(int trial, int atStep, TrialHistory history)
    {
        if (!steps.Has(atStep))
        {
            return null;
        }

        // What is no number has an infinite score.
        Objective objective = history.Objectives[0];
        double score = history.ReportsOf(trial)[atStep];
        return score > objective.Score(limit) || double.IsPositiveInfinity(score)
            ? FormattableString.Invariant($"{objective.Metric} was {(double.IsFinite(score) ? objective.Value(score).ToString("G6", System.Globalization.CultureInfo.InvariantCulture) : "no finite number")} at step {atStep}; the limit is {limit:G6}.")
            : null;
    }
}
