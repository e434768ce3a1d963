using System.Numerics;

namespace ParticleImages.Search;

/// <summary>
/// A scan that is under way, for code that owns its own loop: <see cref="Ask"/> what to try, and <see cref="Tell(Trial, TrialMetrics)"/> what it came to. <see cref="Scan.Open"/>
/// opens it. While it is open, no other process can run the scan; claims are renewed in the background. Safe for several threads.
/// </summary>
public sealed partial class ScanSession : IDisposable
{
    private readonly Lock gate = new();
    private readonly Lock heartGate = new();
    private readonly Scan scan;
    private readonly ITrialStore store;
    private readonly TrialHistory history;
    private readonly Dictionary<int, Trial> held = [];
    private readonly string owner;
    private readonly bool isRunner;
    private readonly long? limit;
    private readonly int threads;
    private readonly ITimer heart;
    private readonly ScanMeter meter;
    private bool isClosed;

    /// <param name="scan">The scan.</param>
    /// <param name="threads">Threads a trial.</param>
    /// <param name="begunBefore">Where this is a worker of another process' run: how many trials had been begun before that run.</param>
    internal ScanSession(Scan scan, int threads, int? begunBefore = null)
    {
        this.scan = scan;
        this.threads = threads;
        isRunner = begunBefore is null;
        store = scan.Store!;
        limit = scan.Strategy!.Limit(scan.Space);
        history = new TrialHistory(scan.Objectives);
        owner = ScanOwner.New();
        store.Begin(scan.Header);
        if (isRunner)
        {
            BecomeRunner();
        }

        Refresh();
        ReleaseGone();
        BegunBefore = begunBefore ?? Begun;
        meter = new ScanMeter(scan, MostTrials(), history);
        heart = scan.Clock.CreateTimer(_ => Beat(), null, scan.Lease / 3, scan.Lease / 3);
    }

    /// <summary>All trials and what they came to, so far.</summary>
    public ScanResult Result
    {
        get
        {
            lock (gate)
            {
                Refresh();
                return new ScanResult(scan, [.. history.Trials], Ended, scan.Header, isRunning: Ended is null);
            }
        }
    }

    /// <summary>Why <see cref="Ask"/> has nothing more to try; null while it may have.</summary>
    public ScanEnd? Ended { get; private set; }

    /// <summary>What to try next.</summary>
    /// <returns>The trial, which is the caller's until it is told; null where the scan has come to its end, or where the trials that are left are being run by others.</returns>
    /// <exception cref="InvalidOperationException">Nothing that the space allows can be found, or a thousand proposals in a row were infeasible.</exception>
    /// <exception cref="TrialStoreException">The store failed.</exception>
    public Trial? Ask()
    {
        lock (gate)
        {
            while (true)
            {
                CheckRun();
                if ((Ended = EndOfRun()) is not null)
                {
                    return null;
                }

                TrialRecord? claimed = IsGroupBegun ? null : store.Claim(owner, scan.Lease);
                Refresh();
                if (claimed is not null)
                {
                    return Hold(claimed);
                }

                if (IsAlone && history.CountOf(TrialState.Running) > Held().Length && (!scan.Strategy!.ProposesAhead || scan.Strategy.Pruner is not null))
                {
                    return null;
                }

                if (Propose() is { } proposal)
                {
                    TrialRecord[] records = Records(proposal, scan.Checks.Select(check => check(proposal.Configuration)).FirstOrDefault(refusal => refusal is not null));
                    bool isAdded = store.TryAdd(records, scan.Lease);
                    Refresh();
                    RefuseEndlessRefusals();

                    // Where somebody else was faster, what he proposed is known now.
                    if (isAdded && records[0].State == TrialState.Running)
                    {
                        return Hold(history.Trials[records[0].Number]);
                    }
                }
                else if (store.Claim(owner, scan.Lease) is { } last)
                {
                    Refresh();
                    return Hold(last);
                }
                else
                {
                    // Others may give theirs back.
                    Ended = HasOpen ? null : ScanEnd.Complete;
                    return null;
                }
            }
        }
    }

