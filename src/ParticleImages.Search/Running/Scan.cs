using System.Collections.Immutable;

namespace ParticleImages.Search;

/// <summary>
/// A search for the best configuration of a space. An immutable description: <see cref="Minimize"/>, <see cref="Maximize"/>, <see cref="TryFirst"/> and <see cref="CheckFirst"/> append, every other
/// verb sets one slot of a copy; <see cref="RunAsync(Func{Trial, double}, CancellationToken)"/> does the work, <see cref="Open"/> leaves the loop to the caller.
/// </summary>
/// <remarks>
/// Everything that happens is in the store when it has happened. A scan that was interrupted, by whatever, goes on when it is run again with the same store: the same
/// proposals, the same seeds, and the trial that was in flight once more.
/// </remarks>
public sealed partial record Scan
{
    /// <summary>How many proposals are made ahead where trials are grouped: <see cref="GroupBy"/>.</summary>
    public const int GroupedProposals = 64;

    private Scan(ISearchSpace space) => Space = space;

    /// <summary>What is searched.</summary>
    public ISearchSpace Space { get; }

    /// <summary>How it is searched; null until <see cref="With"/>.</summary>
    public SearchStrategy? Strategy { get; private init; }

    /// <summary>What is made small or large, the first being the one that pruners and the progress look at.</summary>
    public ImmutableArray<Objective> Objectives { get; private init; } = [];

    /// <summary>Where trials are kept; null until <see cref="StoreIn"/>.</summary>
    public ITrialStore? Store { get; private init; }

    /// <summary>Trials a configuration; 1 unless set.</summary>
    public int Repeats { get; private init; } = 1;

    /// <summary>How often a trial that failed is tried again; 0 unless set.</summary>
    public int Retries { get; private init; }

    /// <summary>Trials beside each other; 1 unless set.</summary>
    public int Workers { get; private init; } = 1;

    /// <summary>Whether each worker is a process of its own; not, unless set.</summary>
    public bool InOwnProcesses => Processes ?? false;

    // Null where nobody has said.
    private bool? Processes { get; init; }

    /// <summary>Threads that each trial may use: the cores divided by the workers unless set, at least 1.</summary>
    public int ThreadsPerTrial => OwnThreads ?? Math.Max(1, Environment.ProcessorCount / Workers);

    internal int? OwnThreads { get; private init; }

    internal ImmutableArray<Configuration> First { get; private init; } = [];

    internal ImmutableArray<Func<Configuration, string?>> Checks { get; private init; } = [];

    internal Func<Configuration, string>? Group { get; private init; }

    internal string Subject { get; private init; } = "";

    internal string? Folder { get; private init; }

    internal int? Rounds { get; private init; }

    internal TimeSpan? WallTime { get; init; }

    internal TimeSpan? TimePerTrial { get; private init; }

    internal double? Target { get; private init; }

    internal TimeSpan Lease { get; private init; } = TimeSpan.FromMinutes(1);

    internal TimeProvider Clock { get; private init; } = TimeProvider.System;

    internal IProgress<ScanProgress>? Progress { get; private init; }

    /// <summary>Begins a scan's description.</summary>
    /// <param name="space">What is searched.</param>
    /// <returns>The description.</returns>
    public static Scan Over(ISearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        return new Scan(space);
    }

    /// <summary>Sets how it is searched.</summary>
    /// <param name="strategy">The strategy, with its number of trials and its seed.</param>
    /// <returns>A copy.</returns>
    public Scan With(SearchStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return this with { Strategy = strategy };
    }

    /// <summary>Appends a metric that is made small.</summary>
    /// <param name="metric">Its name, as trials report or return it.</param>
    /// <param name="epoch">Which of a trial's reports counts.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The name is empty, or an objective already.</exception>
    public Scan Minimize(string metric, JudgedEpoch epoch = JudgedEpoch.Last) => Append(new Objective(metric, ObjectiveDirection.Minimize, epoch));

    /// <summary>Appends a metric that is made large.</summary>
    /// <param name="metric">Its name, as trials report or return it.</param>
    /// <param name="epoch">Which of a trial's reports counts.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The name is empty, or an objective already.</exception>
    public Scan Maximize(string metric, JudgedEpoch epoch = JudgedEpoch.Last) => Append(new Objective(metric, ObjectiveDirection.Maximize, epoch));

    /// <summary>Sets where trials are kept.</summary>
    /// <param name="store">A store: <c>SqliteTrialStore.Open("scan.db")</c>, or <see cref="TrialStore.InMemory"/> for what need not survive. The caller disposes of it.</param>
    /// <returns>A copy.</returns>
    public Scan StoreIn(ITrialStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return this with { Store = store };
    }

    /// <summary>Appends configurations that are tried before the strategy is asked; they count among its trials.</summary>
    /// <param name="configurations">Configurations of the space. One that was tried before is not tried again.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The space refuses one.</exception>
    public Scan TryFirst(params IEnumerable<Configuration> configurations)
    {
        ImmutableArray<Configuration> first = First.AddRange(configurations);
        foreach (Configuration configuration in first)
        {
            if (Space.Refusal(configuration) is { } refusal)
            {
                throw new ArgumentException($"The configuration ({configuration}) cannot be tried first: {refusal}", nameof(configurations));
            }
        }

        return this with { First = first };
    }

