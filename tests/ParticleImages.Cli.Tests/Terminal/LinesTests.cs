using FsCheck.Xunit;
using ParticleImages.Terminal;
using Spectre.Console;
using Spectre.Console.Testing;

namespace ParticleImages.Cli.Tests.Terminal;

public sealed class LinesTests
{
    [Property]
    public void A_cut_text_has_at_most_so_many_cells_and_a_short_one_stays(string? text, byte cells)
    {
        string visible = Letters.Visible(text ?? "");
        string cut = Letters.Cut(visible, cells);
        Assert.InRange(cut.GetCellWidth(), 0, cells);
        if (visible.GetCellWidth() <= cells)
        {
            Assert.Equal(visible, cut);
        }
        else if (cells > 0)
        {
            Assert.EndsWith("…", cut, StringComparison.Ordinal);
            Assert.StartsWith(cut[..^1], visible, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("🧪🧪🧪", 5, "🧪🧪…")]
    [InlineData("🧪🧪🧪", 4, "🧪…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    [InlineData("abc", 0, "")]
    [InlineData("abc", 3, "abc")]
    public void Letters_of_several_units_are_cut_whole(string text, int cells, string cut) => Assert.Equal(cut, Letters.Cut(text, cells));

    [Theory]
    [InlineData("Epoch 3 of 20")]
    [InlineData("Reading a-file-with-a-very-long-name-indeed-that-no-terminal-of-eighty-columns-has-room-for.hdf5")]
    [InlineData("Reading 光子と電子の事象.hdf5 🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪🧪")]
    [InlineData("Reading אירועים-של-פוטונים-ואלקטרונים-בקלורימטר-עם-שם-ארוך-מאוד.hdf5")]
    public void A_bar_stays_in_one_line_of_any_width(string name)
    {
        foreach (int width in new[] { 20, 40, 80, 200 })
        {
            using TestConsole console = new TestConsole().Width(width);
            console.Write(new BarLine(name, 0.5, " 50 %", "00:12 left", "batch 12 of 16", "and a detail that is rather long"));
            Assert.InRange(Assert.Single(console.Lines).GetCellWidth(), 1, width);
            Assert.Equal(width >= 40, console.Output.Contains(" 50 %", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_bar_is_as_full_as_the_work_is_done()
    {
        Assert.Equal(("", 30), Bar(0));
        Assert.Equal((new string('━', 15), 15), Bar(0.5));
        Assert.Equal((new string('━', 30), 0), Bar(1));
        Assert.Equal((new string('━', 30), 0), Bar(1.5));
        Assert.Equal(("", 30), Bar(null));
        Assert.Equal(("", 30), Bar(double.NaN));

        static (string Full, int Empty) Bar(double? share)
        {
            using TestConsole console = new TestConsole().Width(80);
            console.Write(new BarLine("Trials", share, "12/14"));
            return (string.Concat(console.Output.Where(letter => letter == '━')), console.Output.Count(letter => letter == '─'));
        }
    }

    [Fact]
    public void Where_room_lacks_the_last_details_go_first()
    {
        using TestConsole console = new TestConsole().Width(40);
        console.Write(new BarLine("Epoch 3 of 20", 0.5, "loss 0.6921", "00:12 left", "x"));
        Assert.Contains("loss 0.6921", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("left", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("x", console.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "00:00", "0.0 s")]
    [InlineData(9.26, "00:09", "9.3 s")]
    [InlineData(99.9, "01:39", "99.9 s")]
    [InlineData(190, "03:10", "03:10")]
    [InlineData(3790, "1:03:10", "1:03:10")]
    [InlineData(360_000, "100:00:00", "100:00:00")]
    public void Times_are_written_as_clocks_show_them(double seconds, string text, string took)
    {
        Assert.Equal(text, Pace.Text(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(took, Pace.Took(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void What_is_left_goes_on_as_what_was_done()
    {
        var clock = new SetClock();
        var pace = new Pace(clock);
        clock.Now = TimeSpan.FromSeconds(30);
        Assert.Equal(TimeSpan.FromSeconds(90), pace.Left(done: 5, left: 15));
        Assert.Equal(TimeSpan.Zero, pace.Left(done: 5, left: -1));
        Assert.Null(pace.Left(done: 0, left: 15));
        Assert.Equal("?", Pace.Text(null));
    }

    private sealed class SetClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
