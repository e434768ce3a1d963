namespace ParticleImages.Search;

/// <summary>Means over repeats, and what follows from them.</summary>
internal static class ConfigurationResults
{
    /// <summary>Best first in the first objective; of equal ones the first proposal.</summary>
    public static ConfigurationResult[] Of(IEnumerable<TrialRecord> trials, IReadOnlyList<Objective> objectives)
    {
        (TrialRecord[] Trials, MetricValue[] Values)[] means =
        [
            .. trials
                .Where(trial => trial.State == TrialState.Finished)
                .GroupBy(trial => trial.Proposal)
                .Select(repeats => ((TrialRecord[])[.. repeats], (MetricValue[])[.. objectives.Select((_, i) => Mean([.. repeats.Select(trial => trial.Values[i])]))]))
                .OrderBy(pair => objectives[0].Score(pair.Item2[0].Value))
                .ThenBy(pair => pair.Item1[0].Proposal),
        ];
        return
        [
            .. means.Select((pair, place) => new ConfigurationResult(
                pair.Trials, pair.Values, place == 0 ? new MetricValue(0, 0) : Difference(objectives[0], pair.Values[0], means[0].Values[0]))),
        ];
    }

    /// <summary>Those that no other is better than in one objective without being worse in another; equal ones all.</summary>
    /// <param name="results">Best first in the first objective.</param>
    /// <param name="objectives">All objectives.</param>
    /// <param name="judged">The numbers of those that count.</param>
    public static ConfigurationResult[] Front(IEnumerable<ConfigurationResult> results, IReadOnlyList<Objective> objectives, IReadOnlyList<int> judged)
    {
        // In lexicographic order only what came before can dominate.
        var front = new List<(ConfigurationResult Result, double[] Scores)>();
        foreach ((ConfigurationResult Result, double[] Scores) candidate in results
            .Select(result => (result, (double[])[.. judged.Select(i => objectives[i].Score(result.Values[i].Value))]))
            .Order(Comparer<(ConfigurationResult, double[] Scores)>.Create((one, two) => one.Scores.AsSpan().SequenceCompareTo(two.Scores))))
        {
            if (!front.Exists(member => Dominance.Of(member.Scores, candidate.Scores)))
            {
                front.Add(candidate);
            }
        }

        return [.. front.Select(member => member.Result)];
    }

    private static MetricValue Difference(Objective objective, MetricValue value, MetricValue best) => new(
        objective.Score(value.Value) - objective.Score(best.Value),
        value.StandardError is { } one && best.StandardError is { } two ? double.Hypot(one, two) : null);

    private static MetricValue Mean(MetricValue[] values)
    {
        if (values.Length == 1)
        {
            return values[0];
        }

        double mean = values.Average(value => value.Value);
        double squares = values.Sum(value => (value.Value - mean) * (value.Value - mean));
        return new MetricValue(mean, Math.Sqrt(squares / (values.Length - 1) / values.Length));
    }
}
