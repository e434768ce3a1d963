using System.Globalization;
using System.Runtime.InteropServices;

namespace ParticleImages.Search;

/// <summary>This process as a worker of a scan that another process, its parent, runs.</summary>
internal sealed class ScanWorker
{
    /// <summary>The exit code of a worker whose run ended with an exception, which stands on its standard error.</summary>
    public const int Broken = 70;

    /// <summary>As <see cref="Broken"/>, where it was the store that failed.</summary>
    public const int Storeless = 72;

    /// <summary>The exit code of a worker whose trial did not end when its time was over. It has failed already.</summary>
    public const int Overdue = 71;

    private const string Variable = "PARTICLE_IMAGES_SCAN_WORKER";

    /// <summary>So long may a trial take to end when it is told to.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(10);

    // Taken out of the environment, since programs that a trial starts are no workers.
    private static readonly string[] Own = Take();
    private static volatile bool hasBegun;

    private readonly int threads;
    private readonly int begunBefore;
    private readonly DateTime? deadline;

    private ScanWorker(int threads, int begunBefore, DateTime? deadline)
    {
        this.threads = threads;
        this.begunBefore = begunBefore;
        this.deadline = deadline;
    }

    /// <summary>What makes a process a worker.</summary>
    public static (string Name, string Value) Mark(Scan scan, ScanSession session) => (
        Variable,
        string.Create(CultureInfo.InvariantCulture, $"{scan.ThreadsPerTrial} {session.BegunBefore} {(DateTime.UtcNow + session.TimeLeft)?.Ticks} {scan.Store!.Name}"));

    /// <summary>Null where this process is no worker of the store's scan.</summary>
    public static ScanWorker? Of(ITrialStore store)
    {
        if (hasBegun || Own is not [var threads, var begunBefore, var deadline, var name] || name != store.Name)
        {
            return null;
        }

        hasBegun = true;
        return new ScanWorker(
            int.Parse(threads, CultureInfo.InvariantCulture),
            int.Parse(begunBefore, CultureInfo.InvariantCulture),
            deadline.Length > 0 ? new DateTime(long.Parse(deadline, CultureInfo.InvariantCulture), DateTimeKind.Utc) : null);
    }

    /// <summary>
    /// What a worker gets of a scan that is not its own, and that its program comes to before it: what is in that scan's store, since the process that runs both has run
    /// it. Null where this process is no worker, or the scan has to be run again since nothing was kept.
    /// </summary>
    public static ScanResult? ResultOfAnother(Scan scan)
    {
        // A scan in a trial is one like any other.
        if (hasBegun || Own is not [_, _, _, var own])
        {
            return null;
        }

        if (scan.Store!.Header is not null)
        {
            using var session = new ScanSession(scan, scan.ThreadsPerTrial, begunBefore: 0);
            return session.Result;
        }

        if (scan.InOwnProcesses)
        {
            // Its workers would come here again, and theirs.
            Console.Error.WriteLine(
                $"A worker of the scan in {own} came to a scan in {scan.Store.Name} instead, which has not begun. The name of the store must be the same whenever the program starts.");
            Environment.Exit(Broken);
        }

        return null;
    }

    /// <summary>Runs trials until there are none, and ends the process.</summary>
    public async Task<ScanResult> RunAsync(Scan scan, Func<Trial, Task<TrialMetrics>> objective)
    {
        using var parent = new CancellationTokenSource();

        // Not one of the pool's threads, of which a worker with one core has one.
        new Thread(() => WaitForParent(parent)) { IsBackground = true }.Start();

        // What a terminal or a batch system sends reaches workers, too; whether the run ends is for the parent to say, and its own end ends them.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        try
        {
            // The time that the program took to come here is gone.
            Scan own = scan.InThreads(1, threads).ReportTo(null) with { WallTime = deadline - DateTime.UtcNow };
            using var session = new ScanSession(own, threads, begunBefore) { IsAlone = scan.Workers == 1 };
            await own.RunOnThreadsAsync(session, trial => TryInTimeAsync(own, session, trial, objective), parent.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (parent.IsCancellationRequested)
        {
        }
        catch (Exception problem)
        {
            await Console.Error.WriteLineAsync(problem.Message).ConfigureAwait(false);
            Environment.Exit(problem is TrialStoreException ? Storeless : Broken);
        }

        // What stands behind the scan in the program is for the process that runs it.
        Environment.Exit(0);
        throw new InvalidOperationException();
    }

    private static string[] Take()
    {
        string[] parts = Environment.GetEnvironmentVariable(Variable)?.Split(' ', 4) ?? [];
        Environment.SetEnvironmentVariable(Variable, null);
        return parts;
    }

    // Nobody else can end a trial that does not listen.
    private static async Task<TrialMetrics> TryInTimeAsync(Scan scan, ScanSession session, Trial trial, Func<Trial, Task<TrialMetrics>> objective)
    {
        using CancellationTokenSource late = scan.SourceThatEndsAfter(scan.TimePerTrial + Grace);
        using CancellationTokenRegistration registration = late.Token.Register(() =>
        {
            session.Fail(trial, FormattableString.Invariant($"It took longer than {scan.TimePerTrial} and did not end when it was cancelled."));
            Environment.Exit(Overdue);
        });
        return await objective(trial).ConfigureAwait(false);
    }

    // The parent holds the other end of standard input and never writes: the end of it is the parent's end, also by SIGKILL.
    private static void WaitForParent(CancellationTokenSource parent)
    {
        while (Console.In.Read() >= 0)
        {
        }

        parent.Cancel();

        // Whoever runs the scan next shall not wait for a trial that does not listen.
        Thread.Sleep(Grace);
        Environment.Exit(Broken);
    }
}
