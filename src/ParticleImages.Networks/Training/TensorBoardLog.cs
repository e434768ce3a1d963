using TorchSharp;


namespace ParticleImages.Networks;

/// <summary>
/// Writes a training's course as TensorBoard event files: <c>tensorboard --logdir FOLDER</c> shows it while it goes on. After each epoch its values by Keras' names (<c>loss</c>,
/// <c>val_loss</c> and so on) at the epoch's number, and after each step the epoch's loss so far as <c>step/loss</c>.
/// </summary>
/// <remarks>A training that goes on from a checkpoint writes another file beside the first; TensorBoard joins them. One training at a time.</remarks>
public sealed class TensorBoardLog : ITrainingCallback
{
    private readonly TorchSharp.Modules.SummaryWriter writer;

    /// <summary>Begins a log.</summary>
    /// <param name="folder">Where the event file is made; made if missing. TensorBoard takes its name for the run's.</param>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public TensorBoardLog(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        TorchLibrary.Load();
        writer = torch.utils.tensorboard.SummaryWriter(folder, createRunName: false);
    }

    /// <inheritdoc/>
    public void OnStep(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        writer.add_scalar("step/loss", (float)progress.Loss, ((progress.Epoch - 1) * progress.Steps) + progress.Step);
    }

    /// <inheritdoc/>
    public void OnEpoch(TrainingEpoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        foreach ((string name, double? value) in epoch.Record.Named().Where(field => field.Name != "epoch"))
        {
            if (value is { } given)
            {
                writer.add_scalar(name, (float)given, epoch.Record.Epoch);
            }
        }
    }
}
