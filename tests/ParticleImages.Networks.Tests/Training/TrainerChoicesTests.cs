using ParticleImages.Evaluation;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

/// <summary>What a trainer can be told besides its numbers: when to end, what to keep, what to do when it diverges, whom to tell.</summary>
public sealed class TrainerChoicesTests : IDisposable
{
    // Without a norm nothing keeps large values small.
    private static readonly Cnn3d Plain = Cnn3d.For(ToyEvents.Shape).Scale(4).Flatten().Dense(8).Dense(8).Dense(2);

    private readonly TemporaryFolder folder = new();
    private readonly EventSource train = ToyEvents.Make(60, seed: 1);
    private readonly EventSource validation = ToyEvents.Make(40, seed: 2);

    public void Dispose()
    {
        train.Dispose();
        validation.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_best_epochs_weights_are_kept_and_an_early_end_comes_after_the_patience()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        // A rate that soon spoils what was learned.
        TrainingHistory history = Trainer.For(network).Epochs(60).BatchSize(10).LearningRate(0.3).With(LearningRateSchedule.Constant).Seed(1)
            .KeepBest().StopEarly(patience: 3).Fit(ToyEvents.Voxelizer, train, validation);
        EpochRecord best = history.Best(TrainingMetric.ValidationLoss);

        Assert.Equal(best.Epoch + 3, history.Count);
        Assert.Equal(best.ValidationLoss!.Value, network.Evaluate(ToyEvents.Voxelizer, validation).Loss, 1e-6);
    }

    [Fact]
    public void Without_keeping_the_best_the_network_has_the_weights_of_the_last_epoch()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        TrainingHistory history = Trainer.For(network).Epochs(5).BatchSize(10).With(WeightAveraging.Exponential(0.9)).Fit(ToyEvents.Voxelizer, train, validation);

