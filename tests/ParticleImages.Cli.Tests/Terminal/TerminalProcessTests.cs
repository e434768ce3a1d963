using System.Diagnostics;
using ParticleImages.Formats;

namespace ParticleImages.Cli.Tests.Terminal;

/// <summary>The built tool on a terminal: one that <c>script</c> makes, of 60 columns.</summary>
public sealed class TerminalProcessTests(ITestOutputHelper log) : IDisposable
{
    private const string Escape = "\u001b";
    private const string ShowCursor = "\u001b[?25h";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_terminal_gets_tables_of_its_width_with_names_as_they_are_and_a_bar_that_is_gone()
    {
        if (!HasTerminal())
        {
            return;
        }

        Save("[red]a[[.hdf5");
        string shown = await Shown($"inspect '{folder["[red]a[[.hdf5"]}'");
        Assert.Contains("[red]a[[.hdf5: HDF5, ", shown.ReplaceLineEndings(""), StringComparison.Ordinal);
        Assert.Contains(Escape + "[1m", shown, StringComparison.Ordinal);
        Assert.EndsWith(ShowCursor, shown[..(shown.LastIndexOf("[?25", StringComparison.Ordinal) + "[?25h".Length)], StringComparison.Ordinal);
        Assert.Contains(shown.Split('\n'), line => line.StartsWith("  negative energies", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TERM=dumb", "")]
    [InlineData("TERM=xterm", " >OUT 2>OUT.error")]
    public async Task A_simple_terminal_and_a_file_get_the_same_plain_lines(string environment, string redirection)
    {
        if (!HasTerminal())
        {
            return;
        }

        Save("a.hdf5");
        string shown = await Shown($"inspect {folder["a.hdf5"]}" + redirection.Replace("OUT", folder["out"], StringComparison.Ordinal), environment);
        string plain = redirection.Length == 0 ? shown : File.ReadAllText(folder["out"]) + File.ReadAllText(folder["out.error"]);
        Assert.DoesNotContain(Escape + "[", plain, StringComparison.Ordinal);
        Assert.EndsWith(ToolRun.OutputOf("inspect", folder["a.hdf5"]).ReplaceLineEndings("\n"), plain.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_into_a_file_is_plain_while_the_terminal_shows_the_bar()
    {
        if (!HasTerminal())
        {
            return;
        }

        string shown = await Shown($"simulate --photons 3000 --out {folder["toy"]} >{folder["out"]}");
        Assert.Contains("Simulating photons", shown, StringComparison.Ordinal);
        Assert.EndsWith(": 3000 photons, synthetic\n", File.ReadAllText(folder["out"]), StringComparison.Ordinal);
        Assert.DoesNotContain(Escape, File.ReadAllText(folder["out"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_are_red_unless_colours_are_not_wanted()
    {
        if (!HasTerminal())
        {
            return;
        }

        string missing = folder["[blue]missing"];
        Assert.Matches(@"\u001b\[[0-9;]+mThere is no file", await Shown($"inspect '{missing}'"));
        string plain = await Shown($"inspect '{missing}'", "NO_COLOR=1");
        Assert.Contains("There is no file", plain, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\u001b\[[0-9;]*m", plain);
        Assert.Contains("[blue]missing", plain.ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Ctrl_C_leaves_the_cursor_and_no_bar()
    {
        if (!HasTerminal())
        {
            return;
        }

        // The shell gets the interrupt too: without a trap of its own some shells end with it and never tell the code.
        using Process process = Start($"simulate --photons 2000000 --out {folder["toy"]}; echo code $?", "TERM=xterm; trap : INT");
        string shown = "";
        var letters = new char[4096];
        while (!shown.Contains(" left", StringComparison.Ordinal))
        {
            int count = await process.StandardOutput.ReadAsync(letters, TestContext.Current.CancellationToken);
            Assert.True(count > 0, shown);
            shown += new string(letters, 0, count);
        }

        await process.StandardInput.WriteAsync('\u0003');
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        shown = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        int cursor = shown.LastIndexOf(Escape + "[?25", StringComparison.Ordinal);
        Assert.Equal(ShowCursor, shown.Substring(cursor, ShowCursor.Length));
        Assert.Contains("Stopped: ", shown[cursor..], StringComparison.Ordinal);
        Assert.Contains("code 130", shown[cursor..], StringComparison.Ordinal);
    }

    private static Process Start(string arguments, string environment)
    {
        string tool = string.Join(' ', ToolProcess.Command().Select(word => $"'{word}'"));
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols 60 rows 20; export {environment}; {tool} {arguments}", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("NO_COLOR");
        return Process.Start(start)!;
    }

    private static async Task<string> Shown(string arguments, string environment = "TERM=xterm")
    {
        using Process process = Start(arguments, environment);
        string shown = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return shown;
    }

    private void Save(string name)
    {
        using var events = EventSource.FromBatch(ExampleEvents.Batch(20));
        EventFile.Save(events, folder[name]);
    }

    private bool HasTerminal()
    {
        bool has = OperatingSystem.IsLinux() && File.Exists("/usr/bin/script");
        if (!has)
        {
            log.WriteLine("There is no script(1) to make a terminal; nothing was looked at.");
        }

        return has;
    }
}
