using System.Text.RegularExpressions;
using ParticleImages.Terminal;
using Spectre.Console;

namespace ParticleImages.Cli.Tests.Terminal;

public sealed class ScreenTests
{
    private const string Escape = "\u001b";

    private static readonly Sheet Table = new([["name", "events"], ["[red]a[/]", "12"], ["b[[", "3"]]) { HasNames = true, IsNumber = column => column == 1 };

    [Fact]
    public void A_file_gets_aligned_lines_of_any_width_as_they_are()
    {
        using var example = new ExampleScreen(answers: false, progress: false);
        string wide = new('x', 500);
        example.Screen.Say("[red]toy[[ " + wide);
        example.Screen.Say(Table with { Rows = [.. Table.Rows, [wide, "4"]] });
        Assert.Equal(
            [
                "[red]toy[[ " + wide,
                "  name" + new string(' ', 496) + "  events",
                "  [red]a[/]" + new string(' ', 491) + "      12",
                "  b[[" + new string(' ', 497) + "       3",
                "  " + wide + "       4",
                "",
            ],
            example.Output.Split(Environment.NewLine));
        Assert.Equal("", example.Text);
    }

    [Fact]
    public void A_file_gets_no_progress_but_what_the_work_comes_to()
    {
        using var example = new ExampleScreen(answers: false, progress: false);
        Assert.Equal(7, example.Screen.Count("Reading", 10, progress =>
        {
            progress.Report(5);
            return 7;
        }));
        Assert.Equal(("", "", ""), (example.Output, example.Error, example.Text));
    }

    [Fact]
    public void A_terminal_shows_markup_as_it_is_written()
    {
        using var example = new ExampleScreen();
        example.Screen.Say("[red]toy[[ [/] [bold");
        example.Screen.Say(Table);
        example.Screen.Complain("no [link=http://x]y[/]");
        Assert.Equal(["[red]toy[[ [/] [bold", "  name       events", "  [red]a[/]      12", "  b[[             3", "no [link=http://x]y[/]"], example.Lines);
    }

    [Theory]
    [InlineData("a\u001b[31mb", "a␛[31mb")]
    [InlineData("a\u009b2Jb", "a\ufffd2Jb")]
    [InlineData("photon\u202egnp.exe", "photon\ufffdgnp.exe")]
    [InlineData("bell\u0007 delete\u007f", "bell␇ delete␡")]
    [InlineData("a\tb", "a b")]
    public void What_would_change_a_terminal_is_shown_instead(string text, string shown)
    {
        using var example = new ExampleScreen();
        example.Screen.Say(text);
        example.Screen.Say(new Sheet([[text, "1"]]));
        Assert.Equal([shown, $"  {shown}  1"], example.Lines);
    }

