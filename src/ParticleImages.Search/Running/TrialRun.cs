namespace ParticleImages.Search;

/// <summary>Runs one attempt at a trial and says how it ended, whatever the objective does.</summary>
internal static class TrialRun
{
    public static async Task TryAsync(ScanSession session, Trial trial, Func<Trial, Task<TrialMetrics>> objective, Scan scan, CancellationToken end)
    {
        using CancellationTokenSource time = scan.SourceThatEndsAfter(scan.TimePerTrial);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(end, trial.Lost, time.Token);
        trial.Cancellation = all.Token;
        try
        {
            TrialMetrics metrics = await objective(trial).ConfigureAwait(false);
            if (time.IsCancellationRequested)
            {
                // Not only for those that listen.
                throw new OperationCanceledException(time.Token);
            }

            session.Tell(trial, metrics);
        }
        catch (TrialPrunedException pruned)
        {
            session.Prune(trial, pruned.Message);
        }
        catch (InfeasibleTrialException infeasible)
        {
            session.Refuse(trial, infeasible.Message);
        }
        catch (Exception problem)
        {
            // What leaves a trial is a failure of that trial, never of the scan, whatever its type: an objective is somebody's code.
            if (session.HasTold(trial))
            {
                throw;
            }

            switch (problem)
            {
                case TrialStoreException:
                    throw;

                // Whatever being cancelled has led to.
                case Exception when end.IsCancellationRequested || trial.Lost.IsCancellationRequested:
                    session.GiveBack(trial);
                    break;
                case OperationCanceledException when time.IsCancellationRequested:
                    session.Fail(trial, FormattableString.Invariant($"It took longer than {scan.TimePerTrial}."));
                    break;
                default:
                    session.Fail(trial, $"{problem.GetType().Name}: {problem.Message}");
                    break;
            }
        }
    }
}
