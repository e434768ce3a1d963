using System.CommandLine;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>Cuts events, bins them in time and writes the voxels for numpy.</summary>
internal sealed class VoxelizeCommand : Command
{
    private const string Units = "in the files' unit, 50 ns in the public ones";

    private readonly Argument<string[]> inputs = FilesArgument.Of(
        "IN", "HDF5, npz or npy files of events; several are taken one after the other. The options on the layout hold for all.");

    private readonly Option<string> outputPath = new("--out")
    {
        Description = "The file to write: arrays voxels (events, frames, rows, columns) float32, edges float64, labels int32, "
            + "attributes (a JSON text: the binning). "
            + "One that is there is replaced at the end, in one step.",
        HelpName = "OUT.npz",
        Required = true,
    };

    private readonly Option<double> energyAbove = NumberOption.Real(
        "--energy-above",
        "Keep hits with energy > E, in the files' unit, 50 GeV in the public ones: 0.005 is 0.25 GeV.",
        "E",
        byDefault: 0.005);

    private readonly Option<double> timeWithin = NumberOption.Real(
        "--time-within", $"Keep hits with |time| < T, {Units}: 0.1 is 5 ns.", "T", byDefault: 0.1);

    private readonly Option<double> timeStart = NumberOption.Real(
        "--time-start", $"Where the first time bin begins, {Units}. Bins include their last edge, not their first.", "T", byDefault: -0.1);

    private readonly Option<double> timeStop = NumberOption.Real(
        "--time-stop", $"Where the last time bin ends at the earliest, {Units}; it may end up to a step later.", "T", byDefault: 0.1);

    private readonly Option<double> timeStep = NumberOption.Real(
        "--time-step", $"The width of a time bin, {Units}: 0.0099 is 0.495 ns.", "T", byDefault: 0.0099);

    private readonly Option<bool> exclusive = new("--exclusive")
    {
        Description = "A hit fills its own time bin alone; without this all later ones, too (cumulative).",
    };

    private readonly Option<bool> notebook = new("--notebook")
    {
        Description = "Bin as the published notebook did, to reproduce its numbers: one bin fewer is filled, earlier hits are in every filled frame "
            + "when cumulative, and the time window is |time| < 100.",
    };

    private readonly Option<int?> crop = NumberOption.OptionalWhole(
        "--crop", "Keep the central N × N pixels; N is even. Whole images by default.", "N");

    private readonly Option<string?> range = new("--events")
    {
        Description = "Take events A to B - 1 of all inputs together, counted from 0, as a slice of numpy: 0:1000, 1000: or -100:.",
        HelpName = "A:B",
    };

    private readonly LayoutOptions layout = new();

    public VoxelizeCommand()
        : base("voxelize", "Cut events, bin them in time, and write the voxels as an npz file for numpy.")
    {
        Add(inputs);
        Add(outputPath);
        Add(energyAbove);
        Add(timeWithin);
        Add(timeStart);
        Add(timeStop);
        Add(timeStep);
        Add(exclusive);
        Add(notebook);
        Add(crop);
        Add(range);
        layout.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Voxelizer voxelizer = ReadVoxelizer(parsed);
        EventLayout chosen = layout.Read(parsed);
        EventRange wanted = parsed.GetValue(range) is { } text ? EventRange.Parse(text) : EventRange.All;
        string[] paths = parsed.GetValue(inputs)!;
        string target = ReadTarget(parsed, paths);

        using var files = InputFiles.Open(paths, chosen);
        (int start, int count) = wanted.Of(files.Events.Count, files.Events.Name);
        var voxels = new VoxelFile(files.Events.Slice(start, count), voxelizer, files.IsSynthetic);
        using (var progress = new ProgressLine("Voxelizing", count, parsed.InvocationConfiguration.Error))
        {
            voxels.Write(target, progress, cancellation);
        }

        parsed.InvocationConfiguration.Output.WriteLine($"{target}: {voxels}");
        return ExitCode.Done;
    }

    private Voxelizer ReadVoxelizer(ParseResult parsed)
    {
        bool asNotebook = parsed.GetValue(notebook);
        if (asNotebook && parsed.GetResult(timeWithin) is { Implicit: false })
        {
            throw new UsageException("--notebook has its own time window, |time| < 100, and takes no --time-within. Leave one of them out.");
        }

        (double start, double stop, double step) = (parsed.GetValue(timeStart), parsed.GetValue(timeStop), parsed.GetValue(timeStep));
        if (start >= stop)
        {
            // Either may be the default, which the user did not type.
            throw new UsageException(Sentence.Invariant(
                $"{timeStart.Name} {start} does not lie before {timeStop.Name} {stop}: the time bins begin at the one and end at the other."));
        }

        try
        {
            Voxelizer voxelizer = asNotebook
                ? Voxelizer.NotebookCompatible(start, stop, step)
                : Voxelizer.Over(TimeAxis.Range(start, stop, step)).KeepTimeWithin(parsed.GetValue(timeWithin));
            voxelizer = voxelizer.KeepEnergyAbove(parsed.GetValue(energyAbove));
            voxelizer = parsed.GetValue(crop) is int side ? voxelizer.Crop(side) : voxelizer;
            return parsed.GetValue(exclusive) ? voxelizer.Exclusive() : voxelizer.Cumulative();
        }
        catch (ArgumentOutOfRangeException refused)
        {
            throw new UsageException(Sentence.Invariant($"{OptionBehind(refused)} {refused.ActualValue}: {Sentence.Of(refused)}"));
        }
    }

    private string OptionBehind(ArgumentOutOfRangeException refused) => refused.ParamName switch
    {
        "start" => timeStart.Name,
        "stop" => timeStop.Name,
        "step" => timeStep.Name,
        "window" => timeWithin.Name,
        "threshold" => energyAbove.Name,
        "size" => crop.Name,
        _ => "The options:",
    };

    private string ReadTarget(ParseResult parsed, string[] paths)
    {
        string target = parsed.GetValue(outputPath)!;
        if (!target.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"--out '{target}' does not end in .npz, which is what is written. Name it so.");
        }

        return paths.FirstOrDefault(path => RealPath.Of(path) == RealPath.Of(target)) is { } input
            ? throw new UsageException($"--out '{target}' is the input {input} itself, which would be lost. Name another file.")
            : target;
    }
}
