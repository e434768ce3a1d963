namespace ParticleImages.Search;

/// <summary>Trials in memory.</summary>
internal sealed class MemoryTrialStore(TimeProvider clock) : ITrialStore
{
    private readonly Lock gate = new();
    private readonly List<TrialRecord> trials = [];
    private readonly List<DateTimeOffset> leases = [];
    private readonly Dictionary<int, SortedList<int, TrialReport>> reports = [];

    // In the order in which they came, for those who follow.
    private readonly List<(long Revision, int Trial, TrialReport Report)> reportLog = [];
    private readonly SortedSet<(long Rank, int Number)> pending = [];
    private readonly SortedSet<int> running = [];
    private readonly SortedSet<(long Revision, int Trial)> changes = [];
    private (string Owner, DateTimeOffset Until)? run;
    private long revision;

    public string Name => "memory";

    public ScanHeader? Header { get; private set; }

    public void Begin(ScanHeader header)
    {
        lock (gate)
        {
            Header ??= header;
            if (Header != header)
            {
                throw new TrialStoreException($"The store in memory has another scan: {string.Join("; ", header.DifferencesFrom(Header))}. Take a new store.");
            }
        }
    }

    public string TakeRun(string owner, TimeSpan lease)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (run is not { } held || held.Owner == owner || held.Until <= now)
            {
                run = (owner, now + lease);
            }

            return run.Value.Owner;
        }
    }

    public string? Runner
    {
        get
        {
            lock (gate)
            {
                return run is { } held && held.Until > clock.GetUtcNow() ? held.Owner : null;
            }
        }
    }

    public void Release(string owner)
    {
        lock (gate)
        {
            run = run?.Owner == owner ? null : run;
            foreach (int number in running.Where(number => trials[number].Owner == owner).ToArray())
            {
                Set(trials[number] with { State = TrialState.Pending, Start = null });
            }
        }
    }

    public bool TryAdd(IReadOnlyList<TrialRecord> added, TimeSpan lease = default)
    {
        lock (gate)
        {
            if (added[0].Number != trials.Count)
            {
                return false;
            }

            foreach (TrialRecord trial in added)
            {
                bool isClaimed = trial.State == TrialState.Running;
                DateTimeOffset now = clock.GetUtcNow();
                trials.Add(trial);
                leases.Add(isClaimed ? now + lease : default);
                Set(isClaimed ? trial with { Start = now } : trial);
            }

            return true;
        }
    }

    public TrialRecord? Claim(string owner, TimeSpan lease)
    {
        lock (gate)
        {
            DateTimeOffset now = clock.GetUtcNow();
            (long Rank, int Number)? first = pending.Count > 0 ? pending.Min : null;
            foreach (int lost in running)
            {
                (long Rank, int Number) place = (trials[lost].Rank, lost);
                if (leases[lost] <= now && (first is null || place.CompareTo(first.Value) < 0))
                {
                    first = place;
                }
            }

            if (first?.Number is not { } found)
            {
                return null;
            }

            leases[found] = now + lease;
            Set(trials[found] with { State = TrialState.Running, Owner = owner, Attempt = trials[found].Attempt + 1, Start = now, End = null });
            return trials[found];
        }
    }

    public bool Renew(TrialClaim claim, TimeSpan lease)
    {
        lock (gate)
        {
            if (!Holds(claim))
            {
                return false;
            }

            leases[claim.Number] = clock.GetUtcNow() + lease;
            return true;
        }
    }

    public bool Report(TrialClaim claim, TrialReport report)
    {
        lock (gate)
        {
            if (!Holds(claim))
            {
                return false;
            }

            Set(trials[claim.Number] with { LastStep = report.Step });
            if (!reports.TryGetValue(claim.Number, out SortedList<int, TrialReport>? own))
            {
                reports[claim.Number] = own = [];
            }

            while (own.Count > 0 && own.Keys[^1] >= report.Step)
            {
                own.RemoveAt(own.Count - 1);
            }

            own[report.Step] = report;
            reportLog.Add((revision, claim.Number, report));
            return true;
        }
    }

    public bool Finish(TrialClaim claim, TrialOutcome outcome)
    {
        lock (gate)
        {
            if (!Holds(claim))
            {
                return false;
            }

            TrialRecord trial = trials[claim.Number];
            Set(trial with
            {
                State = outcome.State,
                Metrics = outcome.Metrics,
                Values = outcome.Values,
                Notes = outcome.Notes,
                Message = outcome.Message,
                Failures = trial.Failures + (outcome.IsFailure ? 1 : 0),
                End = outcome.State == TrialState.Pending ? null : clock.GetUtcNow(),
            });
            return true;
        }
    }

    public TrialChanges ChangesSince(long since, bool withReports)
    {
        lock (gate)
        {
            // Newest first, so that the cost is that of the changes.
            int[] changed = [.. changes.Reverse().TakeWhile(change => change.Revision > since).Select(change => change.Trial).Order()];
            int known = reportLog.Count;
            while (withReports && known > 0 && reportLog[known - 1].Revision > since)
            {
                known--;
            }

            return new TrialChanges(
                [.. changed.Select(number => trials[number])],
                [.. reportLog.Skip(known).Select(report => (report.Trial, report.Report))],
                revision);
        }
    }

    public IReadOnlyList<TrialReport> ReportsOf(int trial)
    {
        lock (gate)
        {
            return reports.TryGetValue(trial, out SortedList<int, TrialReport>? own) ? [.. own.Values] : [];
        }
    }

    public void Dispose()
    {
    }

    private bool Holds(TrialClaim claim) =>
        claim.Number < trials.Count
        && trials[claim.Number] is { State: TrialState.Running } trial
        && trial.Attempt == claim.Attempt
        && trial.Owner == claim.Owner;

    private void Set(TrialRecord trial)
    {
        changes.Remove((trials[trial.Number].Revision, trial.Number));
        revision++;
        trials[trial.Number] = trial with { Revision = revision };
        changes.Add((revision, trial.Number));
        Place(pending, (trial.Rank, trial.Number), trial.State == TrialState.Pending);
        Place(running, trial.Number, trial.State == TrialState.Running);
    }

    private static void Place<T>(SortedSet<T> set, T item, bool belongs)
    {
        if (belongs)
        {
            set.Add(item);
        }
        else
        {
            set.Remove(item);
        }
    }
}
