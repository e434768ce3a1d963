using ParticleImages.Evaluation;
using ParticleImages.Networks.Models;
using ParticleImages.Networks.Onnx;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// A network with its weights, the voxelizer that it was trained with and the history of its training: what it takes to use
/// the network elsewhere, kept together in one folder.
/// </summary>
/// <remarks>
/// One program at a time saves into a folder; another one waits. The folder holds <c>model.json</c> (descriptions, history, the weights' file name and SHA-256) and <c>weights-….safetensors</c>. Data only:
/// loading runs no code from it. <c>model.json</c> is exchanged last and at once, so that a failure while saving leaves the earlier model whole.
/// Disposing of the model disposes of its network.
/// </remarks>
public sealed class TrainedModel : IDisposable
{
    /// <summary>Puts together what belongs together.</summary>
    /// <param name="network">The network; the model owns it from then on.</param>
    /// <param name="voxelizer">The voxelizer that it was trained with.</param>
    /// <param name="history">How the training went; <see cref="TrainingHistory.Empty"/> when unknown.</param>
    /// <exception cref="ArgumentException">The voxelizer makes other frames or channels, or another crop, than the network takes, or is yet to be fitted.</exception>
    public TrainedModel(VoxelNetwork network, Voxelizer voxelizer, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(voxelizer);
        ArgumentNullException.ThrowIfNull(history);
        RequireMatch(network.Description.Input, voxelizer);
        Network = network;
        Voxelizer = voxelizer;
        History = history;
    }

    /// <summary>The network.</summary>
    public VoxelNetwork Network { get; }

    /// <summary>How an event becomes its input.</summary>
    public Voxelizer Voxelizer { get; }

    /// <summary>How the training went.</summary>
    public TrainingHistory History { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="folder">A folder that <see cref="Save"/> wrote.</param>
    /// <param name="device">Where its network computes; the CPU unless given.</param>
    /// <returns>A model that predicts, bit for bit on the same machine and device, what the saved one predicted.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ModelFormatException">A file is missing, damaged, foreign or of a newer version.</exception>
    /// <exception cref="PlatformNotSupportedException">The device is not there; the message says what to do.</exception>
    public static TrainedModel Load(string folder, ComputeDevice device = default) => ModelFolder.Load(folder, device);

    /// <summary>Saves the model; one that is there already is replaced at the end, whole or not at all.</summary>
    /// <param name="folder">The folder; created if missing. Other files in it are left alone.</param>
    /// <exception cref="IOException">The disk refused; an earlier model in the folder is as it was.</exception>
    public void Save(string folder) => ModelFolder.Save(this, folder);

    /// <summary>
    /// Writes network and voxelizer as one ONNX file (operator set 17): <c>OnnxModel</c> of ParticleImages.Onnx predicts from events with it, without torch,
    /// and any other program with ONNX Runtime from voxels.
    /// </summary>
    /// <param name="path">The file, usually <c>….onnx</c>; one that is there already is replaced at the end, whole or not at all.</param>
    /// <remarks>See <see cref="VoxelNetwork.ExportOnnx"/> for inputs and outputs. The history of the training is not written.</remarks>
    /// <exception cref="NotSupportedException">There are more than about 2 GiB of weights, an ONNX file's limit.</exception>
    /// <exception cref="IOException">The disk refused; an earlier file is as it was.</exception>
    public void ExportOnnx(string path) => OnnxExport.Write(path, Network, Voxelizer);

    /// <summary>Frees the network's memory.</summary>
    public void Dispose() => Network.Dispose();

    /// <summary>Checks that a voxelizer can make a network's input: of images of that size, or cropped to it.</summary>
    internal static void RequireMatch(VoxelShape input, Voxelizer voxelizer)
    {
        if (!voxelizer.IsFitted)
        {
            throw new ArgumentException(
                $"The voxelizer has yet to see data, so it can't be the one that the network was trained with: {voxelizer}. Keep the one that voxelizer.Fit returned.",
                nameof(voxelizer));
        }

        // Of the images nothing is known but that the crop lies in them; without one they are of the input's size.
        // A crop's centre may be beyond any image; sides of an image are far below an int's half.
        (int row, int column) = voxelizer.CropCentre is (int farRow, int farColumn) ? (Math.Min(farRow, 1 << 17), Math.Min(farColumn, 1 << 17)) : (0, 0);
        int half = (voxelizer.CropSize ?? 0) / 2;
        ImageShape image = half == 0
            ? new ImageShape(input.Height, input.Width)
            : new ImageShape(Math.Max(2 * half, row + half), Math.Max(2 * half, column + half));
        if (voxelizer.OutputShape(image) != input)
        {
            throw new ArgumentException(
                $"The network takes voxels of {input}, which this voxelizer does not make: {voxelizer}. Keep a network with the voxelizer that it was trained with.",
                nameof(voxelizer));
        }
    }
}
