using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace ParticleImages.Benchmarks;

/// <summary>One side of an engine's ratio in a process of its own: with its own memory, allocator and native libraries.</summary>
public static class EngineChild
{
    /// <summary>The first argument of such a process.</summary>
    public const string Verb = "measure-engine";

    private static readonly (string Name, string Value)[] Tuned =
        [("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "-1"), ("MALLOC_ARENA_MAX", "1")];

    // What a user's shell may have set for either.
    private static readonly string[] Foreign = ["MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD", "OMP_", "GOMP_", "KMP_", "MKL_", "DNNL_", "ONEDNN_", "PARTICLE_IMAGES_"];

    /// <summary>Measures in a child process.</summary>
    /// <param name="side">An engine of the library, or <see cref="SequentialEngine.Name"/>.</param>
    /// <param name="task">What it computes.</param>
    /// <param name="isTuned">Whether glibc's allocator keeps memory; otherwise the process is as shipped.</param>
    /// <exception cref="InvalidOperationException">The process failed; the message has what it said.</exception>
    public static EngineMeasurement Measure(string side, EngineTask task, bool isTuned)
    {
        // Through dotnet the program is an argument of dotnet's.
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        var start = new ProcessStartInfo(program, [.. host, Verb, side, task.Name]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in isTuned ? Tuned : [])
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        Task<string> error = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? JsonSerializer.Deserialize<EngineMeasurement>(output)!
            : throw new InvalidOperationException($"{Verb} {side} {task.Name} ended with code {child.ExitCode}: {error.Result}");
    }

    /// <summary>Is such a process.</summary>
    /// <param name="side">An engine of the library, or <see cref="SequentialEngine.Name"/>.</param>
    /// <param name="task">What it computes, by its name.</param>
    /// <param name="answer">Receives a line of JSON.</param>
    public static void Run(string side, string task, TextWriter answer)
    {
        (StepClock clock, double value) = side == SequentialEngine.Name
            ? SequentialEngine.Measure(EngineTask.Of(task))
            : LibraryEngine.Measure(side, EngineTask.Of(task));
        if (!double.IsFinite(value))
        {
            throw new InvalidOperationException($"{side} made {value.ToString(CultureInfo.InvariantCulture)} of {task}.");
        }

        answer.WriteLine(JsonSerializer.Serialize(new EngineMeasurement(side, clock.Events, clock.Seconds, PeakBytes(), value)));
    }

    private static long PeakBytes()
    {
        if (OperatingSystem.IsLinux())
        {
            // From ten gigabytes on only a tab stands before the number.
            string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }

        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