    /// <summary>Says what a trial came to.</summary>
    /// <param name="trial">One that <see cref="Ask"/> gave.</param>
    /// <param name="metrics">Every objective's metric, unless the trial has reported it. A value of an objective that is no number makes the trial a failed one.</param>
    /// <exception cref="InvalidOperationException">An objective's metric is missing; the trial has failed.</exception>
    public void Tell(Trial trial, TrialMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(metrics);
        TrialMetrics all = WithLastReports(trial, metrics);
        var values = new List<MetricValue>();
        foreach (Objective objective in scan.Objectives)
        {
            if (objective.ValueOf(metrics, trial.Reports) is not { } value)
            {
                string problem = $"Trial {trial.Number} has no metric '{objective.Metric}', which the scan looks for. It has {(all.Count == 0 ? "none" : string.Join(", ", all.Names.Select(name => $"'{name}'")))}.";
                Finish(trial, new TrialOutcome { State = TrialState.Failed, Metrics = all, Message = problem, IsFailure = true });
                throw new InvalidOperationException(problem);
            }

            values.Add(value);
        }

        int broken = values.FindIndex(value => !double.IsFinite(value.Value));
        if (broken >= 0)
        {
            Fail(trial, FormattableString.Invariant($"{scan.Objectives[broken].Metric} is {values[broken].Value}."), all);
            return;
        }

        Finish(trial, new TrialOutcome { State = TrialState.Finished, Metrics = all, Values = values });
    }

    /// <summary>Says what a trial came to, in a scan with one objective.</summary>
    /// <param name="trial">One that <see cref="Ask"/> gave.</param>
    /// <param name="value">The value of the objective's metric.</param>
    public void Tell(Trial trial, double value) => Tell(trial, TrialMetrics.Of((scan.Objectives[0].Metric, value)));

