using System.Diagnostics.CodeAnalysis;

namespace ParticleImages.Search;

/// <summary>One configuration that is being tried: what an objective is given. Its reports are in the store when <see cref="Report(int, TrialMetrics)"/> returns.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A source without a timer or a wait handle has nothing to release.")]
public sealed class Trial
{
    private readonly ScanSession session;
    private readonly CancellationTokenSource lost = new();
    private readonly List<TrialReport> reports;
    private int nextStep;

    /// <param name="record">The trial, claimed.</param>
    /// <param name="session">The scan.</param>
    /// <param name="threads">Threads that it may use.</param>
    /// <param name="folder">Its own folder.</param>
    /// <param name="earlier">What earlier attempts had reported: one that goes on from a checkpoint has those of the steps before it.</param>
    internal Trial(TrialRecord record, ScanSession session, int threads, string? folder, IEnumerable<TrialReport> earlier)
    {
        reports = [.. earlier];
        Record = record;
        this.session = session;
        Threads = threads;
        Folder = folder;
        Cancellation = lost.Token;
    }

    /// <summary>The number of the trial in its scan, from 0.</summary>
    public int Number => Record.Number;

    /// <summary>Which repeat of its configuration it is, from 0.</summary>
    public int Repeat => Record.Repeat;

    /// <summary>Which attempt it is, from 1: higher where an earlier one was interrupted or failed.</summary>
    public int Attempt => Record.Attempt;

    /// <summary>The seed for everything random in it, 0 or more: the same at every attempt and in every scan with this seed, configuration and repeat.</summary>
    public int Seed => Record.Seed;

    /// <summary>What is tried.</summary>
    public Configuration Configuration => Record.Configuration;

    /// <summary>How many threads the trial may use, so that those that run beside it have theirs.</summary>
    public int Threads { get; }

    /// <summary>A folder of the trial's own, the same at every attempt: for checkpoints. Not created; null unless <see cref="Scan.FilesIn"/> named one.</summary>
    public string? Folder { get; }

    /// <summary>Ends the trial: somebody cancelled the scan, the trial's time is over, or another process has taken it over.</summary>
    public CancellationToken Cancellation { get; internal set; }

    /// <summary>What <see cref="Note"/> has set in this attempt.</summary>
    public TrialNotes Notes { get; private set; } = TrialNotes.None;

    internal TrialRecord Record { get; }

    internal TrialClaim Claim => new(Number, Attempt, Record.Owner!);

    internal IReadOnlyList<TrialReport> Reports => reports;

    internal CancellationToken Lost => lost.Token;

    /// <summary>The value of a parameter.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">One of the space.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">It has none in this configuration.</exception>
    public T Get<T>(IParameter<T> parameter) => Configuration.Get(parameter);

    /// <summary>Says what the trial has come to so far.</summary>
    /// <param name="step">
    /// The epoch, or whatever the trial counts; 0 or more, above the one before in this attempt. An attempt that goes on from a checkpoint begins with the step behind it: what the
    /// interrupted one reported of earlier steps stays, of this and later ones it is replaced.
    /// </param>
    /// <param name="metrics">At least one.</param>
    /// <exception cref="ArgumentException">There is no metric.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative or not above the one before.</exception>
    /// <exception cref="TrialPrunedException">The scan's pruner ends the trial.</exception>
    /// <exception cref="OperationCanceledException"><see cref="Cancellation"/> was cancelled.</exception>
    public void Report(int step, TrialMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, nextStep);
        if (metrics.Count == 0)
        {
            throw new ArgumentException($"Trial {Number} reports no metric at step {step}.", nameof(metrics));
        }

        var report = new TrialReport(step, metrics);
        reports.RemoveAll(earlier => earlier.Step >= step);
        reports.Add(report);
        nextStep = step + 1;
        session.Report(this, report);
        Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Says what the trial has come to so far.</summary>
    /// <param name="step">The epoch, or whatever the trial counts; 0 or more, above the one before.</param>
    /// <param name="metrics">Names and values, at least one.</param>
    /// <inheritdoc cref="Report(int, TrialMetrics)" path="/exception"/>
    public void Report(int step, params ReadOnlySpan<(string Name, double Value)> metrics) => Report(step, TrialMetrics.Of(metrics));

    /// <summary>Says where the result comes from: a column of the table. It is in the store when the attempt has ended, however it ended but by the process' death.</summary>
    /// <param name="name">Not empty, for example <c>device</c>.</param>
    /// <param name="text">Any text; what the name had before is replaced.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public void Note(string name, string text) => Notes = Notes.With(name, text);

    /// <summary>
    /// Sets what is done once the store has what the trial came to, and no further attempt will follow: such as deleting the checkpoint from which one would have gone on. The last call wins. Not called where
    /// the trial is given back, is to be tried again, or belongs to another process by now.
    /// </summary>
    /// <param name="action">It may not throw: the trial has ended already, and nobody could be told.</param>
    public void WhenEnded(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        End = action;
    }

    internal Action End { get; private set; } = () => { };

    // The claim is somebody else's now: whatever comes of this attempt counts no more.
    internal void Lose() => lost.Cancel();
}
