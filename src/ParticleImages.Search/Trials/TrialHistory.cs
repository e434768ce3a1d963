namespace ParticleImages.Search;

/// <summary>
/// What has happened in a scan so far, as strategies and pruners see it. It grows while a scan runs; what a strategy is given does not change
/// until it has answered. Not safe for several threads.
/// </summary>
public sealed class TrialHistory
{
    private readonly List<TrialRecord> trials = [];
    private readonly Dictionary<Configuration, int> proposals = [];
    private readonly Dictionary<int, SortedList<int, double>> reports = [];
    private readonly int[] counts = new int[Enum.GetValues<TrialState>().Length];
    private readonly SortedSet<int> running = [];
    private long revision;

    /// <summary>An empty history.</summary>
    /// <param name="objectives">What the scan is for, at least one.</param>
    /// <exception cref="ArgumentException">There is no objective.</exception>
    public TrialHistory(params IReadOnlyList<Objective> objectives)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        Objectives = objectives.Count > 0 ? objectives : throw new ArgumentException("A scan has an objective or more.", nameof(objectives));
    }

    /// <summary>What the scan is for.</summary>
    public IReadOnlyList<Objective> Objectives { get; }

    /// <summary>All trials by number, whatever has become of them.</summary>
    public IReadOnlyList<TrialRecord> Trials => trials;

    /// <summary>How many proposals there have been; the next one has this number.</summary>
    public int Proposals { get; private set; }

    /// <summary>How many of the proposals were not refused as infeasible.</summary>
    public int Feasible { get; private set; }

    /// <summary>The finished trial that is best in the first objective, of equal ones the first; null before there is one.</summary>
    public TrialRecord? Best { get; private set; }

    /// <summary>The longest time that an attempt took to its end; zero before one has ended.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The trials that run now, by number.</summary>
    public IEnumerable<TrialRecord> Running => running.Select(number => trials[number]);

    /// <summary>How many trials are in a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Their number.</returns>
    public int CountOf(TrialState state) => counts[(int)state];

    /// <summary>Whether a configuration was proposed before.</summary>
    /// <param name="configuration">Any.</param>
    /// <returns>Whether it was.</returns>
    public bool Contains(Configuration configuration) => proposals.ContainsKey(configuration);

    /// <summary>
    /// The configurations that have finished or pruned trials, in the order of the proposals, each with the means over its repeats so far.
    /// </summary>
    /// <returns>Configurations with scores: a number for each objective, less is better.</returns>
    public IEnumerable<ScoredConfiguration> Scored()
    {
        for (int first = 0; first < trials.Count;)
        {
            int end = first;
            var sums = new double[Objectives.Count];
            int judged = 0;
            bool pruned = false;
            for (; end < trials.Count && trials[end].Proposal == trials[first].Proposal; end++)
            {
                if (trials[end] is { State: TrialState.Finished or TrialState.Pruned } trial && trial.Values.Count == sums.Length)
                {
                    judged++;
                    pruned |= trial.State == TrialState.Pruned;
                    for (int i = 0; i < sums.Length; i++)
                    {
                        sums[i] += Objectives[i].Score(trial.Values[i].Value);
                    }
                }
            }

            if (judged > 0)
            {
                yield return new ScoredConfiguration(trials[first].Proposal, trials[first].Configuration, [.. sums.Select(sum => sum / judged)], pruned);
            }

            first = end;
        }
    }

    /// <summary>What a trial has reported of the first objective.</summary>
    /// <param name="trial">Its number.</param>
    /// <returns>Scores by step, in the order of the steps; less is better. Empty where it reported none, or where the scan has no pruner.</returns>
    public IReadOnlyDictionary<int, double> ReportsOf(int trial) => reports.TryGetValue(trial, out SortedList<int, double>? own) ? own : EmptyReports;

    private static SortedList<int, double> EmptyReports { get; } = [];

    /// <summary>Takes what has happened in a store since the last call.</summary>
    /// <param name="store">The store.</param>
    /// <param name="withReports">Whether reports are wanted.</param>
    public void Follow(ITrialStore store, bool withReports)
    {
        ArgumentNullException.ThrowIfNull(store);
        TrialChanges changes = store.ChangesSince(revision, withReports);
        foreach (TrialRecord trial in changes.Trials)
        {
            Add(trial);
        }

        foreach ((int trial, TrialReport report) in changes.Reports)
        {
            Add(trial, report);
        }

        revision = changes.Revision;
    }

    /// <summary>Takes a trial, new or changed.</summary>
    /// <param name="trial">Its number is at most the number of trials so far.</param>
    /// <exception cref="ArgumentException">A trial before it is missing.</exception>
    public void Add(TrialRecord trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Number > trials.Count)
        {
            throw new ArgumentException($"Trial {trial.Number} comes before trial {trials.Count}.", nameof(trial));
        }

        if (trial.Number < trials.Count)
        {
            TrialRecord former = trials[trial.Number];
            Count(former, -1);

            // A store reads the configuration anew with every change: one of them is enough to keep.
            trials[trial.Number] = trial.Configuration.Equals(former.Configuration) ? trial with { Configuration = former.Configuration, Mark = former.Mark == trial.Mark ? former.Mark : trial.Mark } : trial;
        }
        else
        {
            trials.Add(trial);
            proposals.TryAdd(trial.Configuration, trial.Proposal);
            Proposals = trial.Proposal + 1;
        }

        Count(trial, 1);
        if (trial.State == TrialState.Running)
        {
            running.Add(trial.Number);
        }
        else
        {
            running.Remove(trial.Number);
        }

        Longest = trial.Duration > Longest ? trial.Duration.Value : Longest;
        if (trial.State == TrialState.Finished && IsBetter(trial, Best))
        {
            Best = trial;
        }
    }

    /// <summary>Takes a report.</summary>
    /// <param name="trial">The trial's number.</param>
    /// <param name="report">The report.</param>
    public void Add(int trial, TrialReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Metrics.TryGet(Objectives[0].Metric, out MetricValue value))
        {
            if (!reports.TryGetValue(trial, out SortedList<int, double>? own))
            {
                reports[trial] = own = [];
            }

            // What an interrupted attempt had reported of later steps counts no more.
            while (own.Count > 0 && own.Keys[^1] >= report.Step)
            {
                own.RemoveAt(own.Count - 1);
            }

            own[report.Step] = Objectives[0].Score(value.Value);
        }
    }

    private bool IsBetter(TrialRecord trial, TrialRecord? other) =>
        other is null
        || Objectives[0].IsBetter(trial.Values[0].Value, other.Values[0].Value)
        || (trial.Values[0].Value == other.Values[0].Value && trial.Number < other.Number);

    private void Count(TrialRecord trial, int sign)
    {
        counts[(int)trial.State] += sign;

        // A configuration counts once, however often it is repeated.
        Feasible += trial.State != TrialState.Infeasible && trial.Repeat == 0 ? sign : 0;
    }
}
