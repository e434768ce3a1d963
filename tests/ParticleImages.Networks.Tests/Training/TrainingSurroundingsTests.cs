using ParticleImages.Voxelization;
using TorchSharp;

namespace ParticleImages.Networks.Tests;

/// <summary>Whatever else the process does: collections, scopes, threads, torch's own settings, memory.</summary>
public sealed class TrainingSurroundingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Other_use_of_torchs_random_numbers_does_not_disturb_a_training()
    {
        byte[] alone = ToyEvents.Train(build: 1, train: 2);
        TorchLibrary.Load();
        torch.manual_seed(99);

        Assert.Equal(alone, ToyEvents.Train(build: 1, train: 2, after: () => torch.rand(3).Dispose()));
    }

    [Fact]
    public void Memory_does_not_grow_from_epoch_to_epoch()
    {
        using EventSource events = ToyEvents.Make(60, seed: 1);
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        var alive = new List<long>();
        LivingTensors.CountWithoutGarbage();
        var watch = new Watch(progress =>
        {
            if (progress.Finished is not null)
            {
                // No collection before: what waits for the collector, which does not see torch's memory, counts as alive.
                alive.Add(torch.Tensor.TotalCount);
            }
        });

        Trainer.For(network).Epochs(40).BatchSize(10).With(WeightAveraging.Exponential()).KeepBest().ClipGradientNorm(1).CheckpointIn(folder["checkpoint"], everyEpochs: 5)
            .Fit(ToyEvents.Voxelizer, events, events, watch);

        Assert.All(alive.Skip(2), count => Assert.InRange(count, 0, alive[1]));
    }

    /// <summary>
    /// TorchSharp's own batch norm and ELU pass numbers in objects that the collector may free while torch reads them: with those, one of a hundred
    /// trainings under this storm ends in an error of torch.
    /// </summary>
    [Fact]
    public async Task Forced_garbage_collections_do_not_disturb_trainings_and_predictions()
    {
        Cnn3d description = Cnn3d.For(ToyEvents.Shape).Conv(2, kernel: 3).Elu().Dropout(0.1).BatchNorm().MaxPool(2).Flatten().Dense(4).Elu().BatchNorm().Dense(2);
        float[] calm = TrainAndPredict();
        await using var storm = new GarbageStorm();

        for (int i = 0; i < 150; i++)
        {
            Assert.Equal(calm, TrainAndPredict());
        }

        float[] TrainAndPredict()
        {
            using EventSource events = ToyEvents.Make(12, seed: 1);
            using VoxelNetwork network = description.Build(seed: 1);
            Trainer.For(network).Epochs(2).BatchSize(4).Fit(ToyEvents.Voxelizer, events, events);
            return network.Predict(ToyEvents.Voxelizer, events);
        }
    }

    [Fact]
    public void Building_and_disposing_gives_the_memory_back_without_the_garbage_collector()
    {
        // 32 MiB of weights; forty of them left behind would be 1.3 GiB. torch's count of tensors does not tell: it never forgets a parameter.
        Cnn3d description = Cnn3d.For(new VoxelShape(8, 32, 32)).Conv(16, kernel: 3).BatchNorm().Flatten().Dense(64).Relu().Dense(2);
        description.Build(seed: 1).Dispose();
        long before = Environment.WorkingSet;

        for (int i = 0; i < 40; i++)
        {
            description.Build(seed: i).Dispose();
        }

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 320L << 20);
    }

    [Fact]
    public void A_network_from_a_callers_dispose_scope_lives_on_and_trains_inside_a_callers_no_grad()
    {
        using EventSource events = ToyEvents.Make(20, seed: 1);
        VoxelNetwork network;
        TorchLibrary.Load();
        using (torch.NewDisposeScope())
        {
            network = ToyEvents.Network.Build(seed: 1);
        }

        using (network)
        using (torch.no_grad())
        {
            Assert.Single(Trainer.For(network).Epochs(1).Fit(ToyEvents.Voxelizer, events));
            Assert.Equal(20, network.Predict(ToyEvents.Voxelizer, events).Length);
        }
    }

    [Fact]
    public void Another_default_type_of_torch_changes_nothing()
    {
        byte[] usual = ToyEvents.Train(build: 1, train: 2);
        torch.set_default_dtype(torch.float64);
        try
        {
            Assert.Equal(usual, ToyEvents.Train(build: 1, train: 2));
        }
        finally
        {
            torch.set_default_dtype(torch.float32);
        }
    }

    [Fact]
    public void The_number_of_threads_holds_on_every_thread()
    {
        int before = TorchLibrary.Threads;
        TorchLibrary.Threads = 1;
        try
        {
            byte[] here = ToyEvents.Train(build: 1, train: 2);
            byte[] there = [];
            var other = new Thread(() => there = ToyEvents.Train(build: 1, train: 2));
            other.Start();
            other.Join();

            Assert.Equal(here, there);
            Assert.Equal(1, TorchLibrary.Threads);
        }
        finally
        {
            TorchLibrary.Threads = before;
        }
    }

    [Fact]
    public void A_batch_past_two_gibibytes_is_refused_with_what_fits()
    {
        var shape = new ImageShape(256, 256);
        Voxelizer voxelizer = Voxelizer.Over(TimeAxis.Range(0, 1, 0.005));
        using EventSource events = EventSource.FromBatch(new EventBatch(shape, new float[60 * shape.Values], new int[60]));
        using VoxelNetwork network = Cnn3d.For(voxelizer.OutputShape(shape)).MaxPool(new Extent3d(200, 64, 64)).Flatten().Dense(2).Build(seed: 1);

        Assert.Contains("at most 39", Assert.Throws<ArgumentException>(() =>
            Trainer.For(network).BatchSize(60).Fit(voxelizer, events)).Message, StringComparison.Ordinal);
        Assert.Equal(3, network.Predict(voxelizer, events.Slice(0, 3)).Length);
    }

    [Fact]
    public void A_disposed_network_says_so_whatever_it_is_asked()
    {
        using EventSource events = ToyEvents.Make(10, seed: 1);
        VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        network.Dispose();
        network.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Trainer.For(network).Fit(ToyEvents.Voxelizer, events));
        Assert.Throws<ObjectDisposedException>(() => network.Predict(ToyEvents.Voxelizer, events));
        Assert.Throws<ObjectDisposedException>(() => network.Predict(ToyEvents.Voxelizer.Bin(events.Read(0, 1))));
        Assert.Throws<ObjectDisposedException>(() => network.Evaluate(ToyEvents.Voxelizer, events));
    }
}
