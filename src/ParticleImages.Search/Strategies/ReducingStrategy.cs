namespace ParticleImages.Search;

/// <summary>At random without replacement in what is left of the space: again and again the worst value of the strongest parameter is dropped.</summary>
internal sealed class ReducingStrategy(bool byRanks, int interval, int window, double threshold) : ISearchStrategy
{
    private static readonly RandomStrategy Rest = new();

    public string Identity => FormattableString.Invariant(
        $"random, reduced by {(byRanks ? "rank correlation" : "correlation")} every {interval} by the last {window} where it is {threshold} or more");

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed) => Rest.Propose(Reduced(space, history), history, seed);

    /// <summary>What is left of the space. It follows from the history alone: from what had been proposed at each time that a value was dropped.</summary>
    internal ReducedSpace Reduced(ISearchSpace space, TrialHistory history)
    {
        var left = new ReducedSpace(space);
        ScoredConfiguration[] scored = history.Proposals < interval ? [] : [.. history.Scored().Where(seen => double.IsFinite(seen.Scores[0]))];
        int end = 0;
        for (int at = interval; at <= history.Proposals; at += interval)
        {
            while (end < scored.Length && scored[end].Proposal < at)
            {
                end++;
            }

            Reduce(left, scored[Math.Max(0, end - window)..end]);
        }

        return left;
    }

    private void Reduce(ReducedSpace left, ScoredConfiguration[] seen)
    {
        IParameter? strongest = null;
        double strength = 0;
        foreach (IParameter parameter in left.Parameters.Where(parameter => left.ValuesLeft(parameter) > 1))
        {
            double own = Strength(left, parameter, seen);
            if (own > strength)
            {
                (strongest, strength) = (parameter, own);
            }
        }

        if (strongest is not null && strength >= threshold)
        {
            ParameterValue worst = With(left, strongest, seen).GroupBy(pair => pair.Value).MaxBy(group => group.Average(pair => pair.Score))!.Key;
            left.Drop(strongest, worst);
        }
    }

    private double Strength(ReducedSpace left, IParameter parameter, ScoredConfiguration[] seen)
    {
        (ParameterValue Value, double Score)[] with = [.. With(left, parameter, seen)];
        double[] scores = [.. with.Select(pair => pair.Score)];
        return parameter.IsOrdered
            ? Correlation([.. with.Select(pair => parameter.PositionOf(pair.Value))], scores)

            // Without an order each value is a column of its own: there or not.
            : with.Select(pair => pair.Value).Distinct().Select(value => Correlation([.. with.Select(pair => pair.Value == value ? 1.0 : 0)], scores)).DefaultIfEmpty(0).Max();
    }

    // Without values that are gone, which a window over more trials than an interval has still seen.
    private static IEnumerable<(ParameterValue Value, double Score)> With(ReducedSpace left, IParameter parameter, ScoredConfiguration[] seen)
    {
        foreach (ScoredConfiguration one in seen)
        {
            if (one.Configuration.TryGet(parameter.Name, out ParameterValue value) && !left.IsDropped(parameter.Name, value))
            {
                yield return (value, one.Scores[0]);
            }
        }
    }

    // Without its sign; 0 where one of the two does not vary.
    private double Correlation(double[] some, double[] others)
    {
        double correlation = some.Length < 3 ? 0
            : byRanks ? MathNet.Numerics.Statistics.Correlation.Spearman(some, others)
            : MathNet.Numerics.Statistics.Correlation.Pearson(some, others);
        return double.IsFinite(correlation) ? Math.Abs(correlation) : 0;
    }
}
