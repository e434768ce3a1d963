namespace ParticleImages.Search;

/// <summary>A configuration that was proposed, as models see it.</summary>
/// <param name="Positions">Where it stands along each axis; NaN where it has no value.</param>
/// <param name="Scores">A number for each objective, less is better; null where it has none: it failed, was refused, or is still open.</param>
/// <param name="PrunedAt">The step after which it was ended early; null if it was not.</param>
/// <param name="IsOpen">Whether it waits or runs.</param>
internal sealed record Observation(double[] Positions, IReadOnlyList<double>? Scores, int? PrunedAt, bool IsOpen)
{
    /// <summary>All proposals, in their order.</summary>
    public static List<Observation> AllOf(TrialHistory history, ISearchSpace space)
    {
        Dictionary<int, ScoredConfiguration> scored = history.Scored().Where(seen => seen.Scores.All(double.IsFinite)).ToDictionary(seen => seen.Proposal);
        var all = new List<Observation>(history.Proposals);
        foreach (TrialRecord trial in history.Trials)
        {
            if (trial.Repeat == 0)
            {
                double[] positions = PositionsOf(trial.Configuration, space);
                all.Add(scored.TryGetValue(trial.Proposal, out ScoredConfiguration? seen)
                    ? new Observation(positions, seen.Scores, seen.WasPruned ? trial.LastStep ?? 0 : null, IsOpen: false)
                    : new Observation(positions, null, null, !trial.HasEnded));
            }
        }

        return all;
    }

    public static double[] PositionsOf(Configuration configuration, ISearchSpace space)
    {
        var positions = new double[space.Parameters.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            IParameter parameter = space.Parameters[i];
            positions[i] = configuration.TryGet(parameter.Name, out ParameterValue value) ? parameter.PositionOf(value) : double.NaN;
        }

        return positions;
    }
}
