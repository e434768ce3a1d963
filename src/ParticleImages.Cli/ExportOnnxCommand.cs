using System.CommandLine;
using ParticleImages.Networks;
using ParticleImages.Terminal;

namespace ParticleImages.Cli;

/// <summary>Writes a model as an ONNX file.</summary>
internal sealed class ExportOnnxCommand : Command
{
    private readonly Argument<string> folder = FilesArgument.One("MODEL", "The folder of a model, or of a training that left one.");

    private readonly Option<string> outputPath = new("--out")
    {
        Description = "The file to write, with network, weights and binning. One that is there is replaced at the end, in one step.",
        HelpName = "OUT.onnx",
        Required = true,
    };

    public ExportOnnxCommand()
        : base("export-onnx", "Write a model as an ONNX file, for evaluate and predict without torch and for other programs.")
    {
        Add(folder);
        Add(outputPath);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed), cancellation));
    }

    private int Run(ParseResult parsed)
    {
        string target = OutputFile.Require(parsed.GetValue(outputPath)!, [], ".onnx");
        using TrainedModel model = TrainedModel.Load(ScoringModel.FolderOf(parsed.GetValue(folder)!));
        model.ExportOnnx(target);
        Screen.Of(parsed).Say(
            $"{target}: {Sentence.Count(model.Network.Description.Summary().Parameters, "parameter")}, voxels of {model.Network.Description.Input}, {model.Voxelizer}");
        return ExitCode.Done;
    }
}
