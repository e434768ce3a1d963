using ParticleImages.Evaluation;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace ParticleImages.Networks.Tests;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void One_cycle_has_torchs_rates()
    {
        TorchLibrary.Load();
        var weight = new Parameter(zeros(1));
        optim.Optimizer optimizer = optim.SGD([weight], 0.1);
        optim.lr_scheduler.LRScheduler reference = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 0.1, total_steps: 50, cycle_momentum: false);
        for (int step = 0; step < 50; step++)
        {
            Assert.Equal(reference.get_last_lr().First(), 0.1 * LearningRateSchedule.OneCycle().FactorAt(step, 50, TrainingHistory.Empty), 1e-9);
            reference.step();
        }
    }

    [Fact]
    public void A_cosine_rises_in_a_line_and_falls_to_what_shall_remain()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Cosine(warmUp: 0.1, final: 0.2);
        double[] factors = [.. Enumerable.Range(0, 1000).Select(step => schedule.FactorAt(step, 1000, TrainingHistory.Empty))];

        Assert.Equal(1 / 101.0, factors[0], 1e-12);
        Assert.Equal(50 / 101.0, factors[49], 1e-12);
        Assert.Equal(1, factors[100]);
        Assert.Equal(0.6, factors[550], 1e-12);
        Assert.InRange(factors[999], 0.2, 0.2001);
        Assert.All(factors[100..].Zip(factors[101..]), pair => Assert.True(pair.First > pair.Second));
        Assert.Equal(1, LearningRateSchedule.Cosine(warmUp: 0).FactorAt(0, 10, TrainingHistory.Empty));
    }

    [Fact]
    public void Steps_come_at_the_epochs_that_were_asked_for()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Step(every: 3, factor: 0.5);

        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Enumerable.Range(0, 7).Select(epochs => schedule.FactorAt(0, 1, Losses([.. Enumerable.Repeat(1.0, epochs)]))));
        Assert.Equal(1, LearningRateSchedule.Constant.FactorAt(99, 100, Losses(1, 1, 1)));
    }

    [Fact]
    public void A_plateau_is_seen_after_its_patience_and_not_during_the_cooldown()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Plateau(patience: 2, factor: 0.1, smoothing: 0, cooldown: 2);
        double[] losses = [1, 0.9, 0.95, 0.91, 0.92, 0.93, 0.94, 0.95, 0.5];

        Assert.Equal(
            [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01],
            Enumerable.Range(0, 10).Select(epochs => Math.Round(schedule.FactorAt(0, 1, Losses(losses[..epochs])), 9)));
    }

    [Fact]
    public void Smoothing_keeps_one_lucky_epoch_from_collapsing_the_rate()
    {
        // Falling on the whole, with a jump down that nothing beats for a while.
        double[] noisy = [0.70, 0.69, 0.60, 0.68, 0.67, 0.66, 0.65, 0.64, 0.63, 0.62, 0.61];
        static LearningRateSchedule Of(double smoothing) => LearningRateSchedule.Plateau(patience: 4, smoothing: smoothing, cooldown: 0);

        Assert.Equal(0.25, Of(0).FactorAt(0, 1, Losses(noisy)));
        Assert.Equal(1, Of(0.8).FactorAt(0, 1, Losses(noisy)));
    }

    [Fact]
    public void A_plateau_of_an_area_is_where_it_no_longer_rises_and_the_rate_has_a_floor()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Plateau(TrainingMetric.ValidationArea, patience: 1, factor: 0.1, smoothing: 0, cooldown: 0, final: 0.05);
        TrainingHistory history = TrainingHistory.Empty;
        foreach ((int epoch, double area) in ((double[])[0.5, 0.6, 0.55, 0.55]).Index())
        {
            history = history.Append(Epoch(epoch + 1, 1) with { ValidationArea = area });
        }

        Assert.Equal(0.05, schedule.FactorAt(0, 1, history));
    }

    [Fact]
    public void A_training_has_the_rates_of_its_schedule_in_its_history()
    {
        using EventSource events = ToyEvents.Make(20, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        TrainingHistory history = Trainer.For(network).Epochs(4).BatchSize(5).LearningRate(0.01).With(LearningRateSchedule.Step(2)).Fit(ToyEvents.Voxelizer, events);

        Assert.Equal([0.01, 0.01, 0.001, 0.001], history.Select(record => Math.Round(record.LearningRate, 12)));
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused_and_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("every", () => LearningRateSchedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.Step(1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>("warmUp", () => LearningRateSchedule.Cosine(1));
        Assert.Throws<ArgumentOutOfRangeException>("final", () => LearningRateSchedule.Cosine(final: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("initial", () => LearningRateSchedule.OneCycle(initial: 0));
        Assert.Throws<ArgumentOutOfRangeException>("patience", () => LearningRateSchedule.Plateau(patience: 0));
        Assert.Throws<ArgumentOutOfRangeException>("smoothing", () => LearningRateSchedule.Plateau(smoothing: -1));
        Assert.Throws<ArgumentOutOfRangeException>("metric", () => LearningRateSchedule.Plateau((TrainingMetric)99));
    }

    private static TrainingHistory Losses(params double[] losses) =>
        losses.Index().Aggregate(TrainingHistory.Empty, (history, loss) => history.Append(Epoch(loss.Index + 1, loss.Item)));

    private static EpochRecord Epoch(int epoch, double loss) =>
        new() { Epoch = epoch, Loss = 1, Accuracy = 0.5, ValidationLoss = loss, LearningRate = 1, Seconds = 1 };
}
