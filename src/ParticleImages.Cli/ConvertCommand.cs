using System.CommandLine;
using ParticleImages.Formats;
using ParticleImages.Formats.Arrow;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Writes events in another format.</summary>
internal sealed class ConvertCommand : Command
{
    private readonly Argument<string[]> inputs = FilesArgument.Of(
        "IN", "Files of events in any format; several are taken one after the other. The options on the layout hold for all.");

    private readonly Option<string> outputPath = new("--out")
    {
        Description = "The file to write; its ending chooses the format: .hdf5, .npz, .arrow or .feather, .parquet. One that is there is replaced at the end, in one step.",
        HelpName = "OUT",
        Required = true,
    };

    private readonly Option<bool> hits = new("--hits")
    {
        Description = "Write the hits instead of images, 10 bytes a hit: pixels with a finite energy other than 0 and a finite time. For .arrow and .feather; .parquet has hits in any case.",
    };

    private readonly Option<string?> range = EventRange.Option();
    private readonly LayoutOptions layout = new();

    public ConvertCommand()
        : base("convert", "Write events in another format, whole or not at all.")
    {
        Add(inputs);
        Add(outputPath);
        Add(hits);
        Add(range);
        layout.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    // One array can't keep labels beside images.
    private static string[] Extensions { get; } = [.. EventFile.Formats.SelectMany(format => format.Extensions).Where(extension => extension != ".npy")];

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        EventLayout chosen = layout.Read(parsed);
        EventRange wanted = parsed.GetValue(range) is { } text ? EventRange.Parse(text) : EventRange.All;
        string[] paths = parsed.GetValue(inputs)!;
        string target = OutputFile.Require(parsed.GetValue(outputPath)!, paths, Extensions);
        string ending = Path.GetExtension(target).ToLowerInvariant();
        bool isArrow = EventFile.Formats.Single(format => format.Extensions.Contains(ending)) is ArrowFormat;
        bool isHits = parsed.GetValue(hits);
        if (isHits && !isArrow && ending is not (".parquet" or ".pq"))
        {
            throw new UsageException($"--hits: {target} keeps images. Write hits to a name that ends in .arrow, .feather or .parquet, or leave --hits out.");
        }

        using var files = InputFiles.Open(paths, chosen);
        (int start, int count) = wanted.Of(files.Events.Count, files.Events.Name);
        EventSource events = files.Events.Slice(start, count);
        bool isPart = count < files.Events.Count;
        IReadOnlyDictionary<string, string> attributes = KeptAttributes.Of(files, paths, chosen, isPart);
        using HitFile? whole = isHits && isArrow && !isPart && paths is [string only] ? HitInput.TryOpen(only, chosen) : null;
        var screen = Screen.Of(parsed);
        screen.Count("Converting", count, progress =>
        {
            if (whole is not null)
            {
                HitFile.Save(whole.Events, target, attributes, ArrowCompression.None, cancellation);
            }
            else if (isHits && isArrow)
            {
                HitFile.Save(events, target, attributes, progress: progress, cancellation: cancellation);
            }
            else
            {
                EventFile.Save(events, target, attributes, progress, cancellation);
            }
        });

        screen.Say($"{target}: {Summary(events, new FileInfo(target).Length)}");
        return ExitCode.Done;
    }

    private static string Summary(EventSource events, long bytes)
    {
        var labels = new int[events.Count];
        events.ReadLabels(0, labels);
        int electrons = labels.Count(label => label == ParticleLabel.Electron);
        return Sentence.Invariant(
            $"{Sentence.Count(events.Count, "event")} of {events.ImageShape} pixels, {Sentence.Count(events.Count - electrons, "photon")}, {Sentence.Count(electrons, "electron")}; {bytes / (double)Math.Max(1, events.Count):0} bytes an event");
    }
}
