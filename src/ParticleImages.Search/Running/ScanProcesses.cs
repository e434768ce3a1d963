using System.Diagnostics;
using System.Globalization;

namespace ParticleImages.Search;

/// <summary>The workers of a scan as processes: this program, started again.</summary>
internal sealed class ScanProcesses(Scan scan, ScanSession session)
{
    // So many workers in a row that die without a trial are the program's fault, not a trial's.
    private const int MostWithoutTrial = 3;

    // Between looks at what the workers have done.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    // So long may a process' output go on after it: something that it started may hold it open.
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(2);

    /// <summary>Whether the time was over.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource time = scan.SourceThatEndsAfter(session.TimeLeft);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        Task workers = Task.WhenAll(Enumerable.Range(0, scan.Workers).Select(number => KeepOneAsync(number, end)));
        try
        {
            while (!workers.IsCompleted)
            {
                // For those who follow the progress, and for what workers of an earlier run may have left.
                session.IsOver();
                await Task.WhenAny(workers, Task.Delay(Pause, CancellationToken.None)).ConfigureAwait(false);
            }
        }
        catch
        {
            await end.CancelAsync().ConfigureAwait(false);
            await workers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await workers.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return time.IsCancellationRequested;
    }

    /// <summary>Runs a worker, and the next one where it died.</summary>
    private async Task KeepOneAsync(int number, CancellationTokenSource end)
    {
        try
        {
            for (int withoutTrial = 0; !end.IsCancellationRequested;)
            {
                (int process, int code, string said) = await RunOneAsync(number, end.Token).ConfigureAwait(false);
                bool isTrialsFault = !end.IsCancellationRequested && code is not (ScanWorker.Broken or ScanWorker.Storeless);
                int lost = session.Bury(process, !isTrialsFault ? null : $"The process that ran it ended with code {code}. It said: {said}");
                switch (code)
                {
                    case 0 when lost == 0:
                        return;
                    case ScanWorker.Storeless when !end.IsCancellationRequested:
                        throw new TrialStoreException(said);
                    case ScanWorker.Broken when !end.IsCancellationRequested:
                        throw new InvalidOperationException(said);
                    case ScanWorker.Overdue:
                        continue;
                    default:
                        withoutTrial = lost > 0 ? 0 : withoutTrial + 1;
                        break;
                }

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
        using WorkerOutput output = new(scan.Folder is { } folder ? Path.Combine(folder, FormattableString.Invariant($"worker-{number}.log")) : null);
        using var process = new Process { StartInfo = Command(), EnableRaisingEvents = true };
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult();
        process.OutputDataReceived += (_, line) => output.Keep(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => output.Keep(line.Data, isError: true);
        process.Start();
        session.Watch(process.Id);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await exited.Task.WaitAsync(end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!exited.Task.IsCompleted)
        {
            // The end of its standard input tells the worker to give back its trial.
            process.StandardInput.Close();
            await exited.Task.WaitAsync(ScanWorker.Grace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!exited.Task.IsCompleted)
            {
                process.Kill(entireProcessTree: true);
                await exited.Task.ConfigureAwait(false);
            }
        }

        using var patience = new CancellationTokenSource(Echo);
        await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (process.Id, process.ExitCode, output.Said);
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
}
