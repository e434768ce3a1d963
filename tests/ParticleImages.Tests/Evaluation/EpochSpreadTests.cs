using ParticleImages.Evaluation;

namespace ParticleImages.Tests.Evaluation;

public class EpochSpreadTests
{
    [Fact]
    public void Median_and_quantiles_are_those_of_numpy()
    {
        EpochSpread spread = Assert.Single(EpochSpread.Of([Run(0.3), Run(0.9), Run(0.5), Run(0.4)], record => record.Loss));
        Assert.Equal((1, 4), (spread.Epoch, spread.Count));
        Assert.Equal(0.34759657617943707, spread.Low, 1e-14);
        Assert.Equal(0.45, spread.Median, 1e-14);
        Assert.Equal(0.7096136952822516, spread.High, 1e-14);
    }

    [Fact]
    public void One_training_is_its_own_median_without_spread() =>
        Assert.Equal(
            [new EpochSpread(1, 1, 0.7, 0.7, 0.7), new EpochSpread(2, 1, 0.6, 0.6, 0.6)],
            EpochSpread.Of([Run(0.7, 0.6)], record => record.Loss));

    [Fact]
    public void Epochs_without_a_finite_value_count_for_nothing()
    {
        TrainingHistory[] runs = [Run(0.7, double.NaN, 0.5), Run(0.9, double.PositiveInfinity), Run(0.8)];
        IReadOnlyList<EpochSpread> spread = EpochSpread.Of(runs, record => record.Loss);
        Assert.Equal([(1, 3, 0.8), (3, 1, 0.5)], spread.Select(epoch => (epoch.Epoch, epoch.Count, epoch.Median)));
        Assert.Empty(EpochSpread.Of(runs, record => record.ValidationLoss));
        Assert.Empty(EpochSpread.Of([], record => record.Loss));
    }

    private static TrainingHistory Run(params IEnumerable<double> losses) => losses.Aggregate(
        TrainingHistory.Empty,
        (history, loss) => history.Append(new EpochRecord { Epoch = history.Count + 1, Loss = loss, Accuracy = 0.5, LearningRate = 1, Seconds = 1 }));
}
