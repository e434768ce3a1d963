using ParticleImages.Terminal;
using Spectre.Console;
using Spectre.Console.Testing;

namespace ParticleImages.Cli.Tests.Terminal;

/// <summary>A screen on a terminal of some size that is none: what would be seen is kept as lines.</summary>
internal sealed class ExampleScreen : IDisposable
{
    private readonly TestConsole console = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    /// <param name="width">Cells in a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="answers">Whether answers go to the terminal.</param>
    /// <param name="progress">Whether problems and progress go to the terminal.</param>
    public ExampleScreen(int width = 80, int height = 24, bool answers = true, bool progress = true)
    {
        console.Width(width).Height(height).SupportsAnsi(true).Interactive();
        Screen = new Screen(output, error, answers ? console : null, progress ? console : null);
    }

    public Screen Screen { get; }

    /// <summary>All that the terminal got, without its control sequences.</summary>
    public string Text => console.Output;

    public string[] Lines => [.. console.Output.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];

    /// <summary>What went to standard output, where that is no terminal.</summary>
    public string Output => output.ToString();

    /// <summary>What went to standard error, where that is no terminal.</summary>
    public string Error => error.ToString();

    /// <summary>What a screen writes to a terminal, letter by letter.</summary>
    public static string Written(Action<Screen> write, ColorSystemSupport colors = ColorSystemSupport.Standard)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = colors, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 80;
        write(new Screen(text, text, console, console));
        return text.ToString();
    }

    public void Dispose()
    {
        console.Dispose();
        output.Dispose();
        error.Dispose();
    }
}
