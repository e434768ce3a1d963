using System.Diagnostics.CodeAnalysis;

namespace ParticleImages.Search;

[SuppressMessage("ApiDesign", "RS0026:Do not add multiple public overloads with optional parameters", Justification = "Their first parameters, which are not optional, keep them apart.")]
public sealed partial record Scan
{
    // How long a worker waits before it looks again whether others have left something.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Timers refuse more than 49 days; a run that long has no limit.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    internal ScanHeader Header => new(
        Space.Identity,
        Strategy!.Identity,
        string.Join("; ", Objectives),
        Strategy.Seed,
        Repeats,
        Subject);

    /// <summary>Opens the scan for code that owns its own loop.</summary>
    /// <returns>The open scan, to be disposed of.</returns>
    /// <exception cref="InvalidOperationException">Strategy, objective or store are missing, or a share of the space is no whole trial.</exception>
    /// <exception cref="TrialStoreException">The store has another scan, or another process runs this one.</exception>
    public ScanSession Open()
    {
        CheckWhole();
        return new ScanSession(this, ThreadsPerTrial);
    }

    /// <summary>Runs the scan with an objective that gives the value of the only metric.</summary>
    /// <param name="objective">Tries a configuration. Called from other threads, and from several at once where the scan has workers.</param>
    /// <param name="cancellation">Ends the run; trials that are in flight are given back, and everything is kept.</param>
    /// <returns>What the trials came to.</returns>
    /// <inheritdoc cref="RunAsync(Func{Trial, Task{TrialMetrics}}, CancellationToken)" path="/exception"/>
    public Task<ScanResult> RunAsync(Func<Trial, double> objective, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        CheckWhole();
        return RunAsync(trial => TrialMetrics.Of((Objectives[0].Metric, objective(trial))), cancellation);
    }

    /// <summary>Runs the scan with an objective that gives metrics.</summary>
    /// <param name="objective">Tries a configuration. Called from other threads, and from several at once where the scan has workers.</param>
    /// <param name="cancellation">Ends the run; trials that are in flight are given back, and everything is kept.</param>
    /// <returns>What the trials came to.</returns>
    /// <inheritdoc cref="RunAsync(Func{Trial, Task{TrialMetrics}}, CancellationToken)" path="/exception"/>
    public Task<ScanResult> RunAsync(Func<Trial, TrialMetrics> objective, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return RunAsync(trial => Task.FromResult(objective(trial)), cancellation);
    }

    /// <summary>Runs the scan to its end, or on from where it was interrupted.</summary>
    /// <param name="objective">
    /// Tries a configuration: may report on its way, and returns every objective's metric that it has not reported. Its exceptions are recorded as the trial's failure, but for
    /// <see cref="InfeasibleTrialException"/>, <see cref="TrialPrunedException"/> and an end by <see cref="Trial.Cancellation"/>.
    /// </param>
    /// <param name="cancellation">Ends the run; trials that are in flight are given back, and everything is kept.</param>
    /// <returns>What the trials came to. In a worker process it never returns: the process ends.</returns>
    /// <exception cref="InvalidOperationException">
    /// Strategy, objective or store are missing; a trial has no metric of an objective's name; nothing can be found that the space allows; or the workers are processes, and the store is
    /// in memory, or they do not come to this scan.
    /// </exception>
    /// <exception cref="TrialStoreException">The store has another scan, or another process runs this one, or it failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ScanResult> RunAsync(Func<Trial, Task<TrialMetrics>> objective, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        CheckWhole();
        if (ScanWorker.Of(Store!) is { } worker)
        {
            return await worker.RunAsync(this, objective).ConfigureAwait(false);
        }

        if (ScanWorker.ResultOfAnother(this) is { } known)
        {
            return known;
        }

        if (InOwnProcesses && Store is MemoryTrialStore)
        {
            throw new InvalidOperationException("Other processes cannot see a store in memory. Run the scan InThreads, or keep it in a file: StoreIn(SqliteTrialStore.Open(\"scan.db\")).");
        }

        using ScanSession session = Open();
        session.IsAlone = Workers == 1;
        bool timeIsOver = await (InOwnProcesses ? new ScanProcesses(this, session).RunAsync(cancellation) : RunOnThreadsAsync(session, objective, cancellation)).ConfigureAwait(false);
        session.Conclude(timeIsOver);
        return session.Result;
    }

    /// <summary>A source of cancellation by this scan's clock.</summary>
    internal CancellationTokenSource SourceThatEndsAfter(TimeSpan? time) => time < LongestTimer
        ? new CancellationTokenSource(time > TimeSpan.Zero ? time.Value : TimeSpan.Zero, Clock)
        : new CancellationTokenSource();

    internal async Task<bool> RunOnThreadsAsync(ScanSession session, Func<Trial, Task<TrialMetrics>> objective, CancellationToken cancellation)
    {
        using CancellationTokenSource time = SourceThatEndsAfter(session.TimeLeft);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        Task[] workers = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(session, objective, end), CancellationToken.None))];
        await Task.WhenAll(workers).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return time.IsCancellationRequested;
    }

    private static async Task WorkAsync(ScanSession session, Func<Trial, Task<TrialMetrics>> objective, CancellationTokenSource end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                if (session.Ask() is { } trial)
                {
                    await session.TryAsync(trial, objective, end.Token).ConfigureAwait(false);
                }
                else if (session.IsOver())
                {
                    return;
                }
                else
                {
                    await Task.Delay(Pause, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        catch
        {
            // What ends one worker's run ends the run: the others stop, and their trials are given back.
            await end.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void CheckWhole()
    {
        if (Strategy is null)
        {
            throw new InvalidOperationException("The scan has no strategy. Say how to search: With(SearchStrategy.Random(trials: 14, seed: 7)).");
        }

        if (Objectives.IsEmpty)
        {
            throw new InvalidOperationException("The scan has no objective. Say what is wanted: Minimize(\"val_loss\").");
        }

        if (Store is null)
        {
            throw new InvalidOperationException("The scan has no store. Say where its trials are kept: StoreIn(SqliteTrialStore.Open(\"scan.db\")), or StoreIn(TrialStore.InMemory()) for what need not survive.");
        }
    }
}
