using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ParticleImages.Search.Storage.Tests;

/// <summary>The program ScanProgram in a process of its own, that is ended with it.</summary>
public sealed class ProgramRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> said;
    private readonly Task<string> complained;

    private ProgramRun(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        process = Process.Start(start)!;
        said = process.StandardOutput.ReadToEndAsync();
        complained = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    /// <summary>All that it said, at its end.</summary>
    public string Said => $"{said.Result}{complained.Result}";

    public static ProgramRun Start(params string[] arguments) =>
        new(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "ScanProgram.exe" : "ScanProgram"), arguments));

    /// <summary>The same through <c>dotnet ScanProgram.dll</c>.</summary>
    public static ProgramRun StartThroughDotnet(params string[] arguments)
    {
        string dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return new(new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "ScanProgram.dll"), .. arguments]));
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int End()
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The program does not end. It said: {Said}");
        }

        return process.ExitCode;
    }

    /// <summary>Waits until something holds, as long as the program runs.</summary>
    /// <returns>Whether it held before the program ended.</returns>
    public bool WaitUntil(Func<bool> holds)
    {
        while (!holds())
        {
            if (process.WaitForExit(TimeSpan.FromMilliseconds(5)))
            {
                return holds();
            }
        }

        return true;
    }

    /// <summary>Waits until something holds while the program runs.</summary>
    public void Await(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        if (!WaitUntil(() => holds() || watch.Elapsed > Patience) || watch.Elapsed > Patience)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It never came to that. The program said: {Said}");
        }
    }

    /// <summary>Waits for the end, which is a good one.</summary>
    public void EndWell()
    {
        if (End() != 0)
        {
            Assert.Fail($"It ended with code {process.ExitCode} and said: {Said}");
        }
    }

    public bool WaitForEnd(TimeSpan time) => process.WaitForExit(time);

    /// <summary>SIGKILL, which leaves a program no chance to tidy up.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
