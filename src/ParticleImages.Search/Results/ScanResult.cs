namespace ParticleImages.Search;

/// <summary>What a scan has come to: its trials as they were when it was asked. Immutable, but for <see cref="ReportsOf"/> and <see cref="History"/>, which look into the store.</summary>
public sealed class ScanResult
{
    private readonly ITrialStore store;
    private readonly Lazy<TrialTable> results;
    private readonly Lazy<ConfigurationResult[]> configurations;
    private readonly Lazy<ConfigurationResult[]> front;

    internal ScanResult(Scan scan, IReadOnlyList<TrialRecord> trials, ScanEnd? ended, ScanHeader header, bool isRunning)
    {
        store = scan.Store!;
        Header = header;
        IsRunning = isRunning;
        Space = scan.Space;
        Objectives = scan.Objectives;
        Trials = trials;
        Ended = ended;
        results = new(() => TrialTable.Of(trials, Space.Parameters));
        configurations = new(() => ConfigurationResults.Of(trials, Objectives));
        front = new(() => FrontOf([.. Enumerable.Range(0, Objectives.Count)]));
    }

    /// <summary>What was searched.</summary>
    public ISearchSpace Space { get; }

    /// <summary>What was wanted.</summary>
    public IReadOnlyList<Objective> Objectives { get; }

    /// <summary>What tells this scan from others: space, strategy and objectives in words, seed, repeats, and what the trials are made on.</summary>
    public ScanHeader Header { get; }

    /// <summary>Whether somebody ran the scan when it was asked: this process, or another one that uses the store.</summary>
    public bool IsRunning { get; }

    /// <summary>Every trial, by number.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; }

    /// <summary>Why the run ended; null where it goes on.</summary>
    public ScanEnd? Ended { get; }

    /// <summary>Every trial as a table, by number, whatever became of it: <c>scan.Results.OrderBy("val_loss").Take(5)</c>.</summary>
    public TrialTable Results => results.Value;

    /// <summary>The finished trial that is best in the first objective, of equal ones the first; null where none has finished. With repeats it is the luckiest one: compare <see cref="Configurations"/>.</summary>
    public TrialRecord? Best => Trials.Where(trial => trial.State == TrialState.Finished).MinBy(trial => Objectives[0].Score(trial.Values[0].Value));

    /// <summary>The configurations that have finished trials, best first in the first objective, each with mean and standard error over its repeats.</summary>
    public IReadOnlyList<ConfigurationResult> Configurations => configurations.Value;

    /// <summary>
    /// The configurations than which none is better in one objective without being worse in another, best first in the first objective: what there is to choose from. Means alone count,
    /// without their errors. With one objective it is the best, or several that are equal.
    /// </summary>
    public IReadOnlyList<ConfigurationResult> ParetoFront => front.Value;

    /// <summary>
    /// Reads what a store has of whatever scan is in it, without its description: for a report, or for who watches a scan that another process runs. Axes and conditions are those of the scan; what only its
    /// program knows, the values of an axis of its own type or of a space of its own, are those that were tried, and constraints that are code are held by everything.
    /// </summary>
    /// <param name="store">The store, for example of <c>SqliteTrialStore.OpenReadOnly</c>. It is not changed.</param>
    /// <returns>What the trials came to so far.</returns>
    /// <exception cref="TrialStoreException">No scan has begun in the store, or it failed.</exception>
    public static ScanResult Of(ITrialStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Scan.Stored(store);
    }

    /// <summary>The front of some objectives alone, whatever the configurations came to in the others: as <see cref="ParetoFront"/>, best first in the first of those named.</summary>
    /// <param name="metrics">The objectives' metrics, at least one.</param>
    /// <returns>The configurations.</returns>
    /// <exception cref="ArgumentException">None is named, or the scan has no such objective.</exception>
    public IReadOnlyList<ConfigurationResult> ParetoFrontOf(params IReadOnlyList<string> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return metrics.Count > 0 ? FrontOf([.. metrics.Select(ObjectiveNumber)]) : throw new ArgumentException("Name one objective or more.", nameof(metrics));
    }

