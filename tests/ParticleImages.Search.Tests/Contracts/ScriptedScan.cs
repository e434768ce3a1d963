namespace ParticleImages.Search.Tests;

/// <summary>Histories without a store: a strategy is asked and told, one trial after the other.</summary>
public static class ScriptedScan
{
    public static Objective Loss { get; } = new("loss", ObjectiveDirection.Minimize, JudgedEpoch.Last);

    /// <summary>Asks and tells until there are so many proposals, or nothing is left.</summary>
    public static TrialHistory Play(ISearchStrategy strategy, ISearchSpace space, int trials, Func<Configuration, double> objective, ulong seed = 1, TrialHistory? after = null)
    {
        TrialHistory history = after ?? new TrialHistory(Loss);
        while (history.Proposals < trials && strategy.Propose(space, history, seed) is { } proposal)
        {
            Tell(history, proposal, TrialState.Finished, objective(proposal.Configuration));
        }

        return history;
    }

    /// <summary>Appends a trial that has become something.</summary>
    public static void Tell(TrialHistory history, Proposal proposal, TrialState state, params double[] values) => history.Add(new TrialRecord
    {
        Number = history.Trials.Count,
        Proposal = history.Proposals,
        Configuration = proposal.Configuration,
        Mark = proposal.Mark,
        Seed = 1,
        State = state,
        LastStep = state == TrialState.Pruned ? history.Proposals % 4 : null,
        Values = [.. values.Select(value => new MetricValue(value))],
    });

    /// <summary>The first trials of a history, as they are known after a restart.</summary>
    public static TrialHistory Beginning(TrialHistory history, int trials)
    {
        var beginning = new TrialHistory(history.Objectives);
        foreach (TrialRecord trial in history.Trials.Take(trials))
        {
            beginning.Add(trial);
        }

        return beginning;
    }

    public static double Best(TrialHistory history) => history.Trials.Min(trial => trial.Values[0].Value);
}