    /// <summary>Says that a trial failed. It is tried again as often as <see cref="Scan.Retry"/> says.</summary>
    /// <param name="trial">One that <see cref="Ask"/> gave.</param>
    /// <param name="message">What went wrong.</param>
    public void Fail(Trial trial, string message)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentException.ThrowIfNullOrEmpty(message);
        Fail(trial, message, WithLastReports(trial, TrialMetrics.None));
    }

    /// <summary>Gives a trial back as if it had never been begun: it is what <see cref="Ask"/> gives next, here or elsewhere.</summary>
    /// <param name="trial">One that <see cref="Ask"/> gave.</param>
    public void GiveBack(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Finish(trial, new TrialOutcome { State = TrialState.Pending });
    }

    /// <summary>Gives back what was not told, and lets others run the scan.</summary>
    public void Dispose()
    {
        lock (heartGate)
        {
            isClosed = true;
            heart.Dispose();
        }

        try
        {
            store.Release(owner);
        }
        catch (TrialStoreException)
        {
            // What made the store fail has been said already, and hiding that would help nobody: this process' claims end with it or with their lease.
        }
    }

    /// <summary>
    /// Gets or sets whether it runs one trial at a time, and nobody else does: then what a former run left running, in a process that has not noticed its end or under a lease that has not ended, is waited for
    /// where proposals or pruners look at results, which have to be those of a run without a break.
    /// </summary>
    internal bool IsAlone { get; set; }

    internal TimeSpan? TimeLeft => meter.TimeLeft;

    internal int BegunBefore { get; }

    // Without those that nobody has begun yet or wanted to.
    private int Begun => history.Trials.Count - history.CountOf(TrialState.Pending) - history.CountOf(TrialState.Infeasible);

    internal void Report(Trial trial, TrialReport report)
    {
        if (!store.Report(trial.Claim, report))
        {
            trial.Lose();
            throw new OperationCanceledException($"Trial {trial.Number} was taken over by another process.", trial.Lost);
        }

        if (scan.Strategy!.Pruner is { } pruner && report.Metrics.TryGet(scan.Objectives[0].Metric, out _))
        {
            lock (gate)
            {
                Refresh();
                if (pruner.Judge(trial.Number, report.Step, history) is { } reason)
                {
                    throw new TrialPrunedException(reason);
                }
            }
        }
    }

    internal Task TryAsync(Trial trial, Func<Trial, Task<TrialMetrics>> objective, CancellationToken end) => TrialRun.TryAsync(this, trial, objective, scan, end);

    internal bool HasTold(Trial trial) => !IsHeld(trial);

    internal void Prune(Trial trial, string reason)
    {
        TrialMetrics all = WithLastReports(trial, TrialMetrics.None);
        MetricValue?[] values = [.. scan.Objectives.Select(objective => objective.ValueOf(TrialMetrics.None, trial.Reports))];
        Finish(trial, new TrialOutcome
        {
            State = TrialState.Pruned,
            Metrics = all,
            Values = values.All(value => value is not null) ? [.. values.Select(value => value!.Value)] : [],
            Message = reason,
        });
    }

    internal void Refuse(Trial trial, string reason) => Finish(trial, new TrialOutcome { State = TrialState.Infeasible, Message = reason });

    // A scan that has tried everything is complete, also where a limit was reached with the last trial.
    private ScanEnd? EndOfRun() => meter.EndOfRun(Begun - BegunBefore) is { } end
        ? end is ScanEnd.RoundLimit or ScanEnd.TimeLimit && IsExhausted ? ScanEnd.Complete : end
        : null;

    // Null where nobody knows, or nobody would live to see it.
    private long? MostTrials()
    {
        BigInteger? configurations = limit is { } most ? BigInteger.Min(most, scan.Space.Count ?? most) : scan.Space.Count;
        return configurations * scan.Repeats is { } trials && trials <= long.MaxValue ? (long)trials : null;
    }

    private bool IsExhausted => !HasOpen && (history.Feasible >= limit || history.Proposals >= scan.Space.Count);

    private bool HasOpen => history.CountOf(TrialState.Pending) + history.CountOf(TrialState.Running) > 0;

    private Trial Hold(TrialRecord record)
    {
        string? folder = scan.Folder is { } root ? record.FolderIn(root) : null;
        var trial = new Trial(record, this, threads, folder, record.Attempt > 1 && record.LastStep is not null ? store.ReportsOf(record.Number) : []);
        if (held.Remove(record.Number, out Trial? former))
        {
            // A claim that lapsed while this process slept, and is its own again.
            former.Lose();
        }

        held[record.Number] = trial;
        return trial;
    }

    private void Fail(Trial trial, string message, TrialMetrics metrics) => Finish(trial, Failure(trial.Record, message, metrics));

    private TrialOutcome Failure(TrialRecord trial, string message, TrialMetrics metrics) => new()
    {
        State = trial.Failures < scan.Retries ? TrialState.Pending : TrialState.Failed,
        Metrics = metrics,
        Message = message,
        IsFailure = true,
    };

    private void Finish(Trial trial, TrialOutcome outcome)
    {
        bool isOurs;
        lock (gate)
        {
            _ = IsHeld(trial) && held.Remove(trial.Number);
            isOurs = store.Finish(trial.Claim, outcome with { Notes = trial.Notes });
            Refresh();
        }

        if (!isOurs)
        {
            // Another process has the trial, and its word counts. Said without the lock, since whoever waits for it may want the scan.
            trial.Lose();
        }
        else if (outcome.State != TrialState.Pending)
        {
            trial.End();
        }
    }

    private static TrialMetrics WithLastReports(Trial trial, TrialMetrics returned)
    {
        // In the order in which they came; what is returned in the end is the last word.
        TrialMetrics all = TrialMetrics.None;
        foreach (KeyValuePair<string, MetricValue> last in trial.Reports.Count > 0 ? trial.Reports[^1].Metrics : TrialMetrics.None)
        {
            MetricValue value = returned.TryGet(last.Key, out MetricValue final) ? final : last.Value;
            all = all.And(last.Key, value.Value, value.StandardError);
        }

        foreach (KeyValuePair<string, MetricValue> more in returned)
        {
            all = all.TryGet(more.Key, out _) ? all : all.And(more.Key, more.Value.Value, more.Value.StandardError);
        }

        return all;
    }

    private void Refresh()
    {
        history.Follow(store, withReports: scan.Strategy!.Pruner is not null);
        meter?.Tell();
    }
}
