using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>A network to be built: one of the known ones, for voxels of any shape, or a description in a file, which has its own.</summary>
internal sealed class NetworkChoice
{
    public const string Default = "stable";

    private static readonly (string Name, Func<VoxelShape, bool, Cnn3d> Of)[] Known =
    [
        // Its first layer makes GeV of the public files' unit, unless the voxels are another already.
        (Default, (shape, isScaled) => isScaled ? Cnn3d.Stable(shape, inputScale: 1) : Cnn3d.Stable(shape)),
        ("small", (shape, _) => Cnn3d.Small(shape)),
        ("notebook", (shape, _) => Cnn3d.Notebook(shape)),
        ("plane", (shape, _) => Plane(shape)),
    ];

    private readonly string text;
    private readonly Func<VoxelShape, bool, Cnn3d>? known;

    private NetworkChoice(string text, Func<VoxelShape, bool, Cnn3d>? known) => (this.text, this.known) = (text, known);

    /// <summary>The names of the known networks.</summary>
    public static string Names => string.Join(", ", Known.Select(network => network.Name));

    /// <summary>Whether the voxels' shape is the file's own.</summary>
    public bool IsFile => known is null;

    /// <param name="option">The option or argument, for messages.</param>
    /// <param name="text">A name, or the path of a file.</param>
    /// <exception cref="UsageException">It is neither.</exception>
    public static NetworkChoice Parse(string option, string text)
    {
        if (Known.FirstOrDefault(network => network.Name == text).Of is { } known)
        {
            return new NetworkChoice(text, known);
        }

        return text.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? new NetworkChoice(text, null)
            : throw new UsageException($"{option} '{text}' is no network. There are {Names}, or name a description, FILE.json.");
    }

    /// <summary>Describes the network for voxels of a shape.</summary>
    /// <param name="shape">The shape of the voxels.</param>
    /// <param name="isScaled">Whether the energies were multiplied already.</param>
    /// <exception cref="InvalidOperationException">The voxels are not those that the network takes.</exception>
    public Cnn3d For(VoxelShape shape, bool isScaled)
    {
        if (known is not null)
        {
            return known(shape, isScaled);
        }

        Cnn3d description = FromFile();
        return description.Input == shape
            ? description
            : throw new InvalidOperationException(
                $"The network in {text} takes voxels of {description.Input} (frames × rows × columns), and these options make {shape} of these images. Change the time "
                + "bins or --crop, or the file's input.");
    }

    /// <summary>The description in the file.</summary>
    /// <exception cref="IOException">There is no such file, or no description in it.</exception>
    public Cnn3d FromFile()
    {
        if (!File.Exists(text))
        {
            throw new FileNotFoundException(
                Directory.Exists(text) ? $"{text} is a folder. Name a file with a network's description." : $"There is no file '{text}' to read a network from.", text);
        }

        try
        {
            return Cnn3d.FromJson(File.ReadAllText(text));
        }
        catch (FormatException problem)
        {
            throw new IOException($"{text}: {problem.Message} particle-images network {Default} --json shows what such a file looks like.", problem);
        }
    }

    private static Cnn3d Plane(VoxelShape shape) => shape.Frames == 1
        ? Cnn2d.Notebook(shape)
        : throw new InvalidOperationException(
            $"The plane network takes voxels of one frame, and these are {shape} (frames × rows × columns). Make one time bin of all: the step is then the stop less the "
            + "start, --time-step 0.2 by default.");
}