    /// <summary>Sets how many trials each configuration has, with seeds of their own; results have a mean and a standard error then.</summary>
    /// <param name="trials">At least 1.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public Scan Repeat(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return this with { Repeats = trials };
    }

    /// <summary>Sets how often a trial that failed is tried again before it stays failed.</summary>
    /// <param name="times">0 or more.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public Scan Retry(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        return this with { Retries = times };
    }

    /// <summary>Appends a check that every proposal passes before anything is spent on it, such as shape inference. What it refuses is recorded as infeasible and counts as no trial.</summary>
    /// <param name="refusal">Why a configuration cannot be tried; null where it can.</param>
    /// <returns>A copy.</returns>
    public Scan CheckFirst(Func<Configuration, string?> refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return this with { Checks = Checks.Add(refusal) };
    }

    /// <summary>
    /// Sets what trials have in common that should run one after the other, such as the way their data is prepared. Where the strategy does not learn from results,
    /// <see cref="GroupedProposals"/> proposals are made ahead and begun group by group; numbers, configurations and seeds are what they would be without.
    /// </summary>
    /// <param name="key">The same text for configurations of a group.</param>
    /// <returns>A copy.</returns>
    public Scan GroupBy(Func<Configuration, string> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return this with { Group = key };
    }

    /// <summary>Says what the trials are made on, such as a checksum of the events: a store refuses to go on with a scan of something else.</summary>
    /// <param name="subject">A line.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">It has half of a surrogate pair.</exception>
    public Scan About(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return this with { Subject = StoredText.Check(subject, nameof(subject)) };
    }

    /// <summary>Sets a folder in which each trial has one of its own, <c>trial-00012</c>, for checkpoints; workers' output goes there, too.</summary>
    /// <param name="folder">The folder; created when it is needed.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public Scan FilesIn(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return this with { Folder = Path.GetFullPath(folder) };
    }

    /// <summary>Runs trials beside each other on threads of this process.</summary>
    /// <param name="workers">How many at once, at least 1.</param>
    /// <param name="threadsPerTrial">Threads that each may use; the cores divided by the workers if null.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Scan InThreads(int workers, int? threadsPerTrial = null) => InWorkers(workers, threadsPerTrial, ownProcesses: false);

    /// <summary>
    /// Runs trials beside each other, each in a process of its own: this program, started again with the same arguments. There the same RunAsync runs trials until
    /// there are none, and then ends the process: nothing behind it is reached, and what the program does before it, it does in every worker.
    /// </summary>
    /// <remarks>
    /// A crash of native code ends one trial only, which is recorded as failed. Each process sees only the cores that it may use. Standard output of the workers goes to files
    /// beside the trials' (<see cref="FilesIn"/>), or nowhere. The store must be one that several processes can use.
    /// </remarks>
    /// <param name="workers">How many at once, at least 1.</param>
    /// <param name="threadsPerTrial">Threads that each may use; the cores divided by the workers if null.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public Scan InProcesses(int workers, int? threadsPerTrial = null) => InWorkers(workers, threadsPerTrial, ownProcesses: true);

    /// <summary>Sets how many trials this run begins at most; the scan goes on when it is run again. Workers that are processes may begin one more each.</summary>
    /// <param name="trials">At least 1.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public Scan AtMost(int trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        return this with { Rounds = trials };
    }

    /// <summary>Sets how long this run takes at most. No trial is begun that would not end in time if it took as long as the longest so far; one that still runs then is given back.</summary>
    /// <param name="time">Above 0.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public Scan StopAfter(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return this with { WallTime = time };
    }

    /// <summary>Sets a value of the first objective with which the scan is content: once a trial has it or better, no further one begins.</summary>
    /// <param name="value">Not NaN.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN.</exception>
    public Scan StopAt(double value) => double.IsNaN(value)
        ? throw new ArgumentOutOfRangeException(nameof(value), value, "No trial is as good as NaN.")
        : this with { Target = value };

    /// <summary>Sets how long an attempt at a trial may take. Its <see cref="Trial.Cancellation"/> is cancelled then, and it has failed. One that does not listen is ended with its process after ten more seconds where workers are processes; a thread can only be waited for.</summary>
    /// <param name="time">Above 0.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public Scan LimitTrial(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return this with { TimePerTrial = time };
    }

    /// <summary>Sets who is told how far the scan has come, after every change.</summary>
    /// <param name="progress">Told from any thread, one call at a time.</param>
    /// <returns>A copy.</returns>
    public Scan ReportTo(IProgress<ScanProgress>? progress) => this with { Progress = progress };

    /// <summary>Sets the clock of limits, leases and durations.</summary>
    /// <param name="clock">The clock.</param>
    /// <returns>A copy.</returns>
    public Scan MeasureTimeWith(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return this with { Clock = clock };
    }

    /// <summary>Sets how long a claim on a trial holds without a sign of life of its process. A minute unless set; a process of the same host that has ended loses its claims at once.</summary>
    /// <param name="time">Above 0, at most a day.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or is more than a day.</exception>
    public Scan HoldClaimsFor(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(1));
        return this with { Lease = time };
    }

    private Scan Append(Objective objective)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(objective.Metric);
        StoredText.Check(objective.Metric, nameof(objective));
        return Objectives.All(known => known.Metric != objective.Metric)
            ? this with { Objectives = Objectives.Add(objective) }
            : throw new ArgumentException($"'{objective.Metric}' is an objective already.", nameof(objective));
    }

    /// <summary>With trials in a process of their own, one after the other, unless somebody said otherwise: for objectives of native code. Processes see no store in memory.</summary>
    internal Scan OrInProcess() => Processes is null && Store is not (null or MemoryTrialStore) ? InProcesses(1) : this;

    private Scan InWorkers(int workers, int? threadsPerTrial, bool ownProcesses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        if (threadsPerTrial is { } threads)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(threadsPerTrial));
        }

        return this with { Workers = workers, OwnThreads = threadsPerTrial, Processes = ownProcesses };
    }
}
