namespace ParticleImages.Search;

/// <summary>Compares a trial's best value so far with what others had at the same step.</summary>
internal sealed class PercentilePruner(double percent, int minimumTrials, JudgedSteps steps) : IPruner
{
    public string Identity => FormattableString.Invariant($"best {percent} percent of {minimumTrials} or more {steps}");

    public string? Judge(int trial, int atStep, TrialHistory history)
    {
        if (!steps.Has(atStep))
        {
            return null;
        }

        var others = new List<double>();
        for (int other = 0; other < history.Trials.Count; other++)
        {
            if (other != trial && history.ReportsOf(other).TryGetValue(atStep, out double score))
            {
                others.Add(score);
            }
        }

        if (others.Count < minimumTrials)
        {
            return null;
        }

        others.Sort();
        double limit = Quantile(others, percent / 100);
        double best = history.ReportsOf(trial).Where(report => report.Key <= atStep).Min(report => report.Value);
        return best > limit
            ? FormattableString.Invariant($"{history.Objectives[0].Metric} was at best {history.Objectives[0].Value(best):G6} up to step {atStep}; of {others.Count} other trials the best {percent} percent had {history.Objectives[0].Value(limit):G6} or better there.")
            : null;
    }

    // Between neighbours in proportion.
    private static double Quantile(List<double> sorted, double share)
    {
        double place = share * (sorted.Count - 1);
        int below = (int)place;
        double rest = place - below;

        // Without the neighbour where it does not count, which may be infinite.
        return rest == 0 ? sorted[below] : sorted[below] + (rest * (sorted[below + 1] - sorted[below]));
    }
}
