using System.Diagnostics;
using System.Globalization;

namespace ParticleImages.Search;

/// <summary>The workers of a scan as processes: this program, started again.</summary>
internal sealed class ScanProcesses(Scan scan, ScanSession session)
{
    private const int LinesKept = 20;

    // So many workers in a row that die without a trial are the program's fault, not a trial's.
    private const int MostWithoutTrial = 3;

    // So long may a worker take to give back its trial when the run is cancelled.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (session.TimeLeft is { } left)
        {
            end.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        Task[] workers = [.. Enumerable.Range(0, scan.Workers).Select(number => KeepOneAsync(number, end))];
        await Task.WhenAll(workers).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        session.Conclude();
    }

    /// <summary>Runs a worker, and the next one where it died.</summary>
    private async Task KeepOneAsync(int number, CancellationTokenSource end)
    {
        try
        {
            for (int withoutTrial = 0; !end.IsCancellationRequested;)
            {
                (int process, int code, string said) = await RunOneAsync(number, end.Token).ConfigureAwait(false);
                if (code == 0 || end.IsCancellationRequested)
                {
                    return;
                }

                if (code == ScanWorker.Broken)
                {
                    throw new InvalidOperationException(said);
                }

                withoutTrial = session.Bury(process, $"The process that ran it ended with code {code}. It said: {said}") > 0 ? 0 : withoutTrial + 1;
                if (withoutTrial == MostWithoutTrial)
                {
                    throw new InvalidOperationException($"{MostWithoutTrial} worker processes in a row ended without a trial, the last with code {code}. It said: {said}");
                }
            }
        }
        catch
        {
            await end.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<(int Process, int Code, string Said)> RunOneAsync(int number, CancellationToken end)
    {
        using var process = new Process { StartInfo = Command() };
        var last = new Queue<string>();
        using TextWriter? log = OpenLog(number);
        void Keep(string? line)
        {
            lock (last)
            {
                if (line is not null)
                {
                    log?.WriteLine(line);
                    last.Enqueue(line);
                    if (last.Count > LinesKept)
                    {
                        last.Dequeue();
                    }
                }
            }
        }

        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(Grace);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        // Until its output has ended, too.
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        lock (last)
        {
            return (process.Id, process.ExitCode, last.Count > 0 ? string.Join('\n', last) : "nothing");
        }
    }

    private ProcessStartInfo Command()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The system does not say which program this is, so it cannot be started again. Run the scan InThreads.");
        string[] arguments = Environment.GetCommandLineArgs();

        // Under dotnet the first argument is the assembly, which dotnet wants again; a program of its own has itself there.
        bool hosted = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var command = new ProcessStartInfo(program, hosted ? arguments : arguments.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string name, string value) = ScanWorker.Mark(scan, session);
        string threads = scan.ThreadsPerTrial.ToString(CultureInfo.InvariantCulture);
        command.Environment[name] = value;

        // The runtime, OpenMP and MKL each count cores for themselves.
        command.Environment["DOTNET_PROCESSOR_COUNT"] = threads;
        command.Environment["OMP_NUM_THREADS"] = threads;
        command.Environment["MKL_NUM_THREADS"] = threads;
        return command;
    }

    private StreamWriter? OpenLog(int number)
    {
        if (scan.Folder is not { } folder)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        return new StreamWriter(Path.Combine(folder, FormattableString.Invariant($"worker-{number}.log")), append: true) { AutoFlush = true };
    }
}
