using System.Collections;
using ParticleImages.Storage;

namespace ParticleImages.Evaluation;

/// <summary>
/// The epochs of a training run, in order. Immutable: <see cref="Append"/> gives a copy. Safe to read from several threads.
/// </summary>
/// <remarks>Resumed runs go on counting, so epochs ascend; they need not start at 1.</remarks>
public sealed class TrainingHistory : IReadOnlyList<EpochRecord>
{
    private readonly EpochRecord[] records;

    private TrainingHistory(EpochRecord[] records) => this.records = records;

    /// <summary>A run before its first epoch.</summary>
    public static TrainingHistory Empty { get; } = new([]);

    /// <summary>The number of epochs.</summary>
    public int Count => records.Length;

    /// <summary>The epochs by position, from 0; <c>history[^1]</c> is the last.</summary>
    /// <param name="index">The position, from 0: one less than the epoch's number in a run that was recorded whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such epoch.</exception>
    public EpochRecord this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, records.Length);
            return records[index];
        }
    }

    /// <summary>Adds an epoch at the end.</summary>
    /// <param name="record">The epoch; its number is above the last one's.</param>
    /// <returns>A copy with one epoch more.</returns>
    /// <exception cref="ArgumentException">The epoch's number is not above the last one's.</exception>
    public TrainingHistory Append(EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (Count > 0 && record.Epoch <= records[^1].Epoch)
        {
            throw new ArgumentException(
                $"Epoch {record.Epoch} can't follow epoch {records[^1].Epoch}: epochs ascend.", nameof(record));
        }

        return new TrainingHistory([.. records, record]);
    }

    /// <summary>The best epoch by a metric: the lowest loss, or the highest accuracy or area; the earliest of equals.</summary>
    /// <param name="metric">What decides. Epochs where it is missing, NaN or infinite are passed over.</param>
    /// <returns>The epoch.</returns>
    /// <exception cref="InvalidOperationException">No epoch has a finite value of the metric.</exception>
    public EpochRecord Best(TrainingMetric metric)
    {
        double sign = metric is TrainingMetric.Loss or TrainingMetric.ValidationLoss ? -1 : 1;
        EpochRecord? best = null;
        foreach (EpochRecord record in records)
        {
            if (record.Value(metric) is { } value && double.IsFinite(value)
                && (best is null || sign * value > sign * best.Value(metric)!.Value))
            {
                best = record;
            }
        }

        return best ?? throw new InvalidOperationException(
            $"None of the {Count} epochs has a finite {metric}. Choose another metric, or train with validation events.");
    }

    /// <summary>
    /// Writes the history as text that pandas and spreadsheets read: one line of Keras' column names (epoch, loss,
    /// accuracy, auc, val_loss, val_accuracy, val_auc, learning_rate, seconds), then one line an epoch.
    /// </summary>
    /// <remarks>
    /// Epochs count from 1 (Keras' own CSVLogger counts from 0). Numbers have a point and as many digits as bring the same
    /// double back; a missing value is an empty field, NaN is <c>nan</c>, infinity <c>inf</c>.
    /// </remarks>
    /// <param name="path">The file; an existing one is replaced, whole or not at all.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public void SaveCsv(string path) => AtomicFile.Write(path, stream => HistoryCsv.Write(stream, records));

    /// <summary>Reads what <see cref="SaveCsv"/> wrote. Columns are found by name in any order; others are left out.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The history, with records equal to the ones written.</returns>
    /// <exception cref="EventFormatException">A column is missing, or a field is not what the column holds.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static TrainingHistory LoadCsv(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return HistoryCsv.Read(stream, path);
    }

    /// <summary>The history as JSON, with the names of <see cref="SaveCsv"/>, for use inside a saved model.</summary>
    /// <returns>JSON with a version and one object an epoch.</returns>
    public string ToJson() => HistoryJson.Write(records);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The history, with records equal to the ones written.</returns>
    /// <exception cref="EventFormatException">The text is no JSON, not a history, or of a newer version.</exception>
    public static TrainingHistory FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return HistoryJson.Read(json);
    }

    /// <inheritdoc/>
    public IEnumerator<EpochRecord> GetEnumerator() => ((IEnumerable<EpochRecord>)records).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