    [Fact]
    public void Problems_are_red_on_a_terminal_that_has_colours_and_remarks_are_not()
    {
        Assert.Contains(Escape + "[91mno file", ExampleScreen.Written(screen => screen.Complain("no file")), StringComparison.Ordinal);
        Assert.Equal("no file\n", ExampleScreen.Written(screen => screen.Complain("no file"), ColorSystemSupport.NoColors));
        Assert.Equal("stopped\n", ExampleScreen.Written(screen => screen.Remark("stopped")));
        using var plain = new ExampleScreen(progress: false);
        plain.Screen.Complain("no file");
        Assert.Equal(("no file" + Environment.NewLine, ""), (plain.Error, plain.Text));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void Sentences_and_tables_keep_to_the_width_and_break_between_words(int width)
    {
        using var example = new ExampleScreen(width);
        string[] words = [.. Enumerable.Range(0, 60).Select(number => new string('w', 1 + (number % 9)))];
        example.Screen.Say("  " + string.Join(' ', words));
        int sentence = example.Lines.Length;
        Assert.All(example.Lines, line => Assert.StartsWith("  w", line, StringComparison.Ordinal));
        example.Screen.Say(new Sheet([["dataset", "storage", "type", "number"], ["/X", string.Join(' ', words), "float32", "123456"], ["/labels", "contiguous", "float64", "7"]]) { HasNames = true, IsNumber = column => column == 3 });
        Assert.All(example.Lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Equal(words, example.Lines[..sentence].SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        string[] table = [.. example.Lines[sentence..].SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.All(["dataset", "storage", "contiguous", "float64", "123456"], word => Assert.Contains(word, table));
        Assert.Equal(words, table.Where(word => word.All(letter => letter == 'w')));
    }

    [Fact]
    public void A_value_and_its_error_stay_together()
    {
        using var example = new ExampleScreen(width: 40);
        example.Screen.Say(new Sheet([["events", "400 (200 photons, 200 electrons)"], ["photon rejection at 50 % electron efficiency", "2.74 ± 0.26"], ["AUC", "0.6109 ± 0.0283"]]));
        Assert.Contains(example.Lines, line => line.Contains("0.6109 ± 0.0283", StringComparison.Ordinal));
        Assert.All(example.Lines, line => Assert.InRange(line.Length, 1, 40));
    }

    [Fact]
    public void A_table_with_more_columns_than_the_terminal_has_cells_is_still_told()
    {
        using var example = new ExampleScreen(width: 10);
        example.Screen.Say(new Sheet([[.. Enumerable.Range(0, 12).Select(number => $"column{number}")]]) { HasNames = true });
        Assert.NotEqual("", example.Text.Trim());
    }

    [Fact]
    public void Turned_a_table_has_as_many_rows_as_columns_as_there_is_room_for_and_at_least_one()
    {
        var sheet = new Sheet([["trial", "loss"], ["3", "0.25"], ["10", "0.125"], ["4", "0.5"]]) { HasNames = true };
        Assert.Equal([["trial", "3", "10", "4"], ["loss", "0.25", "0.125", "0.5"]], sheet.Turned(80).Rows);
        Assert.Equal(25, sheet.Turned(80).Width);
        Assert.Equal(sheet.Turned(80).Rows, sheet.Turned(25).Rows);
        Assert.Equal([["trial", "3", "10"], ["loss", "0.25", "0.125"]], sheet.Turned(24).Rows);
        Assert.Equal([["trial", "3"], ["loss", "0.25"]], sheet.Turned(1).Rows);
    }

    [Fact]
    public void Progress_is_seen_while_the_work_is_done_and_gone_afterwards()
    {
        using var example = new ExampleScreen();
        string during = "";
        example.Screen.Count("Reading [b]a[[", 200, progress =>
        {
            progress.Report(50);
            during = Wait(example, "25 %");
        });
        Assert.Contains("Reading [b]a[[  ", during, StringComparison.Ordinal);
        Assert.Contains("━───", during, StringComparison.Ordinal);
        Assert.Contains("200 events", during, StringComparison.Ordinal);

        string written = ExampleScreen.Written(screen => screen.Count("Reading", 2, progress => Thread.Sleep(1)));
        Assert.Contains(Escape + "[?25l", written, StringComparison.Ordinal);
        Assert.EndsWith(Escape + "[?25h", written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_goes_and_the_cursor_comes_back_also_when_the_work_fails()
    {
        string failed = ExampleScreen.Written(screen => Assert.Throws<OperationCanceledException>(() => screen.Count("Reading", 2, progress => throw new OperationCanceledException())));
        string done = ExampleScreen.Written(screen => screen.Count("Reading", 2, progress => { }));
        Assert.EndsWith(Escape + "[?25h", failed, StringComparison.Ordinal);
        Assert.Equal(Tail(done), Tail(failed));
        Assert.Contains(Escape + "[2K", Tail(failed), StringComparison.Ordinal);

        static string Tail(string written) => written[written.LastIndexOf("events", StringComparison.Ordinal)..];
    }

    [Fact]
    public void A_bar_leaves_room_for_the_letters_that_a_terminal_echoes_of_Ctrl_C()
    {
        string written = ExampleScreen.Written(screen => screen.Count("Reading " + new string('x', 100), 2, progress => { }), ColorSystemSupport.NoColors);
        string[] frames = [.. Regex.Replace(written, @"\u001b\[[?0-9;]*[A-Za-z]", "\r").Split('\r').Where(frame => frame.Length > 0)];
        Assert.NotEmpty(frames);
        Assert.All(frames, frame => Assert.InRange(frame.Length, 1, 77));
        Assert.Contains(frames, frame => frame.Length == 77);
    }

    [Fact]
    public void What_is_said_meanwhile_stands_above_with_nothing_of_the_bar_behind_it()
    {
        string written = ExampleScreen.Written(screen => screen.Count("Reading", 2, progress => screen.Say("short")));
        Assert.Contains(Escape + "[Jshort\n", written, StringComparison.Ordinal);
    }

    private static string Wait(ExampleScreen example, string text)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!example.Text.Contains(text, StringComparison.Ordinal) && System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            Thread.Sleep(5);
        }

        return example.Text;
    }
}
