namespace ParticleImages.Search;

/// <content>Who holds what: claims are kept alive, and those of processes that have ended are freed.</content>
public sealed partial class ScanSession
{
    /// <summary>Says why the run ended whose workers have all ended.</summary>
    internal void Conclude()
    {
        lock (gate)
        {
            Refresh();
            Ended = meter.EndOfRun(Begun - BegunBefore) ?? ScanEnd.Complete;
        }
    }

    /// <summary>Whether nothing is left to run, here or elsewhere; what processes that have ended held is free again then.</summary>
    internal bool IsOver()
    {
        lock (gate)
        {
            Refresh();
            ReleaseGone();
            return Ended is not null;
        }
    }

    /// <summary>Ends what a process held that has died: its trials have failed.</summary>
    internal int Bury(int process, string message)
    {
        lock (gate)
        {
            Refresh();
            TrialRecord[] lost = [.. history.Running.Where(trial => ScanOwner.ProcessOf(trial.Owner!) == process)];
            foreach (TrialRecord trial in lost)
            {
                store.Finish(new TrialClaim(trial.Number, trial.Attempt, trial.Owner!), Failure(trial, message, TrialMetrics.None));
            }

            Refresh();
            return lost.Length;
        }
    }

    private void ReleaseGone()
    {
        string[] gone = [.. history.Running.Select(trial => trial.Owner!).Distinct().Where(ScanOwner.IsGone)];
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

        if (runner != owner)
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

                _ = isRunner ? store.TakeRun(owner, scan.Lease) : owner;
            }
            catch (TrialStoreException)
            {
                // Whoever uses the store next is told; here nobody would hear it.
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
            return held.ContainsKey(trial.Number);
        }
    }
}