    /// <summary>An objective's number among <see cref="Objectives"/>, by its metric.</summary>
    /// <param name="metric">Such as <c>val_loss</c>.</param>
    /// <returns>From 0.</returns>
    /// <exception cref="ArgumentException">The scan has no such objective; the message lists those it has.</exception>
    public int ObjectiveNumber(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        for (int i = 0; i < Objectives.Count; i++)
        {
            if (Objectives[i].Metric == metric)
            {
                return i;
            }
        }

        throw new ArgumentException($"The scan has no objective '{metric}'. It has {string.Join(", ", Objectives.Select(objective => $"'{objective.Metric}'"))}.", nameof(metric));
    }

    /// <summary>What a trial reported on its way, as the store has it now.</summary>
    /// <param name="trial">Its number.</param>
    /// <returns>By step; empty where it reported nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such trial.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed of: take <see cref="History"/> before.</exception>
    public IReadOnlyList<TrialReport> ReportsOf(int trial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trial);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trial, Trials.Count);
        return store.ReportsOf(trial);
    }

    /// <summary>What all trials reported on their way, as the store has it now, as a table: <c>trial</c>, <c>step</c> and the metrics. It stays when the store is gone.</summary>
    /// <returns>A row a report, by trial and step.</returns>
    /// <exception cref="ObjectDisposedException">The store was disposed of.</exception>
    public TrialTable History() => TrialTable.Of(TrialColumns.Of([.. Trials.SelectMany(trial => store.ReportsOf(trial.Number).Select(report => (trial.Number, report)))]));

    /// <summary>
    /// How much of an objective's spread each parameter explains, from the finished configurations, each with the mean over its repeats, and over the whole space: <see cref="TrialTable.Importances"/> over the values that the space has, rather than those
    /// that were tried. What is no finite number does not count.
    /// </summary>
    /// <param name="objective">Which objective, from 0.</param>
    /// <param name="seed">From which the forest is drawn.</param>
    /// <param name="keep">Which of the finished trials count, such as all but those that diverged; null, the default, for all.</param>
    /// <returns>The shares.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such objective.</exception>
    /// <exception cref="InvalidOperationException">Fewer than 4 configurations have finished, or all came to the same.</exception>
    public ParameterImportances Importances(int objective = 0, ulong seed = 0, Func<TrialRecord, bool>? keep = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(objective);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(objective, Objectives.Count);
        ConfigurationResult[] finished =
        [
            .. (keep is null ? Configurations : Configurations.SelectMany(Kept))
                .Where(result => double.IsFinite(result.Values[objective].Value))
                .OrderBy(result => result.Proposal),
        ];
        ImportanceAxis[] axes = [.. Space.Parameters.Select(parameter => ImportanceAxis.Of(parameter, [.. finished.Select(result => result.Configuration)]))];
        return ParameterImportances.Of(Objectives[objective].Metric, axes, [.. finished.Select(result => result.Values[objective].Value)], seed);

        IEnumerable<ConfigurationResult> Kept(ConfigurationResult result)
        {
            TrialRecord[] kept = [.. result.Trials.Where(keep)];
            return kept.Length == result.Trials.Count ? [result] : ConfigurationResults.Of(kept, Objectives);
        }
    }

    /// <summary>The configurations as a table, best first: for each objective mean and <c>…_error</c>, <c>trials</c> (finished ones), <c>behind</c> and <c>behind_error</c> (the difference from the best in the first objective), <c>like_best</c>, the parameters and <c>proposal</c>.</summary>
    /// <param name="standardErrors">Within how many combined standard errors of the best a configuration is marked as like it; see <see cref="ConfigurationResult.IsLikeBest"/>.</param>
    /// <returns>A row a configuration.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or NaN.</exception>
    public TrialTable CompareConfigurations(double standardErrors = 2) => TrialTable.Of(ComparisonColumns.Of(this, standardErrors));

    /// <summary>How many trials became what, and the best configurations.</summary>
    public override string ToString() =>
        $"{Trials.Count} trials ({string.Join(", ", Trials.GroupBy(trial => trial.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"))})"
        + (Configurations.Count == 0 ? "" : $"\n{CompareConfigurations().ToText(5)}");

    private ConfigurationResult[] FrontOf(IReadOnlyList<int> judged) => ConfigurationResults.Front(configurations.Value, Objectives, judged);
}
