namespace ParticleImages.Search;

/// <content>Who holds what: claims are kept alive, and those of processes that have ended are freed.</content>
public sealed partial class ScanSession
{
    // Workers in processes of their own whose end the run has not seen yet.
    private readonly HashSet<int> children = [];
    private volatile string? usurper;

    /// <summary>Says why the run ended whose workers have all ended.</summary>
    /// <param name="timeIsOver">Whether the clock ended it, which rounds otherwise than the timer.</param>
    /// <exception cref="InvalidOperationException">They have, and yet there is something left to try: they were no workers.</exception>
    internal void Conclude(bool timeIsOver)
    {
        lock (gate)
        {
            Refresh();
            ReleaseGone();
            Ended = EndOfRun() ?? (timeIsOver ? ScanEnd.TimeLimit : null);
            if (Ended is not null)
            {
                return;
            }

            Ended = ScanEnd.Complete;
            if (HasOpen || Propose() is not null)
            {
                throw new InvalidOperationException(
                    $"The workers of the scan in {store.Name} ended before it did. Started again with the same arguments, the program must come to the same RunAsync by itself, and nothing in a trial may end the program.");
            }
        }
    }

    /// <summary>Whether nothing is left to run, here or elsewhere; what processes that have ended held is free again then.</summary>
    internal bool IsOver()
    {
        lock (gate)
        {
            CheckRun();
            Refresh();
            ReleaseGone();
            return Ended is not null;
        }
    }

    /// <summary>Takes a process for a worker: what it holds when it ends is not simply free.</summary>
    internal void Watch(int process)
    {
        lock (gate)
        {
            children.Add(process);
        }
    }

    /// <summary>Ends what a worker held that has died: its trials have failed. Without a message they are free again.</summary>
    internal int Bury(int process, string? message)
    {
        lock (gate)
        {
            children.Remove(process);
            Refresh();
            TrialRecord[] lost = [.. history.Running.Where(trial => ScanOwner.ProcessOf(trial.Owner!) == process)];
            foreach (TrialRecord trial in lost)
            {
                store.Finish(
                    new TrialClaim(trial.Number, trial.Attempt, trial.Owner!),
                    message is null ? new TrialOutcome { State = TrialState.Pending } : Failure(trial, message, TrialMetrics.None));
            }

            Refresh();
            return lost.Length;
        }
    }

    private void ReleaseGone()
    {
        // Workers leave that to the process that runs the scan, which knows how each of them ended.
        string[] gone = isRunner
            ? [.. history.Running.Select(trial => trial.Owner!).Distinct().Where(holder => ScanOwner.ProcessOf(holder) is { } process && !children.Contains(process) && ScanOwner.IsGone(holder))]
            : [];
        foreach (string holder in gone)
        {
            store.Release(holder);
        }

        if (gone.Length > 0)
        {
            Refresh();
        }
    }

    private void BecomeRunner()
    {
        string runner = store.TakeRun(owner, scan.Lease);
        if (runner != owner && ScanOwner.IsGone(runner))
        {
            store.Release(runner);
            runner = store.TakeRun(owner, scan.Lease);
        }

        usurper = runner != owner ? runner : null;
        CheckRun();
    }

    // One who slept for longer than his lease may find that somebody else runs the scan.
    private void CheckRun()
    {
        if (usurper is { } runner)
        {
            throw new TrialStoreException(
                $"The scan in {store.Name} is being run by {ScanOwner.InWords(runner)}. Wait until that has ended, or end it, or take another store: trials beside each other are workers of one run.");
        }
    }

    private void Beat()
    {
        lock (heartGate)
        {
            if (isClosed)
            {
                return;
            }

            try
            {
                foreach (Trial trial in Held())
                {
                    if (!store.Renew(trial.Claim, scan.Lease) && IsHeld(trial))
                    {
                        trial.Lose();
                    }
                }

                if (isRunner && store.TakeRun(owner, scan.Lease) is { } runner && runner != owner)
                {
                    usurper = runner;
                }
            }
            catch (Exception)
            {
                // Whatever a store or who waits for the end of a trial throws: on a timer it would end the program. Whoever uses the store next is told.
            }
        }
    }

    private Trial[] Held()
    {
        lock (gate)
        {
            return [.. held.Values];
        }
    }

    // A trial that was told meanwhile has lost nothing.
    private bool IsHeld(Trial trial)
    {
        lock (gate)
        {
            return held.GetValueOrDefault(trial.Number) == trial;
        }
    }
}
