using System.Diagnostics;
using ParticleImages.Search;

namespace ScanProgram;

internal static class Objectives
{
    public static TrialMetrics Try(string kind, Trial trial, string[] arguments) => kind is "random" or "adaptive" ? Train(trial) : Work(kind, trial, arguments);

    /// <summary>A number that hangs on every character of the arguments and on where one ends.</summary>
    public static int Hash(string[] arguments) => string.Join('\0', arguments).Aggregate(arguments.Length, (hash, letter) => unchecked((hash * 31) + letter) & 0xFFFFFF);

    /// <summary>Five epochs that go on from a checkpoint where there is one: every attempt comes to the same.</summary>
    private static TrialMetrics Train(Trial trial)
    {
        int width = trial.Get(Scans.Width);
        var random = new Random(trial.Seed);
        for (int epoch = 0; epoch < 5; epoch++)
        {
            double loss = random.NextDouble() / (1 + epoch);
            Thread.Sleep(random.Next(4));
            if (width % 11 == 4 && epoch == 3)
            {
                throw new FormatException($"Width {width} is broken.");
            }

            trial.Report(epoch, TrialMetrics.None.And("loss", loss, loss / 7));
        }

        if (width % 19 == 7)
        {
            throw new InfeasibleTrialException("Found out late.");
        }

        return TrialMetrics.Of(("score", width % 7 == 6 ? double.NaN : Math.Sin(width) / 3), ("other", double.PositiveInfinity));
    }

    private static TrialMetrics Work(string kind, Trial trial, string[] arguments)
    {
        int width = (int)trial.Configuration["width"].AsInteger();
        if (width == 2)
        {
            switch (kind)
            {
                case "crash":
                case "retried" when trial.Attempt == 1:
                    Environment.FailFast("Broken on purpose.");
                    break;
                case "kill":
                    Process.GetCurrentProcess().Kill();
                    Thread.Sleep(Timeout.Infinite);
                    break;
                case "leave":
                    Environment.Exit(0);
                    break;
                case "orphan":
                    // Holds the worker's output open behind its end.
                    Process.Start(new ProcessStartInfo("sleep", "60"));
                    Environment.FailFast("Broken on purpose.");
                    break;
            }
        }

        while (kind is "deaf" or "endless" && width == 1)
        {
            Thread.Sleep(100);
        }

        Directory.CreateDirectory(trial.Folder!);
        File.AppendAllText(Path.Combine(trial.Folder!, "attempts.txt"), $"{trial.Attempt}\n");
        trial.Cancellation.WaitHandle.WaitOne(kind is "patient" or "deaf" or "cancelled" ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(20));
        trial.Cancellation.ThrowIfCancellationRequested();
        Console.WriteLine($"trial {trial.Number} in {Environment.ProcessId}");
        return TrialMetrics.Of(("loss", width), ("process", Environment.ProcessId), ("cores", Environment.ProcessorCount), ("threads", trial.Threads), ("arguments", Hash(arguments)));
    }
}
