using System.CommandLine;
using ParticleImages.Terminal;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>Cuts events, bins them in time and writes the voxels for numpy.</summary>
internal sealed class VoxelizeCommand : Command
{
    private readonly Argument<string[]> inputs = FilesArgument.Of(
        "IN", "Files of events in any format; several are taken one after the other. The options on the layout hold for all.");

    private readonly Option<string> outputPath = new("--out")
    {
        Description = "The file to write: arrays voxels (events, frames, rows, columns) float32, edges float64, labels int32, "
            + "attributes (a JSON text: the binning). "
            + "One that is there is replaced at the end, in one step.",
        HelpName = "OUT.npz",
        Required = true,
    };

    private readonly Option<string?> range = EventRange.Option();
    private readonly VoxelizerOptions binning = new();
    private readonly LayoutOptions layout = new();

    public VoxelizeCommand()
        : base("voxelize", "Cut events, bin them in time, and write the voxels as an npz file for numpy.")
    {
        Add(inputs);
        Add(outputPath);
        binning.AddTo(this);
        Add(range);
        layout.AddTo(this);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        Voxelizer voxelizer = binning.Read(parsed);
        EventLayout chosen = layout.Read(parsed);
        EventRange wanted = parsed.GetValue(range) is { } text ? EventRange.Parse(text) : EventRange.All;
        string[] paths = parsed.GetValue(inputs)!;
        string target = OutputFile.Require(parsed.GetValue(outputPath)!, paths, ".npz");

        using var files = InputFiles.Open(paths, chosen);
        (int start, int count) = wanted.Of(files.Events.Count, files.Events.Name);
        var voxels = new VoxelFile(files.Events.Slice(start, count), voxelizer, files.IsSynthetic);
        var screen = Screen.Of(parsed);
        screen.Count("Voxelizing", count, progress => voxels.Write(target, progress, cancellation));
        screen.Say($"{target}: {voxels}");
        return ExitCode.Done;
    }
}
