using Spectre.Console;

namespace Samples;

/// <summary>What the program shows and says must hold, and whether it did: in colours and within its width on a terminal, in plain whole lines in a file or a pipe.</summary>
internal sealed class Checks
{
    private readonly IAnsiConsole output = ConsoleOn(Console.Out, Console.IsOutputRedirected);
    private readonly IAnsiConsole error = ConsoleOn(Console.Error, Console.IsErrorRedirected);
    private int broken;

    /// <summary>0 if everything held, else 1.</summary>
    public int ExitCode => broken == 0 ? 0 : 1;

    /// <summary>Prints a chapter's title.</summary>
    public void Begin(string chapter) => output.Write(new Text(chapter + "\n", new Style(decoration: Decoration.Bold)));

    /// <summary>Prints a sentence.</summary>
    public void Say(string sentence) => Write(output, sentence, Style.Plain);

    /// <summary>Prints a table of numbers.</summary>
    /// <param name="names">The columns' names.</param>
    /// <param name="rows">Rows of as many cells.</param>
    public void Say(string[] names, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumns([.. names.Select(name => new TableColumn(new Text(name)) { Alignment = Justify.Right })]);
        foreach (string[] row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        output.Write(table);
    }

    /// <summary>Prints a sentence that holds; one that does not goes to standard error.</summary>
    public void Hold(bool holds, string sentence)
    {
        if (holds)
        {
            Write(output, $"ok: {sentence}", new Style(Color.Green));
            return;
        }

        broken++;
        Write(error, $"does not hold: {sentence}", new Style(Color.Red));
    }

    /// <summary>Prints whether everything held.</summary>
    /// <returns><see cref="ExitCode"/>.</returns>
    public int End()
    {
        Begin(broken == 0 ? "Everything held." : "Something did not hold, see above.");
        return ExitCode;
    }

    private static void Write(IAnsiConsole console, string sentence, Style style) => console.Write(new Padder(new Text(sentence, style), new Padding(2, 0, 0, 0)));

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isRedirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

        // A file has no width.
        console.Profile.Width = isRedirected ? 1 << 20 : console.Profile.Width;
        return console;
    }
}
