using System.Diagnostics;

namespace ParticleImages.TestKit;

/// <summary>numpy itself as a judge of the files we write, on machines that have it.</summary>
public static class PythonNumpy
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Whether the machine has it. Where it is false a test says so and ends: stored files check the reading half.</summary>
    public static bool IsPresent { get; } = File.Exists(Interpreter) && Start("import numpy", []).ExitCode == 0;

    /// <summary>Runs a script and returns what it printed, without the line end.</summary>
    public static string Run(string script, params string[] arguments)
    {
        (int exitCode, string output, string error) = Start(script, arguments);
        return exitCode == 0 ? output.TrimEnd() : throw new InvalidOperationException(error);
    }

    private static (int ExitCode, string Output, string Error) Start(string script, string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
