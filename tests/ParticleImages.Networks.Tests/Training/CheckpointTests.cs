using System.Globalization;
using ParticleImages.Evaluation;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

public sealed class CheckpointTests : IDisposable
{
    private const int Epochs = 4;

    private readonly TemporaryFolder folder = new();
    private readonly EventSource train = ToyEvents.Make(31, seed: 1);
    private readonly EventSource validation = ToyEvents.Make(20, seed: 2);

    public static TheoryData<string> Recipes => [.. Known.Keys];

    private static Dictionary<string, Func<Trainer, Trainer>> Known { get; } = new()
    {
        ["as it comes"] = trainer => trainer,
        ["notebook's statistics and a falling rate"] = trainer => trainer.RecalibrateBatchNorm(0).With(LearningRateSchedule.Step(every: 2)).With(Optimizer.Sgd(0.9)),
        ["averages by step, the best kept"] = trainer => trainer.With(WeightAveraging.Exponential(0.8)).KeepBest().With(Optimizer.NAdam()),
        ["averages by epoch, plateau, may roll back"] = trainer => trainer
            .With(WeightAveraging.Epochs(first: 2)).With(LearningRateSchedule.Plateau(patience: 1, cooldown: 0)).OnDivergence(DivergenceResponse.RollBack).With(Optimizer.RmsProp(momentum: 0.5)),
        ["an early end"] = trainer => trainer.StopEarly(patience: 3, minimumDelta: 0.001),
        ["weights, clipping, one cycle"] = trainer => trainer
            .WeighClasses(1, 2).ClipGradientNorm(0.5).ClipGradientValue(0.1).With(LearningRateSchedule.OneCycle()).With(Optimizer.AdamW()).KeepBest(TrainingMetric.ValidationArea),
    };

