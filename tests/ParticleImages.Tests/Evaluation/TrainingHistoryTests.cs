using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

[Properties(Arbitrary = [typeof(TrainingHistoryTests)], MaxTest = 60)]
public class TrainingHistoryTests
{
    private static readonly EpochRecord First = new()
    {
        Epoch = 1,
        Loss = 0.6931471805599453,
        Accuracy = 0.5,
        Area = 0.1 + 0.2,
        ValidationLoss = double.NaN,
        ValidationAccuracy = null,
        LearningRate = 1e-3,
        Seconds = 12.5,
    };

    public static Arbitrary<TrainingHistory> Histories()
    {
        Gen<double> fraction = Gen.Choose(0, int.MaxValue).Select(value => value / (double)int.MaxValue);
        Gen<double> loss = Gen.OneOf(
            fraction.Select(value => -Math.Log(value)), ArbMap.Default.GeneratorFor<double>());
        Gen<EpochRecord> record =
            from lossOfTraining in loss
            from accuracy in fraction
            from area in OrNull(fraction)
            from validationLoss in OrNull(loss)
            from validationAccuracy in OrNull(fraction)
            from validationArea in OrNull(fraction)
            from rate in fraction
            from seconds in fraction
            select First with
            {
                Loss = lossOfTraining,
                Accuracy = accuracy,
                Area = area,
                ValidationLoss = validationLoss,
                ValidationAccuracy = validationAccuracy,
                ValidationArea = validationArea,
                LearningRate = rate / 1e5,
                Seconds = seconds * 1e3,
            };
        return record.ListOf()
            .Select(records => Of([.. records.Select((one, i) => one with { Epoch = i + 1 })]))
            .ToArbitrary();

        static Gen<double?> OrNull(Gen<double> values) =>
            Gen.OneOf(Gen.Constant<double?>(null), values.Select(value => (double?)value));
    }

    [Property]
    public void A_history_saved_as_csv_comes_back_equal(TrainingHistory history)
    {
        using var folder = new TemporaryFolder();
        history.SaveCsv(folder["history.csv"]);
        Assert.Equal(history, TrainingHistory.LoadCsv(folder["history.csv"]));
    }

    [Property]
    public void A_history_saved_as_json_comes_back_equal(TrainingHistory history)
        => Assert.Equal(history, TrainingHistory.FromJson(history.ToJson()));

    [Fact]
    public void The_csv_has_Keras_column_names_points_and_empty_fields_in_any_culture()
    {
        using var folder = new TemporaryFolder();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Of(First).SaveCsv(folder["history.csv"]);
            Assert.Equal(First, TrainingHistory.LoadCsv(folder["history.csv"])[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(
            "epoch,loss,accuracy,auc,val_loss,val_accuracy,val_auc,learning_rate,seconds\n"
            + "1,0.6931471805599453,0.5,0.30000000000000004,nan,,,0.001,12.5\n",
            File.ReadAllText(folder["history.csv"]));
    }

    [Fact]
    public void Csv_columns_are_found_in_any_order_and_others_left_out()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder["history.csv"],
            "seconds,note,learning_rate,val_auc,val_accuracy,val_loss,auc,accuracy,loss,epoch\r\n"
            + "12.5,good,1E-3,,,nan,0.30000000000000004,0.5,0.6931471805599453,1\r\n\r\n");
        Assert.Equal(Of(First), TrainingHistory.LoadCsv(folder["history.csv"]));
    }

