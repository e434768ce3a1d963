using System.CommandLine;
using ParticleImages.Reports;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Writes what a training or a scan came to as one page.</summary>
internal sealed class ReportCommand : Command
{
    private const string PageName = "report.html";

    private readonly Argument<string> output = FilesArgument.One(
        "OUTPUT", "The folder that train or scan left, or the file of a scan's trials. A scan may be running.");

    private readonly Option<string?> page = new("--out")
    {
        Description = $"The page to write; {PageName} in the folder by default, and for a file of trials, such as trials.db, trials.html beside it. One that is there is replaced at the end, in one step.",
        HelpName = "OUT.html",
    };

    private readonly Option<string?> title = new("--title") { Description = "The heading; the name of the folder by default.", HelpName = "TEXT" };

    private readonly Option<string[]> events = new("--events")
    {
        Description = "Files of events to show instead of those that were trained on, which are shown where they still are. The options on the layout hold for these.",
        HelpName = "IN",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly LayoutOptions layout = new();

    public ReportCommand()
        : base("report", "Write what a training or a scan came to as one page that holds everything: results, pictures, tables.")
    {
        Add(output);
        Add(page);
        Add(title);
        Add(events);
        layout.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string path = parsed.GetValue(output)!;
        string? heading = parsed.GetValue(title);
        if (heading is not null && string.IsNullOrWhiteSpace(heading))
        {
            throw new UsageException($"{title.Name} is empty. Name the heading, or leave it out.");
        }

        EventLayout chosen = layout.Read(parsed);
        string[] shown = parsed.GetValue(events) ?? [];
        if (shown.Length == 0 && layout.FirstGiven(parsed) is { } given)
        {
            throw new UsageException($"{given} says how the files of {events.Name} are read, and there are none. Those of the run are read as the run read them.");
        }

        string target = OutputFile.Require(parsed.GetValue(page) ?? (Directory.Exists(path) ? Path.Combine(path, PageName) : Path.ChangeExtension(path, ".html")), [path, .. shown], ".html", ".htm");
        var report = Report.Of(path);
        report = heading is null ? report : report.Title(heading);
        var screen = Screen.Of(parsed);
        using InputFiles? files = shown.Length > 0 ? InputFiles.Open(shown, chosen) : null;
        foreach (string problem in (files is null ? report : report.Events(files.Events, files.IsSynthetic)).Save(target, cancellation))
        {
            screen.Remark(Sentence.Of(problem));
        }

        screen.Say(Sentence.Invariant($"{target}: {new FileInfo(target).Length / 1024.0:F0} KiB"));
        return ExitCode.Done;
    }
}
