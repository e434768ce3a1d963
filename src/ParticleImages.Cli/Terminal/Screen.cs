using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ParticleImages.Terminal;

/// <summary>
/// What a program says: answers on standard output, progress and problems on standard error. A terminal gets them laid out to its width and in colours; a file or a pipe
/// gets plain lines, and no progress.
/// </summary>
internal sealed class Screen
{
    // A file has no width: its lines stay whole.
    private const int Endless = 1 << 20;

    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly IAnsiConsole? answers;
    private readonly IAnsiConsole? problems;
    private bool isShowing;

    /// <param name="output">Receives the answers where there is no terminal for them.</param>
    /// <param name="error">Receives the problems where there is no terminal for them.</param>
    /// <param name="answers">The terminal for answers, if any.</param>
    /// <param name="problems">The terminal for problems and progress, if any.</param>
    public Screen(TextWriter output, TextWriter error, IAnsiConsole? answers, IAnsiConsole? problems)
    {
        this.output = output;
        this.error = error;
        this.answers = answers;
        this.problems = problems;
    }

    /// <summary>The cells in a line of an answer; null where it goes to no terminal.</summary>
    public int? Width => answers?.Profile.Width;

    /// <summary>Cells in a line and lines of the terminal that shows progress; null where none does.</summary>
    public (int Width, int Height)? LiveSize => Live is null ? null : (Live.Profile.Width, Live.Profile.Height);

    // Where both streams lead to a terminal, one writer must know of all lines: answers come above what is shown.
    private IAnsiConsole? Live => problems is null ? null : answers ?? problems;

    /// <summary>The screen of two streams; only the process's own may be terminals.</summary>
    public static Screen On(TextWriter output, TextWriter error) => new(
        output,
        error,
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected ? Terminal(output) : null,
        ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected ? Terminal(error) : null);

    /// <summary>The screen of a command.</summary>
    public static Screen Of(ParseResult parsed) => On(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);

    /// <summary>Says a sentence of the answer.</summary>
    public void Say(string sentence)
    {
        if (answers is null)
        {
            output.WriteLine(sentence);
        }
        else
        {
            Write(answers, Prose(sentence, Style.Plain));
        }
    }

    /// <summary>Says a table of the answer.</summary>
    public void Say(Sheet sheet)
    {
        if (answers is not null)
        {
            Write(answers, sheet.Layout(answers.Profile.Width));
            return;
        }

        using var text = new StringWriter();
        IAnsiConsole plain = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        plain.Profile.Width = Endless;
        plain.Write(sheet.Layout(width: null));
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>Tells a problem.</summary>
    public void Complain(string sentence) => Tell(sentence, new Style(Color.Red));

    /// <summary>Tells something beside the answer, on standard error.</summary>
    public void Remark(string sentence) => Tell(sentence, Style.Plain);

    /// <summary>Shows a bar of events while work is done.</summary>
    /// <param name="what">What is done, for example <c>Converting</c>.</param>
    /// <param name="total">How many events there are.</param>
    /// <param name="work">The work; it reports how many are done.</param>
    public T Count<T>(string what, int total, Func<IProgress<int>, T> work)
    {
        int done = 0;
        var pace = new Pace(TimeProvider.System);
        return Show(Bar, () => work(new Relay<int>(value => done = value)));

        IRenderable Bar() => new BarLine(
            what,
            (double)done / Math.Max(1, total),
            FormattableString.Invariant($"{100L * done / Math.Max(1, total),3} %"),
            $"{Pace.Text(pace.Left(done, total - done))} left",
            FormattableString.Invariant($"{total} events"));
    }

    /// <inheritdoc cref="Count{T}"/>
    public void Count(string what, int total, Action<IProgress<int>> work) => Count(what, total, progress =>
    {
        work(progress);
        return true;
    });

    /// <summary>Shows something that changes, while work is done, where progress is shown.</summary>
    /// <param name="view">What to show now; asked for ten times a second, from another thread.</param>
    /// <param name="work">The work.</param>
    public T Show<T>(Func<IRenderable> view, Func<T> work) => ShowAsync(view, () => Task.FromResult(work())).GetAwaiter().GetResult();

    /// <inheritdoc cref="Show"/>
    public async Task<T> ShowAsync<T>(Func<IRenderable> view, Func<Task<T>> work)
    {
        if (Live is not { } live)
        {
            return await work();
        }

        Progress progress = live.Progress().AutoClear(true).Columns(new ViewColumn(view));
        progress.ExcludeVerticalPadding = true;
        AppDomain.CurrentDomain.ProcessExit += ShowCursor;
        isShowing = true;
        try
        {
            // What fails is thrown on afterwards: a failure in the middle would leave the bar where it is.
            return await await progress.StartAsync(async context =>
            {
                context.AddTask("work");
                return await Task.WhenAny(Begin());
            });
        }
        finally
        {
            isShowing = false;
            AppDomain.CurrentDomain.ProcessExit -= ShowCursor;
        }

        async Task<T> Begin() => await work();

        // Whoever ends the process in the middle of the work leaves the shell its cursor.
        void ShowCursor(object? sender, EventArgs arguments) => live.Cursor.Show(true);
    }

    private static IAnsiConsole? Terminal(TextWriter writer)
    {
        // Whether a key can be pressed does not matter: a bar moves also while the answer goes into a file.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.Yes });
        return console.Profile.Capabilities.Ansi ? console : null;
    }

    // What begins further in goes on there.
    private static IRenderable Prose(string sentence, Style style)
    {
        string text = sentence.TrimStart(' ');
        int indent = sentence.Length - text.Length;
        return indent == 0
            ? new Text(Letters.Visible(text) + "\n", style)
            : new Padder(new Text(Letters.Visible(text), style), new Padding(indent, 0, 0, 0));
    }

    private void Write(IAnsiConsole console, IRenderable lines) => console.Write(isShowing ? new Above(lines) : lines);

    private void Tell(string sentence, Style style)
    {
        IAnsiConsole? console = isShowing ? Live : problems;
        if (console is null)
        {
            error.WriteLine(sentence);
        }
        else
        {
            Write(console, Prose(sentence, style));
        }
    }

    private sealed class ViewColumn(Func<IRenderable> view) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => view();
    }

    // Lines that take the place of what is shown, which moves down: nothing of it may remain behind a short one.
    private sealed class Above(IRenderable lines) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => lines.Render(options, maxWidth).Prepend(Segment.Control("\u001b[J"));
    }
}
