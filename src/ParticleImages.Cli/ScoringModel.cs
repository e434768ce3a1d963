using System.CommandLine;
using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Cli;

/// <summary>A model that gives events scores, whatever computes them; disposing frees it.</summary>
internal abstract class ScoringModel : IDisposable
{
    /// <summary>What messages call the model.</summary>
    public abstract string Name { get; }

    /// <summary>How an event becomes voxels.</summary>
    public abstract Voxelizer Voxelizer { get; }

    /// <summary>The voxels that the network takes.</summary>
    public abstract VoxelShape Input { get; }

    public static Argument<string> Argument() => FilesArgument.One(
        "MODEL", "The folder of a model, or of a training that left one; or a file .onnx, which ONNX Runtime computes on the CPU, without torch.");

    /// <summary>Loads a model.</summary>
    /// <param name="path">A folder, or an ONNX file.</param>
    /// <param name="compute">What computes.</param>
    /// <exception cref="UsageException">ONNX Runtime was asked to compute on a graphics card.</exception>
    /// <exception cref="IOException">The model can't be loaded.</exception>
    public static ScoringModel Load(string path, ComputeOptions.Compute compute)
    {
        if (IsOnnx(path))
        {
            return compute.Device.IsCuda
                ? throw new UsageException($"--device {compute.Device}: an ONNX file is computed on the CPU. Leave --device out, or name the model's folder instead of {path}.")
                : OnnxScoring.Load(path, compute.Threads);
        }

        compute.Apply();
        TrainedModel model = TrainedModel.Load(FolderOf(path), compute.Device);
        try
        {
            compute.GiveEngine(model.Network);
            return new TorchScoring(model, path);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Whether a model is an ONNX file, by its name.</summary>
    public static bool IsOnnx(string path) => path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <summary>The folder of a model, which may be named by that of its training.</summary>
    /// <exception cref="IOException">It is a file, or none.</exception>
    public static string FolderOf(string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} is a file. A model is a folder, as train leaves it, or a file that ends in .onnx, as export-onnx does.");
        }

        string inside = Path.Combine(path, TrainingFolder.ModelName);
        return !TrainingFolder.IsModel(path) && TrainingFolder.IsModel(inside) ? inside : path;
    }

    /// <summary>The probability of each event to be an electron.</summary>
    public abstract float[] Predict(EventSource events, CancellationToken cancellation);

    /// <summary>Judges events of both classes.</summary>
    public abstract EvaluationResult Evaluate(EventSource events, CancellationToken cancellation);

    /// <exception cref="InvalidOperationException">The images do not become what the network takes.</exception>
    public void RequireImages(EventSource events)
    {
        VoxelShape made = Voxelizer.OutputShape(events.ImageShape);
        if (made != Input)
        {
            throw new InvalidOperationException(
                $"{Name} takes voxels of {Input} (frames × rows × columns), and its binning makes {made} of the {events.ImageShape} images of {events.Name}. Give images of the "
                + "size that it was trained on.");
        }
    }

    public abstract void Dispose();
}
