using System.CommandLine;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>The options that say how an event becomes voxels; the verbs that bin events share them.</summary>
internal sealed class VoxelizerOptions
{
    private const string Units = "in the files' unit, 50 ns in the public ones";

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

    private readonly Option<double?> scaleEnergy = NumberOption.OptionalReal(
        "--scale-energy", "Multiply the energies that are left by F; 50 makes GeV of the public files' unit.", "F");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { energyAbove, timeWithin, timeStart, timeStop, timeStep, exclusive, notebook, crop, scaleEnergy })
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">The options do not go together or are out of range.</exception>
    public Voxelizer Read(ParseResult parsed)
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
            voxelizer = parsed.GetValue(scaleEnergy) is double factor ? voxelizer.ScaleEnergy(factor) : voxelizer;
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
        "factor" => scaleEnergy.Name,
        _ => "The options:",
    };
}
