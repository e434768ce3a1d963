using System.CommandLine;
using System.Globalization;
using ParticleImages.Networks;
using ParticleImages.Terminal;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>Tells what a network is made of.</summary>
internal sealed class NetworkCommand : Command
{
    private readonly Argument<string> network = FilesArgument.One(
        "NETWORK", $"{NetworkChoice.Names}; a description in FILE.json; or the folder of a model.");

    private readonly Option<string?> shape = new("--shape")
    {
        Description = "The voxels that a network known by its name takes, frames × rows × columns; by default 21x32x32, for plane 1x32x32.",
        HelpName = "TxHxW",
    };

    private readonly Option<bool> json = new("--json") { Description = "Write the description, which train --network reads, instead of the table." };

    public NetworkCommand()
        : base("network", "Tell a network's layers with their shapes, parameters, multiply-adds and memory.")
    {
        Add(network);
        Add(shape);
        Add(json);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed), cancellation));
    }

    private int Run(ParseResult parsed)
    {
        Cnn3d description = Describe(parsed.GetValue(network)!, parsed.GetValue(shape) is { } text ? ShapeOf(text) : null);
        if (parsed.GetValue(json))
        {
            parsed.InvocationConfiguration.Output.WriteLine(description.ToJson());
        }
        else
        {
            Screen.Of(parsed).Say(description.Summary());
        }

        return ExitCode.Done;
    }

    private static Cnn3d Describe(string text, VoxelShape? wanted)
    {
        bool isModel = Directory.Exists(text);
        NetworkChoice? choice = isModel ? null : NetworkChoice.Parse("NETWORK", text);
        if (wanted is not null && (isModel || choice!.IsFile))
        {
            throw new UsageException($"--shape is for networks known by their names; {text} says itself what voxels it takes. Leave --shape out.");
        }

        if (isModel)
        {
            using TrainedModel model = TrainedModel.Load(ScoringModel.FolderOf(text));
            return model.Network.Description;
        }

        return choice!.IsFile ? choice.FromFile() : choice.For(wanted ?? new VoxelShape(text == "plane" ? 1 : 21, 32, 32), isScaled: false);
    }

    private static VoxelShape ShapeOf(string text)
    {
        int[] sides = [.. text.Split('x', '×').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int bins) ? bins : 0)];
        try
        {
            return sides is [> 0, > 0, > 0]
                ? new VoxelShape(sides[0], sides[1], sides[2])
                : throw new UsageException($"--shape '{text}' is no shape. Write frames, rows and columns, for example 21x32x32.");
        }
        catch (ArgumentException refused)
        {
            throw new UsageException($"--shape '{text}': {Sentence.Of(refused)}");
        }
    }
}
