using ParticleImages.Networks;
using ParticleImages.Plotting;
using ParticleImages.Search;

namespace ParticleImages.Reports.Contents;

/// <summary>A scan, and the model of its best trial where that was left.</summary>
internal sealed class ScanContent(ScanResult result, ModelDescription? bestModel)
{
    public ScanResult Result => result;

    public ModelDescription? BestModel => bestModel;

    /// <summary>How much each parameter matters for the first objective: the picture and the shares in it.</summary>
    public ImportancesPicture Importances { get; } = Picture.Importances(result);

    /// <summary>Trials in the order in which they count: finished before pruned before the others, each by the first objective.</summary>
    public IEnumerable<TrialRecord> Ranked => result.Trials
        .OrderBy(trial => trial.State switch
        {
            TrialState.Finished => 0,
            TrialState.Pruned => 1,
            TrialState.Running => 2,
            TrialState.Pending => 3,
            _ => 4,
        })
        .ThenBy(trial => trial.Values.Count > 0 ? result.Objectives[0].Score(trial.Values[0].Value) : double.PositiveInfinity)
        .ThenBy(trial => trial.Number);

    public int CountOf(TrialState state) => result.Trials.Count(trial => trial.State == state);
}
