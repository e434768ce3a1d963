using System.Globalization;

namespace ParticleImages.Search;

/// <summary>This process as a worker of a scan that another process, its parent, runs.</summary>
internal sealed class ScanWorker
{
    /// <summary>The exit code of a worker whose run ended with an exception, which stands on its standard error.</summary>
    public const int Broken = 70;

    private const string Variable = "PARTICLE_IMAGES_SCAN_WORKER";

    private readonly int threads;
    private readonly int begunBefore;
    private readonly TimeSpan? timeLeft;

    private ScanWorker(int threads, int begunBefore, TimeSpan? timeLeft)
    {
        this.threads = threads;
        this.begunBefore = begunBefore;
        this.timeLeft = timeLeft;
    }

    /// <summary>What makes a process a worker.</summary>
    public static (string Name, string Value) Mark(Scan scan, ScanSession session) => (
        Variable,
        string.Create(CultureInfo.InvariantCulture, $"{scan.ThreadsPerTrial} {session.BegunBefore} {session.TimeLeft?.TotalSeconds:R} {scan.Store!.Name}"));

    /// <summary>Null where this process is no worker of the store's scan.</summary>
    public static ScanWorker? Of(ITrialStore store)
    {
        string[] parts = Environment.GetEnvironmentVariable(Variable)?.Split(' ', 4) ?? [];
        return parts.Length == 4 && parts[3] == store.Name
            ? new ScanWorker(
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                int.Parse(parts[1], CultureInfo.InvariantCulture),
                parts[2].Length > 0 ? TimeSpan.FromSeconds(double.Parse(parts[2], CultureInfo.InvariantCulture)) : null)
            : null;
    }

    /// <summary>Runs trials until there are none, and ends the process.</summary>
    public async Task<ScanResult> RunAsync(Scan scan, Func<Trial, Task<TrialMetrics>> objective)
    {
        using var parent = new CancellationTokenSource();
        _ = Task.Run(() => WaitForParent(parent), CancellationToken.None);
        try
        {
            Scan own = scan.InThreads(1, threads).ReportTo(null) with { WallTime = timeLeft };
            using var session = new ScanSession(own, threads, begunBefore);
            await own.RunOnThreadsAsync(session, objective, parent.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (parent.IsCancellationRequested)
        {
        }
        catch (Exception problem)
        {
            await Console.Error.WriteLineAsync(problem.Message).ConfigureAwait(false);
            Environment.Exit(Broken);
        }

        // What stands behind the scan in the program is for the process that runs it.
        Environment.Exit(0);
        throw new InvalidOperationException();
    }

    // The parent holds the other end of standard input and never writes: the end of it is the parent's end, also by SIGKILL.
    private static void WaitForParent(CancellationTokenSource parent)
    {
        while (Console.In.Read() >= 0)
        {
        }

        parent.Cancel();
    }
}
