using ParticleImages.Networks;
using ParticleImages.Search;

namespace ParticleImages.Reports.Contents;

/// <summary>A scan, and the model of its best trial where that was left.</summary>
internal sealed record ScanContent(ScanResult Result, ModelDescription? BestModel)
{
    /// <summary>Trials in the order in which they count: finished before pruned before the others, each by the first objective.</summary>
    public IEnumerable<TrialRecord> Ranked => Result.Trials
        .OrderBy(trial => trial.State switch
        {
            TrialState.Finished => 0,
            TrialState.Pruned => 1,
            TrialState.Running => 2,
            TrialState.Pending => 3,
            _ => 4,
        })
        .ThenBy(trial => trial.Values.Count > 0 ? Result.Objectives[0].Score(trial.Values[0].Value) : double.PositiveInfinity)
        .ThenBy(trial => trial.Number);

    public int CountOf(TrialState state) => Result.Trials.Count(trial => trial.State == state);
}
