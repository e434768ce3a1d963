namespace ParticleImages.Search;

/// <summary>Time and numbers of a run: whether it has come to one of its limits, and what it tells of its progress. Used under the session's lock.</summary>
internal sealed class ScanMeter
{
    private readonly Scan scan;
    private readonly long? total;
    private readonly TrialHistory history;
    private readonly long start;
    private readonly int doneBefore;
    private ScanProgress? last;

    public ScanMeter(Scan scan, long? total, TrialHistory history)
    {
        this.scan = scan;
        this.total = total;
        this.history = history;
        start = scan.Clock.GetTimestamp();
        doneBefore = Done;
    }

    public TimeSpan Elapsed => scan.Clock.GetElapsedTime(start);

    public TimeSpan? TimeLeft => scan.WallTime - Elapsed;

    public ScanEnd? EndOfRun(int begun)
    {
        if (scan.Target is { } target && history.Best is { } best && !scan.Objectives[0].IsBetter(target, best.Values[0].Value))
        {
            return ScanEnd.TargetReached;
        }

        if (begun >= scan.Rounds)
        {
            return ScanEnd.RoundLimit;
        }

        return TimeLeft < history.Longest || TimeLeft <= TimeSpan.Zero ? ScanEnd.TimeLimit : null;
    }

    public void Tell()
    {
        if (scan.Progress is null)
        {
            return;
        }

        var now = new ScanProgress
        {
            Done = Done,
            Total = total,
            DoneHere = Done - doneBefore,
            Running = history.CountOf(TrialState.Running),
            Failed = history.CountOf(TrialState.Failed),
            Pruned = history.CountOf(TrialState.Pruned),
            Infeasible = history.CountOf(TrialState.Infeasible),
            Elapsed = Elapsed,
            Best = history.Best,
        };

        if (last is null || last with { Elapsed = now.Elapsed } != now)
        {
            last = now;
            scan.Progress.Report(now);
        }
    }

    private int Done => history.CountOf(TrialState.Finished) + history.CountOf(TrialState.Failed) + history.CountOf(TrialState.Pruned);
}