    [Theory]
    [InlineData("epoch,loss\n1,0.5\n", "No column 'accuracy'")]
    [InlineData("", "No column 'epoch'")]
    [InlineData(Header + "1,0.5,0.5,,,,,0.001\n", "8 fields")]
    [InlineData(Header + "1,0.5,0.5,,,,,0.001,3\n1,0.5,0.5,,,,,0.001,3\n", "epochs ascend")]
    [InlineData(Header + "1,0.5,\"x\",,,,,0.001,3\n", "column 'accuracy'")]
    [InlineData(Header + "1,0.5,1.5,,,,,0.001,3\n", "between 0 and 1")]
    [InlineData(Header + "1.5,0.5,0.5,,,,,0.001,3\n", "column 'epoch'")]
    [InlineData(Header + "0,0.5,0.5,,,,,0.001,3\n", "Row 0")]
    [InlineData(Header + "1,,0.5,,,,,0.001,3\n", "column 'loss'")]
    [InlineData(Header + "1,1e999,0.5,,,,,0.001,3\n", "no number")]
    public void A_csv_that_is_no_history_is_refused_with_the_place(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.csv"], text);
        var exception = Assert.Throws<EventFormatException>(() => TrainingHistory.LoadCsv(folder["bad.csv"]));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal(folder["bad.csv"], exception.Path);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\": 2, \"epochs\": []}")]
    [InlineData("{\"version\": 1}")]
    [InlineData("{\"version\": 1, \"epochs\": [{\"epoch\": 1}]}")]
    [InlineData("{\"version\": 1, \"epochs\": [3]}")]
    [InlineData("{\"version\": \"one\", \"epochs\": []}")]
    [InlineData("{\"version\": 1.5, \"epochs\": []}")]
    public void A_json_that_is_no_history_is_refused(string text)
    {
        var exception = Assert.Throws<EventFormatException>(() => TrainingHistory.FromJson(text));
        Assert.Contains("training history", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Appending_gives_a_copy_and_leaves_the_history_alone()
    {
        TrainingHistory one = TrainingHistory.Empty.Append(First);
        TrainingHistory two = one.Append(First with { Epoch = 2 });
        Assert.Empty(TrainingHistory.Empty);
        Assert.Equal([First], one);
        Assert.Equal(2, two[^1].Epoch);
    }

    [Fact]
    public void Epochs_ascend()
    {
        var exception = Assert.Throws<ArgumentException>(() => Of(First with { Epoch = 5 }).Append(First with { Epoch = 5 }));
        Assert.Contains("Epoch 5 can't follow epoch 5", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(First)[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(First)[-1]);
    }

    [Fact]
    public void The_best_epoch_has_the_lowest_loss_or_the_highest_area_the_earliest_of_equals()
    {
        TrainingHistory history = Of(
            First with { Epoch = 1, ValidationLoss = 0.6, ValidationArea = 0.70 },
            First with { Epoch = 2, ValidationLoss = double.NaN, ValidationArea = null },
            First with { Epoch = 3, ValidationLoss = 0.5, ValidationArea = 0.75 },
            First with { Epoch = 4, ValidationLoss = 0.5, ValidationArea = 0.75 },
            First with { Epoch = 5, ValidationLoss = double.NegativeInfinity, ValidationArea = 0.2 });
        Assert.Equal(3, history.Best(TrainingMetric.ValidationLoss).Epoch);
        Assert.Equal(3, history.Best(TrainingMetric.ValidationArea).Epoch);
        Assert.Equal(1, history.Best(TrainingMetric.Accuracy).Epoch);
    }

    [Fact]
    public void There_is_no_best_epoch_by_a_metric_that_no_epoch_has()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Of(First).Best(TrainingMetric.ValidationAccuracy));
        Assert.Contains("None of the 1 epochs has a finite ValidationAccuracy", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => TrainingHistory.Empty.Best(TrainingMetric.Loss));
    }

    [Fact]
    public void Impossible_values_of_an_epoch_are_refused_where_they_are_set()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Epoch", () => First with { Epoch = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Accuracy", () => First with { Accuracy = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>("Accuracy", () => First with { Accuracy = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("Area", () => First with { Area = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>("ValidationAccuracy", () => First with { ValidationAccuracy = 2 });
        Assert.Throws<ArgumentOutOfRangeException>("ValidationArea", () => First with { ValidationArea = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => First with { LearningRate = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Seconds", () => First with { Seconds = double.PositiveInfinity });
    }

    [Fact]
    public void Every_metric_is_a_value_of_the_epoch()
    {
        EpochRecord record = First with { ValidationLoss = 0.7, ValidationAccuracy = 0.6, ValidationArea = 0.8 };
        Assert.Equal(
            [record.Loss, record.Accuracy, record.Area, 0.7, 0.6, 0.8],
            Enum.GetValues<TrainingMetric>().Select(record.Value));
        Assert.Throws<ArgumentOutOfRangeException>("metric", () => record.Value((TrainingMetric)9));
    }

    private const string Header = "epoch,loss,accuracy,auc,val_loss,val_accuracy,val_auc,learning_rate,seconds\n";

    private static TrainingHistory Of(params IEnumerable<EpochRecord> records) =>
        records.Aggregate(TrainingHistory.Empty, (history, record) => history.Append(record));
}
