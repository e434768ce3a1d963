namespace ParticleImages.Evaluation;

/// <summary>What one epoch of a training run came to. Immutable; equal when all values are.</summary>
public sealed record EpochRecord
{
    /// <summary>The epoch, from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public required int Epoch
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Epoch));
            field = value;
        }
    }

    /// <summary>Cross-entropy on the training events, in nats; NaN or infinite where the training diverged.</summary>
    public required double Loss { get; init; }

    /// <summary>Accuracy on the training events, 0 to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside 0 to 1.</exception>
    public required double Accuracy { get; init => field = Fraction(value, nameof(Accuracy)); }

    /// <summary>Area under the ROC curve on the training events, 0 to 1; null where it is undefined or was not computed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside 0 to 1.</exception>
    public double? Area { get; init => field = Fraction(value, nameof(Area)); }

    /// <summary>Cross-entropy on the validation events, in nats; NaN or infinite where the training diverged; null without validation.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Accuracy on the validation events, 0 to 1; null without validation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside 0 to 1.</exception>
    public double? ValidationAccuracy { get; init => field = Fraction(value, nameof(ValidationAccuracy)); }

    /// <summary>Area under the ROC curve on the validation events, 0 to 1; null without validation or where it is undefined.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside 0 to 1.</exception>
    public double? ValidationArea { get; init => field = Fraction(value, nameof(ValidationArea)); }

    /// <summary>The learning rate that the epoch ended with, not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, NaN or infinite.</exception>
    public required double LearningRate { get; init => field = NotNegative(value, nameof(LearningRate)); }

    /// <summary>Wall time of the epoch, validation included, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, NaN or infinite.</exception>
    public required double Seconds { get; init => field = NotNegative(value, nameof(Seconds)); }

    /// <summary>The value of a metric.</summary>
    /// <param name="metric">Which.</param>
    /// <returns>The value; null where the epoch has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public double? Value(TrainingMetric metric) => metric switch
    {
        TrainingMetric.Loss => Loss,
        TrainingMetric.Accuracy => Accuracy,
        TrainingMetric.Area => Area,
        TrainingMetric.ValidationLoss => ValidationLoss,
        TrainingMetric.ValidationAccuracy => ValidationAccuracy,
        TrainingMetric.ValidationArea => ValidationArea,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric."),
    };

    /// <summary>All values by their names in files, Keras' (<c>epoch</c>, <c>loss</c>, <c>val_loss</c> and so on), in the order of <see cref="TrainingHistory.SaveCsv"/>.</summary>
    /// <returns>Names and values; null where the epoch has none.</returns>
    public IReadOnlyList<(string Name, double? Value)> Named() => [.. HistoryColumns.All.Select(column => (column.Name, column.Read(this)))];

    private static double Fraction(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "An accuracy or area is between 0 and 1.");

    private static double? Fraction(double? value, string name) => value is { } given ? Fraction(given, name) : null;

    private static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A finite number, 0 or more, is wanted.");

    /// <summary>The epoch in one line, with points as decimal signs.</summary>
    /// <returns>The number, the losses, accuracies and areas that there are, the learning rate and the seconds.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"epoch {Epoch}: {Judged("", Loss, Accuracy, Area)}{Judged("; validation ", ValidationLoss, ValidationAccuracy, ValidationArea)}; learning rate {LearningRate}; {Seconds:F1} s");

    private static string Judged(string before, double? loss, double? accuracy, double? area)
    {
        string[] there = [.. new[] { Value("loss", loss), Value("accuracy", accuracy), Value("AUC", area) }.OfType<string>()];
        return there.Length == 0 ? "" : before + string.Join(", ", there);

        static string? Value(string name, double? value) => value is { } known ? FormattableString.Invariant($"{name} {known:F4}") : null;
    }
}
