namespace ParticleImages.Search;

/// <summary>Lets the best of each rung go on.</summary>
internal sealed class HalvingPruner(int first, int reduction) : IPruner
{
    public string Identity => FormattableString.Invariant($"successive halving from step {first} on by {reduction}");

    public string? Judge(int trial, int atStep, TrialHistory history) => Judge(trial, atStep, history, _ => true);

    /// <summary>Judges a trial among some others.</summary>
    internal string? Judge(int trial, int atStep, TrialHistory history, Predicate<int> competes)
    {
        // A trial that reports seldom may come to several rungs at once; the highest is what counts.
        if (RungAt(atStep, first, reduction) is not { } rung || Standing(history.ReportsOf(trial), rung) is not { } own || own.Step != atStep)
        {
            return null;
        }

        int there = 1;
        int better = 0;
        for (int other = 0; other < history.Trials.Count; other++)
        {
            if (other != trial && competes(other) && Standing(history.ReportsOf(other), rung) is { } standing)
            {
                there++;
                better += standing.Score < own.Score ? 1 : 0;
            }
        }

        int goOn = Math.Max(1, there / reduction);
        return better >= goOn
            ? FormattableString.Invariant($"{history.Objectives[0].Metric} was {history.Objectives[0].Value(own.Score):G6} at the rung of step {rung}; {better} of {there - 1} other trials were better there, and the best {goOn} go on.")
            : null;
    }

    /// <summary>The highest rung at or below a step; null below the lowest.</summary>
    private static long? RungAt(int step, int first, int reduction)
    {
        long rung = first;
        while (rung * reduction <= step)
        {
            rung *= reduction;
        }

        return rung <= step ? rung : null;
    }

    private static (int Step, double Score)? Standing(IReadOnlyDictionary<int, double> reports, long rung)
    {
        // The reports are ordered by their steps.
        foreach ((int step, double score) in reports)
        {
            if (step >= rung)
            {
                return (step, score);
            }
        }

        return null;
    }
}
