using ParticleImages.Networks;

namespace ParticleImages.Cli;

/// <summary>What a training leaves in its folder: a model, the history as a table and, until the model is there, a checkpoint.</summary>
internal sealed class TrainingFolder(string path)
{
    public const string ModelName = "model";

    /// <summary>The folder of the finished model.</summary>
    public string Model { get; } = Path.Combine(path, ModelName);

    /// <summary>The folder from which an interrupted training goes on.</summary>
    public string Checkpoint { get; } = Path.Combine(path, "checkpoint");

    /// <summary>Whether there is an interrupted training.</summary>
    public bool HasCheckpoint => File.Exists(CheckpointPath);

    /// <summary>The scores of the events to test on, if there are any.</summary>
    public string Scores => Path.Combine(path, "scores.csv");

    private string CheckpointPath => Path.Combine(Checkpoint, "checkpoint.safetensors");

    private string History => Path.Combine(path, "history.csv");

    /// <summary>Whether a folder holds a model as <see cref="TrainedModel.Save"/> leaves it, whole or not.</summary>
    public static bool IsModel(string folder) => File.Exists(Path.Combine(folder, "model.json"));

    /// <exception cref="IOException">A file is in the way, or a finished model.</exception>
    public void RequireFree(bool force)
    {
        if (File.Exists(path))
        {
            throw new IOException($"--out {path} is a file. Name a folder.");
        }

        if (!force && IsModel(Model))
        {
            throw new IOException(
                $"{Model} holds a finished model already. Replace it with --force, at the end of the training, or name another folder.");
        }
    }

    /// <summary>Leaves the result. An earlier model is replaced in one step; the checkpoint goes last, when nothing needs it any more.</summary>
    public void Finish(TrainedModel model)
    {
        // Those of an earlier model would be taken for this one's.
        Discard(() => File.Delete(Scores));
        model.Save(Model);
        model.History.SaveCsv(History);
        Discard(() => File.Delete(CheckpointPath));
        RemoveEmptyCheckpoint();
    }

    /// <summary>Removes the checkpoint's folder where there is nothing in it.</summary>
    public void RemoveEmptyCheckpoint()
    {
        if (Directory.Exists(Checkpoint) && !Directory.EnumerateFileSystemEntries(Checkpoint).Any())
        {
            Discard(() => Directory.Delete(Checkpoint));
        }
    }

    private static void Discard(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The model is whole, and what is left of a checkpoint only in the way.
        }
    }
}
