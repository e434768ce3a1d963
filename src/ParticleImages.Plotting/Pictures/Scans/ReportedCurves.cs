using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <summary>The reports of as many trials of a scan as a picture can show.</summary>
internal sealed class ReportedCurves
{
    private const int BestFinished = 100;
    private const int OtherFinished = 150;
    private const int MostOfAState = 150;

    private readonly Dictionary<TrialState, int> counts;

    // By objective; empty where none has finished.
    private readonly TrialRecord[] bests;

    private ReportedCurves(IReadOnlyList<Objective> objectives, Dictionary<TrialState, int> counts, TrialRecord[] bests, (TrialRecord, IReadOnlyList<TrialReport>)[] trials)
    {
        Objectives = objectives;
        this.counts = counts;
        this.bests = bests;
        Trials = trials;
        Metrics = [.. trials.SelectMany(trial => trial.Item2).SelectMany(report => report.Metrics.Names).Distinct()];
    }

    public IReadOnlyList<Objective> Objectives { get; }

    public IReadOnlyList<(TrialRecord Record, IReadOnlyList<TrialReport> Reports)> Trials { get; }

    /// <summary>All that was reported, as it first came.</summary>
    public IReadOnlyCollection<string> Metrics { get; }

    public string DefaultMetric => Metrics.Contains(Objectives[0].Metric) ? Objectives[0].Metric : Metrics.FirstOrDefault(Objectives[0].Metric);

    public static ReportedCurves Of(ScanResult scan)
    {
        TrialRecord[] finished = [.. scan.Trials.Where(trial => trial.State == TrialState.Finished).OrderBy(trial => scan.Objectives[0].Score(trial.Values[0].Value))];
        TrialRecord[] bests = finished.Length == 0 ? [] : [.. scan.Objectives.Select((objective, i) => finished.OrderBy(trial => trial.Number).MinBy(trial => objective.Score(trial.Values[i].Value))!)];
        TrialRecord[] first = [.. finished.Take(BestFinished).Union(bests)];
        TrialRecord[] others = [.. finished.Except(first)];
        IEnumerable<TrialRecord> chosen = first
            .Concat(others.Length <= OtherFinished ? others : Enumerable.Range(0, OtherFinished).Select(i => others[(int)((long)i * others.Length / OtherFinished)]))
            .Concat(new[] { TrialState.Pruned, TrialState.Running, TrialState.Failed }.SelectMany(state => scan.Trials.Where(trial => trial.State == state && trial.LastStep is not null).Take(MostOfAState)));
        return new ReportedCurves(
            scan.Objectives,
            scan.Trials.Where(trial => trial.LastStep is not null).GroupBy(trial => trial.State).ToDictionary(group => group.Key, group => group.Count()),
            bests,
            [.. chosen.Where(trial => trial.LastStep is not null).Select(trial => (trial, scan.ReportsOf(trial.Number))).Where(trial => trial.Item2.Count > 0)]);
    }

    /// <summary>The number of the trial that is best in an objective, of equal ones the first; null where none has finished.</summary>
    public int? BestBy(Objective objective) => bests.Length == 0 ? null : bests[Objectives.ToList().IndexOf(objective)].Number;

    /// <summary>How many trials in a state have reported anything.</summary>
    public int CountOf(TrialState state) => counts.GetValueOrDefault(state);
}
