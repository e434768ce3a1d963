using ParticleImages.Evaluation;
using ParticleImages.Storage;

namespace ParticleImages.Networks;

/// <summary>
/// Writes a training's history to a file after every epoch, whole each time, in Keras' column names: as <c>.csv</c> (<see cref="TrainingHistory.SaveCsv"/>) or <c>.json</c>
/// (<see cref="TrainingHistory.ToJson"/>). One training at a time.
/// </summary>
public sealed class HistoryLog : ITrainingCallback
{
    private readonly string path;

    /// <summary>Chooses the file.</summary>
    /// <param name="path">The file, which ends in .csv or .json; an earlier one is replaced at the first epoch's end.</param>
    /// <exception cref="ArgumentException">The name ends in something else.</exception>
    public HistoryLog(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!IsCsv(path) && !path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"'{path}' ends neither in .csv nor in .json. Name it so; the ending chooses the format.", nameof(path));
        }

        this.path = path;
    }

    /// <inheritdoc/>
    public void OnEpoch(TrainingEpoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (IsCsv(path))
        {
            epoch.History.SaveCsv(path);
        }
        else
        {
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                writer.Write(epoch.History.ToJson());
            });
        }
    }

    private static bool IsCsv(string path) => path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
}
