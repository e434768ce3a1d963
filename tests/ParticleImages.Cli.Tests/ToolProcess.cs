using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ParticleImages.Cli.Tests;

/// <summary>The built tool in a process of its own.</summary>
public static class ToolProcess
{
    /// <summary>Runs the tool to its end.</summary>
    public static async Task<ToolRun> Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ToolRun(process.ExitCode, output, await error);
    }

    /// <summary>Starts the tool.</summary>
    public static Process Start(params string[] arguments) => Start([], arguments);

    /// <summary>The command that is the tool.</summary>
    public static string[] Command()
    {
        // The program that runs these tests, by which the tool starts wherever the runtime is installed.
        string dotnet = Path.GetFullPath(Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        string[] command = [dotnet, Path.Combine(AppContext.BaseDirectory, "particle-images.dll")];

        // A shell's background job ignores SIGINT and passes that on to its children.
        return OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. command] : command;
    }

    /// <summary>Starts the tool with variables of its environment.</summary>
    public static Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        string[] command = [.. Command(), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Sends a signal and waits for the end.</summary>
    public static async Task Signal(Process process, string signal)
    {
        using (Process kill = Process.Start("kill", [$"-{signal}", FormattableString.Invariant($"{process.Id}")]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
    }
}