        Assert.Equal(history[^1].ValidationLoss!.Value, network.Evaluate(ToyEvents.Voxelizer, validation).Loss, 1e-6);
    }

    [Fact]
    public void Recalibrated_statistics_are_those_of_the_training_events()
    {
        // One batch norm right on the voxels, so that its statistics can be computed by hand.
        Cnn3d description = Cnn3d.For(ToyEvents.Shape).BatchNorm().Flatten().Dense(2);
        using VoxelNetwork network = description.Build(seed: 1);

        Trainer.For(network).Epochs(1).BatchSize(20).RecalibrateBatchNorm(60).Fit(ToyEvents.Voxelizer, train);

        double[] values = [.. ToyEvents.Voxelizer.Bin(train.Read(0, 60)).Voxels.ToArray().Select(value => (double)value)];
        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
        Assert.Equal(mean, Weight(network, "running_mean"), 1e-7);
        Assert.Equal(variance, Weight(network, "running_var"), 1e-7);

        using VoxelNetwork left = description.Build(seed: 1);
        Trainer.For(left).Epochs(1).BatchSize(20).RecalibrateBatchNorm(0).Fit(ToyEvents.Voxelizer, train);
        Assert.InRange(Weight(left, "running_var"), 0.7, 0.9);
    }

    [Fact]
    public void A_step_that_diverges_is_named_and_leaves_the_weights_of_the_step_before()
    {
        using VoxelNetwork network = Plain.Build(seed: 1);
        byte[] before = Weights(network);

        var diverged = Assert.Throws<TrainingDivergedException>(() => Trainer.For(network).Epochs(3).BatchSize(20).Fit(Loud(every: 1), validation: null));

        Assert.Equal((1, 1), (diverged.Epoch, diverged.Step));
        Assert.StartsWith("The training loss became NaN or infinite in epoch 1, step 1, at learning rate ", diverged.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights(network));
    }

    [Fact]
    public void Diverging_steps_are_left_out_when_that_is_wanted_and_do_not_count()
    {
        using VoxelNetwork network = Plain.Build(seed: 1);
        SparseVoxels events = Loud(every: 60);

        TrainingHistory history = Trainer.For(network).Epochs(6).BatchSize(5).LearningRate(5e-3).OnDivergence(DivergenceResponse.Skip).Fit(events);

        Assert.All(history, record => Assert.True(double.IsFinite(record.Loss)));
        Assert.True(history[^1].Loss < history[0].Loss, $"{history[0].Loss} to {history[^1].Loss}");
        Assert.Contains("for the 10th time in a row", Assert.Throws<TrainingDivergedException>(() =>
            Trainer.For(network).BatchSize(5).OnDivergence(DivergenceResponse.Skip).Fit(Loud(every: 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rolling_back_halves_the_rate_until_the_training_holds_or_gives_up_after_ten_times()
    {
        using VoxelNetwork network = Plain.Build(seed: 1);
        Trainer trainer = Trainer.For(network).Epochs(1).BatchSize(5).With(LearningRateSchedule.Constant).With(Optimizer.Sgd()).OnDivergence(DivergenceResponse.RollBack);

        TrainingHistory history = trainer.LearningRate(60).Fit(ToyEvents.Voxelizer, train);

        Assert.InRange(history[^1].LearningRate, 60 / 1024.0, 30);
        Assert.Contains("after 10 times of going back", Assert.Throws<TrainingDivergedException>(() => trainer.LearningRate(1e30).Fit(ToyEvents.Voxelizer, train)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_of_which_every_step_was_left_out_ends_the_training_as_diverged()
    {
        using VoxelNetwork network = Plain.Build(seed: 1);
        byte[] before = Weights(network);

        var diverged = Assert.Throws<TrainingDivergedException>(() =>
            Trainer.For(network).Epochs(2).BatchSize(20).OnDivergence(DivergenceResponse.Skip).Fit(Loud(every: 1)));

        Assert.Contains("epoch 1", diverged.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights(network));
    }

    [Fact]
    public void An_epoch_without_the_metric_that_decides_is_passed_over()
    {
        // All that remains are photons: no area.
        using EventSource few = train.Slice(0, 8);
        using VoxelNetwork network = Plain.Build(seed: 1);

        TrainingHistory history = Trainer.For(network).Epochs(2).BatchSize(1).OnDivergence(DivergenceResponse.Skip).KeepBest(TrainingMetric.Area)
            .Fit(ToyEvents.WithLoudOnes(few, every: 2, first: 1));

        Assert.All(history, record => Assert.Null(record.Area));
        Assert.Contains(Weights(network), value => value != 0);
    }

    [Theory]
    [InlineData(1e25f, DivergenceResponse.Stop)]
    [InlineData(1e25f, DivergenceResponse.Skip)]
    public void A_gradient_whose_square_is_beyond_float32_does_not_freeze_the_optimizer(float weight, DivergenceResponse response)
    {
        using VoxelNetwork network = Plain.Build(seed: 1);
        float[] weights = [.. Enumerable.Repeat(1f, 60)];
        weights[7] = weight;
        Trainer trainer = Trainer.For(network).Epochs(6).BatchSize(5).LearningRate(5e-3).WeighEvents(weights).OnDivergence(response);

        if (response == DivergenceResponse.Stop)
        {
            Assert.Contains("gradient", Assert.Throws<TrainingDivergedException>(() => trainer.Fit(ToyEvents.Voxelizer, train)).Message, StringComparison.Ordinal);
            Assert.Equal(6, trainer.ClipGradientNorm(1).Fit(ToyEvents.Voxelizer, train).Count);
        }
        else
        {
            TrainingHistory history = trainer.Fit(ToyEvents.Voxelizer, train);
            Assert.True(history[^1].Loss < history[0].Loss, $"{history[0].Loss} to {history[^1].Loss}");
        }
    }

    [Theory]
    [InlineData(TrainingLoss.CrossEntropy)]
    [InlineData(TrainingLoss.BinaryCrossEntropy)]
    public void Infinite_values_are_a_divergence_whatever_the_loss_makes_of_them(TrainingLoss loss)
    {
        using EventSource one = train.Slice(0, 1);
        SparseVoxels events = ToyEvents.WithLoudOnes(one, every: 1);
        int infinite = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            // One voxel at infinity: its two weights have the same sign or not.
            using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Scale(4).MaxPool(new Extent3d(ToyEvents.Shape.Frames, 8, 8)).Flatten().Dense(2).Build(seed);
            Trainer trainer = Trainer.For(network).Epochs(1).BatchSize(10).With(loss);
            Assert.Throws<TrainingDivergedException>(() => trainer.Fit(ToyEvents.Voxelizer.BinSparse(train), events));
            Assert.Throws<TrainingDivergedException>(() => trainer.Fit(events));
            infinite++;
        }

        Assert.Equal(40, infinite);
    }

    [Fact]
    public void Gradients_are_shortened_and_limited()
    {
        byte[] Train(Func<Trainer, Trainer> choose)
        {
            using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
            choose(Trainer.For(network).Epochs(1).BatchSize(10).LearningRate(0.1).With(Optimizer.Sgd())).Fit(ToyEvents.Voxelizer, train);
            return Weights(network);
        }

        byte[] free = Train(trainer => trainer);

        Assert.Equal(free, Train(trainer => trainer.ClipGradientNorm(1e6).ClipGradientValue(1e6)));
        Assert.NotEqual(free, Train(trainer => trainer.ClipGradientNorm(0.01)));
        Assert.NotEqual(free, Train(trainer => trainer.ClipGradientValue(0.001)));
    }

    [Fact]
    public void Callbacks_see_every_step_and_epoch_with_the_judged_weights_and_can_end_the_training()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        var callback = new Recorder(validation, last: 3);

        TrainingHistory history = Trainer.For(network).Epochs(9).BatchSize(20).With(WeightAveraging.Epochs(2)).Notify(callback).Notify(new HistoryLog(folder["run/history.csv"]))
            .Notify(new HistoryLog(folder["run/history.json"])).Fit(ToyEvents.Voxelizer, train, validation);

        Assert.Equal(3, history.Count);
        Assert.Equal(9, callback.Steps);
        Assert.Equal(history.Select(record => record.ValidationLoss!.Value), callback.Losses, (expected, seen) => Math.Abs(expected - seen) < 1e-6);
        Assert.Equal(history, TrainingHistory.LoadCsv(folder["run/history.csv"]));
        Assert.Equal(history, TrainingHistory.FromJson(File.ReadAllText(folder["run/history.json"])));
        Assert.Throws<ArgumentException>(() => new HistoryLog("history.txt"));
    }

    [Fact]
    public void What_a_callback_throws_ends_the_training_with_the_weights_of_the_last_step()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        byte[] before = Weights(network);

        Assert.Throws<InvalidDataException>(() => Trainer.For(network).Epochs(2).BatchSize(20).Notify(new Recorder(validation, last: 1, thrown: new InvalidDataException())).Fit(ToyEvents.Voxelizer, train));

        Assert.NotEqual(before, Weights(network));
        Assert.All(network.Predict(ToyEvents.Voxelizer, validation), score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public void A_metric_that_no_epoch_will_have_is_refused_before_the_first_step()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        using EventSource photons = ToyEvents.OfOneClass(10);
        Trainer trainer = Trainer.For(network).Epochs(1);

        Assert.Contains("KeepBest looks at ValidationLoss, but there are no validation events", Refused(trainer.KeepBest(), train, null), StringComparison.Ordinal);
        Assert.Contains("StopEarly looks at ValidationArea, but these 10 events are all of one class (label 0)", Refused(trainer.StopEarly(TrainingMetric.ValidationArea), train, photons), StringComparison.Ordinal);
        Assert.Contains("Plateau looks at Area", Refused(trainer.With(LearningRateSchedule.Plateau(TrainingMetric.Area)), photons, train), StringComparison.Ordinal);
        Assert.Contains("no validation events", Refused(trainer.KeepBest(), train, validation.Slice(0, 0)), StringComparison.Ordinal);
        Assert.Contains("averaged from epoch 2 on, but there are 1 epochs", Refused(trainer.With(WeightAveraging.Epochs(2)), train, validation), StringComparison.Ordinal);
        Assert.Null(trainer.Fit(ToyEvents.Voxelizer, train, photons)[0].ValidationArea);

        // Before anything is read: what is read, is read under this token.
        Assert.Throws<ArgumentException>(() => trainer.KeepBest().Fit(ToyEvents.Voxelizer, train, cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Tensorboard_reads_what_the_log_writes()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        TrainingHistory history = Trainer.For(network).Epochs(2).BatchSize(20).Notify(new TensorBoardLog(folder["board"])).Fit(ToyEvents.Voxelizer, train, validation);

        EventFileReader.Scalar[] scalars = [.. EventFileReader.Read(Directory.GetFiles(folder["board"]).Single())];

        Assert.Equal(history.Select(record => (float)record.ValidationLoss!.Value), scalars.Where(scalar => scalar.Tag == "val_loss").Select(scalar => scalar.Value));
        Assert.Equal([1, 2], scalars.Where(scalar => scalar.Tag == "learning_rate").Select(scalar => scalar.Step));
        Assert.Equal([1, 2, 3, 4, 5, 6], scalars.Where(scalar => scalar.Tag == "step/loss").Select(scalar => scalar.Step));
    }

    [Fact]
    public void The_notebooks_recipe_is_kerass()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        var trainer = Trainer.Notebook(network);

        Assert.Equal((100, 100, 1e-3, 0), (trainer.EpochCount, trainer.EventsPerBatch, trainer.Rate, trainer.CalibrationEvents));
        Assert.Equal((Optimizer.Adam(epsilon: 1e-7), LearningRateSchedule.Constant, TrainingLoss.BinaryCrossEntropy), (trainer.Optimizer, trainer.Schedule, trainer.Loss));
        Assert.Equal("100 epochs, batches of 100 events, Adam(0.9, 0.999, 1E-07), learning rate 0.001, constant, seed 0", trainer.ToString());
    }

    [Fact]
    public void Rates_that_are_no_rates_are_refused()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        foreach (double rate in (double[])[0, -1, double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>("rate", () => Trainer.For(network).LearningRate(rate));
            Assert.Throws<ArgumentOutOfRangeException>("longest", () => Trainer.For(network).ClipGradientNorm(rate));
        }

        Assert.Throws<ArgumentOutOfRangeException>("events", () => Trainer.For(network).RecalibrateBatchNorm(1));
        Assert.Throws<ArgumentOutOfRangeException>("patience", () => Trainer.For(network).StopEarly(patience: 0));
        Assert.Throws<ArgumentOutOfRangeException>("decay", () => WeightAveraging.Exponential(1));
        Assert.Throws<ArgumentOutOfRangeException>("everyEpochs", () => Trainer.For(network).CheckpointIn("x", everyEpochs: 0));
    }

    private static string Refused(Trainer trainer, EventSource train, EventSource? validation) =>
        Assert.Throws<ArgumentException>(() => trainer.Fit(ToyEvents.Voxelizer, train, validation)).Message;

    private static byte[] Weights(VoxelNetwork network) => [.. network.Weights().SelectMany(weight => weight.Values.ToArray())];

    private static double Weight(VoxelNetwork network, string name) =>
        BitConverter.ToSingle(network.Weights().Single(weight => weight.Name.EndsWith(name, StringComparison.Ordinal)).Values.Span);

    private SparseVoxels Loud(int every) => ToyEvents.WithLoudOnes(train, every);

    private sealed class Recorder(EventSource events, int last, Exception? thrown = null) : ITrainingCallback
    {
        public int Steps { get; private set; }

        public List<double> Losses { get; } = [];

        public void OnStep(TrainingProgress progress) => Steps++;

        public void OnEpoch(TrainingEpoch epoch)
        {
            Losses.Add(epoch.Network.Evaluate(ToyEvents.Voxelizer, events).Loss);
            if (epoch.Record.Epoch == last)
            {
                epoch.StopTraining();
                if (thrown is not null)
                {
                    throw thrown;
                }
            }
        }
    }
}
