using System.CommandLine;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>
/// The whole tool: reads the command line, runs a verb, and makes every problem one sentence on standard error and an
/// <see cref="ExitCode"/>.
/// </summary>
internal static class Tool
{
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Receives the answer.</param>
    /// <param name="error">Receives what went wrong.</param>
    /// <param name="tuneAllocator">What begins the process again where it is the tool's own, before a verb that torch computes for.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, Action? tuneAllocator = null)
    {
        var root = new RootCommand("Calorimeter images in files: look into them, convert them, simulate some, bin them in time to voxels, and train networks that tell electrons from photons.")
        {
            new InspectCommand(),
            new ConvertCommand(),
            new SimulateCommand(),
            new VoxelizeCommand(),
            new TrainCommand(),
            new ScanCommand(),
            new EvaluateCommand(),
            new PredictCommand(),
            new NetworkCommand(),
            new ExportOnnxCommand(),
            new ReportCommand(),
            new WatchCommand(),
        };

        // A file may be called @run7.hdf5; it is no list of arguments.
        var parser = new ParserConfiguration { ResponseFileTokenReplacer = null };
        if (arguments.Length == 0)
        {
            // A script whose arguments got lost must notice: the help is an answer, but not the one that was asked for.
            await root.Parse(["--help"], parser).InvokeAsync(new InvocationConfiguration { Output = error, Error = error });
            return ExitCode.WrongUsage;
        }

        ParseResult parsed = root.Parse(arguments, parser);
        if (parsed.Errors.Count > 0)
        {
            return WrongUsage(parsed, MostHelpful(parsed, arguments), Screen.On(output, error));
        }

        if (parsed.Action == parsed.CommandResult.Command.Action && parsed.CommandResult.Command is ITorchCommand verb && verb.WantsTunedAllocator(parsed))
        {
            tuneAllocator?.Invoke();
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,

                // After Ctrl-C a verb stops at its next block of events, which takes a moment on a slow disk.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            });
        }
        catch (UsageException problem)
        {
            return WrongUsage(parsed, Sentence.Of(problem), Screen.On(output, error));
        }
        catch (StoppedException stop)
        {
            Screen.On(output, error).Remark(Sentence.Of(stop));
            return ExitCode.Interrupted;
        }
        catch (OperationCanceledException)
        {
            Screen.On(output, error).Remark("Stopped: files that were finished before are whole, all others are as they were.");
            return ExitCode.Interrupted;
        }
        catch (Exception problem)
        {
            Screen.On(output, error).Complain(Sentence.Of(problem));
            return ExitCode.Failed;
        }
    }

    // A mistyped word makes the parser miss other things, too; the error about the word is the one that helps.
    private static string MostHelpful(ParseResult parsed, string[] arguments) =>
        (parsed.Errors.FirstOrDefault(problem => arguments.Any(word => problem.Message.Contains($"'{word}'", StringComparison.Ordinal)))
            ?? parsed.Errors[0]).Message;

    private static int WrongUsage(ParseResult parsed, string problem, Screen screen)
    {
        string verb = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
        screen.Complain(problem.ReplaceLineEndings(" "));
        screen.Remark($"See particle-images{verb} --help.");
        return ExitCode.WrongUsage;
    }
}
