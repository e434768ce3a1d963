using System.CommandLine;
using ParticleImages.Formats;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Tells what is in files.</summary>
internal sealed class InspectCommand : Command
{
    private const int LongestText = 100;

    private readonly Argument<string[]> files = FilesArgument.Of("FILE", "Files in any format; each is told by how it begins, not by its name.");
    private readonly LayoutOptions layout = new();

    public InspectCommand()
        : base("inspect", "Tell a file's format, attributes and datasets, and what its events hold.")
    {
        Add(files);
        layout.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        EventLayout chosen = layout.Read(parsed);
        var screen = Screen.Of(parsed);
        int code = ExitCode.Done;
        bool isFirst = true;
        foreach (string path in parsed.GetValue(files)!)
        {
            try
            {
                Inspect(path, chosen, ref isFirst, screen, cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // Whatever it is, the next file is another.
                screen.Complain(Sentence.Of(problem));
                code = ExitCode.Failed;
            }
        }

        return code;
    }

    private static void Inspect(string path, EventLayout layout, ref bool isFirst, Screen screen, CancellationToken cancellation)
    {
        // All that may fail for a file that is no readable file at all comes before the first line about it.
        string format = EventFile.FormatOf(path).Name;
        IReadOnlyList<DatasetDescription> datasets = EventFile.Describe(path);
        IReadOnlyDictionary<string, string> attributes = EventFile.ReadAttributes(path);

        if (!isFirst)
        {
            screen.Say("");
        }

        isFirst = false;
        screen.Say($"{path}: {format}, {Size(new FileInfo(RealPath.Of(path)).Length)}");
        if (attributes.Count > 0)
        {
            screen.Say(new Sheet([.. attributes.Select(attribute => new[] { attribute.Key, "= " + Shortened(attribute.Value) })]));
        }

        screen.Say(new Sheet(
            [
                ["dataset", "shape", "type", "storage"],
                .. datasets.Select(dataset => new[] { dataset.Name, Shape(dataset.Shape), dataset.ElementType, dataset.Storage }),
            ])
        {
            HasNames = true,
        });

        EventSource events;
        try
        {
            events = EventFile.Open(path, layout);
        }
        catch (EventFormatException reason)
        {
            // Voxels, weights and labels alone are files, too; only as events they can't be read.
            screen.Say($"  Not read as events: {Sentence.Of(reason)}");
            return;
        }

        using (events)
        {
            using HitFile? hits = HitInput.TryOpen(path, layout);
            EventStatistics statistics = screen.Count(
                $"Reading {Path.GetFileName(path)}",
                events.Count,
                progress => hits is null ? EventStatistics.Of(events, progress, cancellation) : EventStatistics.Of(hits.Events, progress, cancellation));
            screen.Say($"  {(hits is null ? "images" : "hits in images")} of {events.ImageShape} pixels");
            if (events.Layout is { } taken)
            {
                screen.Say($"  read as {taken}");
            }

            statistics.Say(screen);
        }
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => Sentence.Count(bytes, "byte"),
        < 1 << 20 => Sentence.Invariant($"{bytes / 1024.0:F1} KiB"),
        < 1 << 30 => Sentence.Invariant($"{bytes / 1048576.0:F1} MiB"),
        _ => Sentence.Invariant($"{bytes / 1073741824.0:F1} GiB"),
    };

    private static string Shape(IReadOnlyList<long> axes) => $"({string.Join(", ", axes)}{(axes.Count == 1 ? "," : "")})";

    private static string Shortened(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : $"{line[..LongestText]}… ({Sentence.Count(line.Length, "character")})";
    }
}
