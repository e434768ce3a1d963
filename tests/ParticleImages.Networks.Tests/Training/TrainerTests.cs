using ParticleImages.Evaluation;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

public sealed class TrainerTests
{
    [Fact]
    public void A_network_learns_what_can_be_learned_and_judges_unseen_events_right()
    {
        using EventSource train = ToyEvents.Make(300, seed: 1);
        using EventSource test = ToyEvents.Make(100, seed: 2);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 3);
        double before = network.Evaluate(ToyEvents.Voxelizer, test).Loss;

        TrainingHistory history = Trainer.For(network).Epochs(8).BatchSize(20).LearningRate(5e-3).Seed(4)
            .Fit(ToyEvents.Voxelizer, train, test);
        EvaluationResult after = network.Evaluate(ToyEvents.Voxelizer, test);

        Assert.Equal(8, history.Count);
        Assert.True(after.Roc.Area > 0.99, $"area {after.Roc.Area}");
        Assert.True(after.Loss < before / 2, $"loss {before} to {after.Loss}");
        Assert.Equal(history[^1].ValidationLoss!.Value, after.Loss, 1e-6);
        Assert.Equal(history[^1].ValidationArea!.Value, after.Roc.Area, 1e-12);
    }

    [Fact]
    public void The_same_seeds_repeat_a_training_bit_for_bit_and_others_do_not()
    {
        byte[] first = ToyEvents.Train(build: 1, train: 2);

        Assert.Equal(first, ToyEvents.Train(build: 1, train: 2));
        Assert.NotEqual(first, ToyEvents.Train(build: 1, train: 3));
        Assert.NotEqual(first, ToyEvents.Train(build: 2, train: 2));
    }

    [Fact]
    public void The_largest_batch_size_means_all_events_at_once()
    {
        using EventSource events = ToyEvents.Make(20, seed: 1);
        using VoxelNetwork first = ToyEvents.Network.Build(seed: 1);
        using VoxelNetwork second = ToyEvents.Network.Build(seed: 1);

        TrainingHistory all = Trainer.For(first).Epochs(2).BatchSize(int.MaxValue).Fit(ToyEvents.Voxelizer, events);
        TrainingHistory twenty = Trainer.For(second).Epochs(2).BatchSize(20).Fit(ToyEvents.Voxelizer, events);

        Assert.Equal(twenty.Select(epoch => epoch.Loss), all.Select(epoch => epoch.Loss));
        Assert.NotEqual(all[0].Loss, all[1].Loss);
    }

    [Fact]
    public void Events_that_differ_beyond_the_resolution_of_probabilities_are_still_told_apart()
    {
        using EventSource events = ToyEvents.Make(200, seed: 1);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Flatten().Dense(2).Build(seed: 1);
        double area = network.Evaluate(ToyEvents.Voxelizer, events).Roc.Area;

        double loud = network.Evaluate(ToyEvents.Voxelizer.ScaleEnergy(4096), events).Roc.Area;

        Assert.InRange(area, 0.01, 0.99);
        Assert.Equal(area, loud, 1e-3);
    }

    [Fact]
    public void A_network_without_finite_weights_gives_no_probabilities()
    {
        using EventSource events = ToyEvents.Make(10, seed: 1);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Flatten().Dense(8).Dense(8).Dense(2).Build(seed: 1);
        Trainer.For(network).Epochs(1).BatchSize(10).LearningRate(1e30).Fit(ToyEvents.Voxelizer, events);

        Assert.Contains("diverged", Assert.Throws<NotFiniteNumberException>(() => network.Predict(ToyEvents.Voxelizer, events)).Message, StringComparison.Ordinal);
        Assert.Throws<NotFiniteNumberException>(() => network.Evaluate(ToyEvents.Voxelizer, events));
        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.For(network).Seed(-1));
    }

    [Fact]
    public void Progress_counts_every_step_and_ends_each_epoch_with_its_record()
    {
        using EventSource events = ToyEvents.Make(25, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        var reports = new List<TrainingProgress>();

        TrainingHistory history = Trainer.For(network).Epochs(2).BatchSize(10).Fit(ToyEvents.Voxelizer, events, progress: new Watch(reports.Add));

        Assert.Equal([(1, 1), (1, 2), (1, 3), (1, 3), (2, 1), (2, 2), (2, 3), (2, 3)], reports.Select(report => (report.Epoch, report.Step)));
        Assert.All(reports, report => Assert.Equal((2, 3), (report.Epochs, report.Steps)));
        Assert.Equal(history, reports.Select(report => report.Finished).OfType<EpochRecord>());
        Assert.All(history, record => Assert.Null(record.ValidationLoss));
    }

    [Theory]
    [InlineData(21, 10, 2)]
    [InlineData(20, 10, 2)]
    [InlineData(22, 10, 3)]
    [InlineData(1, 10, 1)]
    [InlineData(3, 1, 3)]
    public void A_single_event_left_over_joins_the_batch_before(int events, int batchSize, int steps)
    {
        using EventSource source = ToyEvents.Make(events, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        int seen = 0;

        Trainer.For(network).Epochs(1).BatchSize(batchSize).Fit(ToyEvents.Voxelizer, source, progress: new Watch(report => seen = report.Steps));

        Assert.Equal(steps, seen);
    }

    [Fact]
    public void A_batch_of_one_event_is_refused_where_a_batch_norm_has_no_spread()
    {
        using EventSource events = ToyEvents.Make(10, seed: 1);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Flatten().Dense(4).BatchNorm().Dense(2).Build(seed: 1);

        var refused = Assert.Throws<ArgumentException>(() => Trainer.For(network).BatchSize(1).Fit(ToyEvents.Voxelizer, events));

        Assert.StartsWith("Layer 3 (BatchNorm): a batch of 1 event", refused.Message, StringComparison.Ordinal);
        Assert.Single(Trainer.For(network).Epochs(1).BatchSize(2).Fit(ToyEvents.Voxelizer, events));
    }

    [Fact]
    public void Cancellation_ends_a_training_before_the_next_step()
    {
        using EventSource events = ToyEvents.Make(50, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        using var cancellation = new CancellationTokenSource();
        int steps = 0;
        var watch = new Watch(_ =>
        {
            if (++steps == 3)
            {
                cancellation.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() =>
            Trainer.For(network).Epochs(10).BatchSize(10).Fit(ToyEvents.Voxelizer, events, events, watch, cancellation.Token));
        Assert.Equal(3, steps);
    }

    [Fact]
    public void An_empty_training_source_is_refused_and_an_empty_validation_source_is_none()
    {
        using EventSource events = ToyEvents.Make(10, seed: 1);
        using EventSource none = events.Slice(0, 0);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        Assert.Contains("no events to train on", Assert.Throws<ArgumentException>(() => Trainer.For(network).Fit(ToyEvents.Voxelizer, none)).Message, StringComparison.Ordinal);
        Assert.Null(Trainer.For(network).Epochs(1).Fit(ToyEvents.Voxelizer, events, none)[0].ValidationLoss);
    }

    [Fact]
    public void Labels_of_one_class_have_no_area_and_evaluation_says_so()
    {
        using EventSource photons = ToyEvents.OfOneClass(10);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        EpochRecord record = Trainer.For(network).Epochs(1).Fit(ToyEvents.Voxelizer, photons, photons)[0];

        Assert.Null(record.Area);
        Assert.Null(record.ValidationArea);
        Assert.True(double.IsFinite(record.ValidationLoss!.Value));
        Assert.Throws<ArgumentException>(() => network.Evaluate(ToyEvents.Voxelizer, photons));
        Assert.Equal(10, network.Predict(ToyEvents.Voxelizer, photons).Length);
    }

    [Fact]
    public void A_diverging_loss_stops_the_training_with_its_epoch_and_step()
    {
        using EventSource events = ToyEvents.Make(40, seed: 1);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Flatten().Dense(8).Dense(8).Dense(2).Build(seed: 1);

        var diverged = Assert.Throws<TrainingDivergedException>(() =>
            Trainer.For(network).Epochs(50).BatchSize(10).LearningRate(1e30).Fit(ToyEvents.Voxelizer, events));

        Assert.True(diverged is { Epoch: >= 1, Step: >= 1 });
        Assert.Contains("Lower the learning rate", diverged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_diverges_in_an_epochs_last_step_is_found_by_its_validation()
    {
        using EventSource events = ToyEvents.Make(20, seed: 1);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Flatten().Dense(8).Dense(8).Dense(2).Build(seed: 1);

        var diverged = Assert.Throws<TrainingDivergedException>(() =>
            Trainer.For(network).Epochs(1).BatchSize(20).LearningRate(1e30).Fit(ToyEvents.Voxelizer, events, events));

        Assert.Equal((1, 0), (diverged.Epoch, diverged.Step));
        Assert.Contains("validation loss", diverged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_voxelizer_of_another_shape_is_refused_with_both_shapes()
    {
        using EventSource events = ToyEvents.Make(10, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        Voxelizer other = ToyEvents.Voxelizer.Crop(10);

        string said = Assert.Throws<ArgumentException>(() => Trainer.For(network).Fit(other, events)).Message;

        Assert.Contains("4 × 10 × 10", said, StringComparison.Ordinal);
        Assert.Contains("4 × 8 × 8", said, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Evaluate(other, events));
        Assert.Throws<ArgumentException>(() => network.Predict(other.Bin(events.Read(0, 1))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_not_positive_and_finite_is_refused(double rate)
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => Trainer.For(network).LearningRate(rate));
    }

    [Fact]
    public void Prediction_agrees_for_events_and_for_their_voxels_in_any_batches()
    {
        using EventSource events = ToyEvents.Make(150, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);

        float[] whole = network.Predict(ToyEvents.Voxelizer, events);
        float[] voxels = network.Predict(ToyEvents.Voxelizer.Bin(events.Read(0, 150)));
        float[] alone = network.Predict(ToyEvents.Voxelizer, events.Slice(77, 1));

        Assert.Equal(whole, voxels, (one, other) => Math.Abs(one - other) < 1e-6f);
        Assert.Equal(whole[77], alone[0], 1e-6f);
        Assert.All(whole, score => Assert.InRange(score, 0, 1));
        Assert.Empty(network.Predict(ToyEvents.Voxelizer, events.Slice(0, 0)));
    }
}