    public void Dispose()
    {
        train.Dispose();
        validation.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_training_cancelled_after_any_step_goes_on_to_the_same_weights_and_history(string recipe)
    {
        (byte[] weights, TrainingHistory history) = Train(recipe, checkpoint: null);

        for (int stop = 1; stop <= Epochs * 5; stop += 3)
        {
            string own = folder[$"{recipe}-{stop}"];
            Assert.ThrowsAny<OperationCanceledException>(() => Train(recipe, own, stopAfter: stop));
            (byte[] resumed, TrainingHistory continued) = Train(recipe, own);

            Assert.Equal(weights, resumed);
            Assert.Equal(Untimed(history), Untimed(continued));
        }
    }

    [Fact]
    public void A_training_cancelled_again_and_again_ends_the_same()
    {
        const string recipe = "averages by epoch, plateau, may roll back";
        (byte[] weights, TrainingHistory history) = Train(recipe, checkpoint: null);
        string own = folder["often"];
        for (int i = 0; i < 6; i++)
        {
            Assert.ThrowsAny<OperationCanceledException>(() => Train(recipe, own, stopAfter: 3));
        }

        (byte[] resumed, TrainingHistory continued) = Train(recipe, own);

        Assert.Equal(weights, resumed);
        Assert.Equal(Untimed(history), Untimed(continued));
    }

    [Fact]
    public void A_finished_training_takes_its_result_from_the_checkpoint_without_a_step()
    {
        (byte[] weights, TrainingHistory history) = Train("averages by step, the best kept", folder["own"]);
        int steps = 0;

        (byte[] again, TrainingHistory same) = Train("averages by step, the best kept", folder["own"], watch: _ => steps++);

        Assert.Equal(0, steps);
        Assert.Equal(weights, again);
        Assert.Equal(history, same);
    }

    [Fact]
    public void Where_the_rate_does_not_depend_on_the_end_a_training_can_be_made_longer()
    {
        const string recipe = "notebook's statistics and a falling rate";
        (byte[] whole, _) = Train(recipe, checkpoint: null, epochs: 6);

        Train(recipe, folder["own"], epochs: 3);
        (byte[] longer, TrainingHistory history) = Train(recipe, folder["own"], epochs: 6);

        Assert.Equal(whole, longer);
        Assert.Equal(6, history.Count);
        string said = Assert.Throws<InvalidOperationException>(() =>
        {
            Train("as it comes", folder["cosine"], epochs: 2);
            Train("as it comes", folder["cosine"], epochs: 3);
        }).Message;
        Assert.Contains("epochs 2 there, 3 here", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checkpoint_of_another_training_is_refused_with_everything_that_differs_and_left_as_it_is()
    {
        Train("as it comes", folder["own"]);
        byte[] before = File.ReadAllBytes(Path.Combine(folder["own"], "checkpoint.safetensors"));
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 2);

        string said = Assert.Throws<InvalidOperationException>(() =>
            Settings(network, folder["own"], Epochs).LearningRate(0.5).Seed(9).Fit(ToyEvents.Voxelizer, validation, train)).Message;

        foreach (string part in (string[])["starting weights SHA-256", "training events 31 events of", "validation events 20 events of", "learning rate 0.01 there, 0.5 here", "seed 3 there, 9 here", "another folder"])
        {
            Assert.Contains(part, said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("batch size", said, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(folder["own"], "checkpoint.safetensors")));
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_by_name_wherever_it_is_damaged()
    {
        Train("as it comes", folder["own"]);
        string path = Path.Combine(folder["own"], "checkpoint.safetensors");
        byte[] whole = File.ReadAllBytes(path);
        int step = (whole.Length / 60) + 1;
        for (int at = 0; at < whole.Length; at += step)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= 0x10;
            foreach (byte[] damaged in (byte[][])[whole[..at], flipped])
            {
                File.WriteAllBytes(path, damaged);
                Exception refused = Assert.ThrowsAny<Exception>(() => Train("as it comes", folder["own"]));

                // A flipped letter of the description makes it another training's.
                Assert.True(refused is ModelFormatException or InvalidOperationException, $"byte {at}: {refused}");
                Assert.Contains(path, refused.Message, StringComparison.Ordinal);
                Assert.Equal(damaged, File.ReadAllBytes(path));
            }
        }
    }

    [Fact]
    public void A_folder_in_which_another_training_runs_is_refused_at_once()
    {
        string said = "";

        Train("as it comes", folder["own"], watch: progress =>
        {
            if (said.Length == 0)
            {
                said = Assert.Throws<IOException>(() => Train("as it comes", folder["own"])).Message;
            }
        });

        Assert.Contains("is in use: another program has held", said, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder["own"]));
    }

    [Fact]
    public void Checkpoints_come_when_they_are_due_by_the_clock_that_was_given()
    {
        var clock = new SteppedClock();
        var written = new List<int>();
        int steps = 0;
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        string path = Path.Combine(folder["own"], "checkpoint.safetensors");
        DateTime last = default;

        TrainingHistory history = Trainer.For(network).Epochs(1).BatchSize(5).MeasureTimeWith(clock).CheckpointIn(folder["own"], TimeSpan.FromMinutes(2))
            .Fit(ToyEvents.Voxelizer, train, progress: new Watch(progress =>
            {
                // What was written during the step before.
                if (File.Exists(path) && File.GetLastWriteTimeUtc(path) != last)
                {
                    last = File.GetLastWriteTimeUtc(path);
                    written.Add(steps);
                }

                steps++;
                clock.Advance(TimeSpan.FromMinutes(1));
            }));

        Assert.Equal([2, 4, 6], written);
        Assert.Equal(6 * 60, history[0].Seconds, 1e-9);
    }

    [Theory]
    [InlineData(DivergenceResponse.Skip)]
    [InlineData(DivergenceResponse.RollBack)]
    public void A_training_that_diverges_now_and_then_goes_on_to_the_same_weights_and_history(DivergenceResponse response)
    {
        // Without a norm; at first the steps are so large that some diverge.
        Cnn3d plain = Cnn3d.For(ToyEvents.Shape).Scale(4).Flatten().Dense(8).Dense(8).Dense(2);
        SparseVoxels events = response == DivergenceResponse.Skip ? ToyEvents.WithLoudOnes(train, every: 11) : ToyEvents.Voxelizer.BinSparse(train);
        (byte[] Weights, TrainingHistory History, int Steps) Fit(string? checkpoint, int stopAfter = int.MaxValue)
        {
            using VoxelNetwork network = plain.Build(seed: 1);
            using var stop = new CancellationTokenSource();
            int steps = 0;
            Trainer trainer = Trainer.For(network).Epochs(3).BatchSize(4).LearningRate(response == DivergenceResponse.Skip ? 0.01 : 3e8).Seed(3)
                .With(Optimizer.NAdam()).With(WeightAveraging.Exponential(0.8)).KeepBest(TrainingMetric.Loss).OnDivergence(response);
            TrainingHistory history = (checkpoint is null ? trainer : trainer.CheckpointIn(checkpoint)).Fit(events, progress: new Watch(progress =>
            {
                if (progress.Finished is null && ++steps == stopAfter)
                {
                    stop.Cancel();
                }
            }), cancellation: stop.Token);
            return ([.. network.Weights().SelectMany(weight => weight.Values.ToArray())], history, steps);
        }

        (byte[] weights, TrainingHistory history, int all) = Fit(null);
        Assert.True(response == DivergenceResponse.Skip || history[^1].LearningRate < 2e8, "It never went back.");
        for (int stop = 1; stop < all; stop++)
        {
            Assert.ThrowsAny<OperationCanceledException>(() => Fit(folder[$"{stop}"], stop));
            (byte[] resumed, TrainingHistory continued, _) = Fit(folder[$"{stop}"]);

            Assert.Equal(weights, resumed);
            Assert.Equal(Untimed(history), Untimed(continued));
        }
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 3)]
    [InlineData(9, int.MaxValue)]
    public void Few_events_and_odd_batches_go_on_too(int events, int batch)
    {
        using EventSource few = train.Slice(0, events);
        byte[] Fit(string? checkpoint, bool cancels)
        {
            using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
            using var stop = new CancellationTokenSource();
            Trainer trainer = Trainer.For(network).Epochs(3).BatchSize(batch).With(WeightAveraging.Epochs(2)).With(LearningRateSchedule.Plateau(TrainingMetric.Loss, patience: 1));
            (checkpoint is null ? trainer : trainer.CheckpointIn(checkpoint)).Fit(ToyEvents.Voxelizer, few, progress: new Watch(progress =>
            {
                if (cancels && progress.Epoch == 2 && progress.Step == progress.Steps)
                {
                    stop.Cancel();
                }
            }), cancellation: stop.Token);
            return [.. network.Weights().SelectMany(weight => weight.Values.ToArray())];
        }

        Assert.ThrowsAny<OperationCanceledException>(() => Fit(folder["few"], cancels: true));

        Assert.Equal(Fit(null, cancels: false), Fit(folder["few"], cancels: false));
    }

    [Fact]
    public void A_checkpoint_is_gone_on_from_wherever_decimal_signs_are_written_otherwise()
    {
        CultureInfo usual = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = comma;
            (byte[] weights, _) = Train("an early end", folder["own"]);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            (byte[] again, _) = Train("an early end", folder["own"]);

            Assert.Equal(weights, again);
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }

    [Fact]
    public void A_callback_that_cancels_at_an_epochs_end_loses_neither_an_end_that_was_asked_for_nor_counts_the_epoch_twice()
    {
        var clock = new SteppedClock();
        TrainingHistory Fit(bool ends, bool cancels)
        {
            using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
            return Settings(network, folder[$"{ends}"], epochs: 2).MeasureTimeWith(clock)
                .Notify(new Calls(_ => clock.Advance(TimeSpan.FromMinutes(1)), epoch =>
                {
                    if (ends)
                    {
                        epoch.StopTraining();
                    }
                }))
                .Notify(new Calls(_ => { }, epoch =>
                {
                    if (cancels)
                    {
                        throw new OperationCanceledException();
                    }
                }))
                .Fit(ToyEvents.Voxelizer, train, validation);
        }

        Assert.Throws<OperationCanceledException>(() => Fit(ends: false, cancels: true));
        Assert.Equal([300, 300], Fit(ends: false, cancels: false).Select(record => record.Seconds));

        Assert.Throws<OperationCanceledException>(() => Fit(ends: true, cancels: true));
        Assert.Single(Fit(ends: true, cancels: false));
    }

    [Fact]
    public void A_checkpoint_of_more_epochs_than_are_wanted_is_refused()
    {
        Train("notebook's statistics and a falling rate", folder["own"], epochs: 4);

        string said = Assert.Throws<InvalidOperationException>(() => Train("notebook's statistics and a falling rate", folder["own"], epochs: 2)).Message;

        Assert.Contains("4 epochs there, 2 here", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_was_trained_since_is_said_to_be_another_start()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        Trainer trainer = Settings(network, folder["own"], epochs: 1);
        trainer.Fit(ToyEvents.Voxelizer, train);

        Assert.Contains("Build or load the network anew", Assert.Throws<InvalidOperationException>(() => trainer.Fit(ToyEvents.Voxelizer, train)).Message, StringComparison.Ordinal);
    }

    private static Trainer Settings(VoxelNetwork network, string? checkpoint, int epochs)
    {
        Trainer trainer = Trainer.For(network).Epochs(epochs).BatchSize(6).LearningRate(0.01).Seed(3);
        return checkpoint is null ? trainer : trainer.CheckpointIn(checkpoint, everyEpochs: 2);
    }

    private static IEnumerable<EpochRecord> Untimed(TrainingHistory history) => history.Select(record => record with { Seconds = 0 });

    private (byte[] Weights, TrainingHistory History) Train(
        string recipe, string? checkpoint, int stopAfter = int.MaxValue, int epochs = Epochs, Action<TrainingProgress>? watch = null)
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        using var stop = new CancellationTokenSource();
        int steps = 0;
        TrainingHistory history = Known[recipe](Settings(network, checkpoint, epochs)).Fit(ToyEvents.Voxelizer, train, validation, new Watch(progress =>
        {
            watch?.Invoke(progress);
            if (progress.Finished is null && ++steps == stopAfter)
            {
                stop.Cancel();
            }
        }), stop.Token);
        return ([.. network.Weights().SelectMany(weight => weight.Values.ToArray())], history);
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }

    private sealed class Calls(Action<TrainingProgress> step, Action<TrainingEpoch> end) : ITrainingCallback
    {
        public void OnStep(TrainingProgress progress) => step(progress);

        public void OnEpoch(TrainingEpoch epoch) => end(epoch);
    }
}
