using System.Globalization;

namespace ParticleImages.Evaluation;

/// <summary>A field of an epoch: its name in files, whether every epoch has it, and its value.</summary>
internal sealed record HistoryColumn(string Name, bool IsRequired, Func<EpochRecord, double?> Read);

/// <summary>The fields of an epoch as files name, order and write them: the one place that CSV and JSON share.</summary>
internal static class HistoryColumns
{
    public static IReadOnlyList<HistoryColumn> All { get; } =
    [
        new("epoch", true, record => record.Epoch),
        new("loss", true, record => record.Loss),
        new("accuracy", true, record => record.Accuracy),
        new("auc", false, record => record.Area),
        new("val_loss", false, record => record.ValidationLoss),
        new("val_accuracy", false, record => record.ValidationAccuracy),
        new("val_auc", false, record => record.ValidationArea),
        new("learning_rate", true, record => record.LearningRate),
        new("seconds", true, record => record.Seconds),
    ];

    /// <summary>A number as text that gives the same double back, infinities and NaN as pandas spells them.</summary>
    public static string Format(double value) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The number that a text stands for.</summary>
    public static double Parse(string text, HistoryColumn column, string path, int row) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value) => value,
        _ => throw Bad($"'{text}' is no number. Allowed are numbers with a decimal point, nan, inf and -inf", column, path, row),
    };

    /// <summary>An epoch from its fields, in the order of <see cref="All"/>.</summary>
    public static EpochRecord Compose(ReadOnlySpan<double?> fields, string path, int row)
    {
        for (int i = 0; i < All.Count; i++)
        {
            if (All[i].IsRequired && fields[i] is null)
            {
                throw Bad("the field is empty, but every epoch has one", All[i], path, row);
            }
        }

        if (fields[0]!.Value is var epoch && epoch != (int)epoch)
        {
            throw Bad($"{Format(epoch)} is no number of an epoch; whole numbers from 1 are", All[0], path, row);
        }

        try
        {
            return new EpochRecord
            {
                Epoch = (int)epoch,
                Loss = fields[1]!.Value,
                Accuracy = fields[2]!.Value,
                Area = fields[3],
                ValidationLoss = fields[4],
                ValidationAccuracy = fields[5],
                ValidationArea = fields[6],
                LearningRate = fields[7]!.Value,
                Seconds = fields[8]!.Value,
            };
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new EventFormatException(
                $"Row {row} of '{path}' is no epoch: {exception.Message}", path, row: row, innerException: exception);
        }
    }

    /// <summary>A history from its epochs, which must ascend.</summary>
    public static TrainingHistory Compose(IEnumerable<EpochRecord> records, string path)
    {
        TrainingHistory history = TrainingHistory.Empty;
        foreach (EpochRecord record in records)
        {
            try
            {
                history = history.Append(record);
            }
            catch (ArgumentException exception)
            {
                throw new EventFormatException(
                    $"Row {history.Count} of '{path}': {exception.Message}", path, "epoch", history.Count, exception);
            }
        }

        return history;
    }

    private static EventFormatException Bad(string what, HistoryColumn column, string path, int row) =>
        new($"Row {row}, column '{column.Name}' of '{path}': {what}.", path, column.Name, row);
}
