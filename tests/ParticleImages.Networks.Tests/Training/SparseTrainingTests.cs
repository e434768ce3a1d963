using System.Runtime.InteropServices;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;
using TorchSharp;

namespace ParticleImages.Networks.Tests;

/// <summary>Training and prediction from sparse voxels and from several channels.</summary>
public sealed class SparseTrainingTests : IDisposable
{
    private static readonly Voxelizer Channels =
        ToyEvents.Voxelizer.WithChannels(VoxelChannel.Energy, VoxelChannel.Time, VoxelChannel.Hit);

    private static readonly Cnn3d OnChannels = Cnn3d.For(Channels.OutputShape(ImageShape.Crop32))
        .Conv(4, kernel: 3).Relu().BatchNorm().MaxPool(2).Flatten().Dense(8).Relu().Dense(2);

    private readonly TemporaryFolder folder = new();
    private readonly EventSource events = ToyEvents.Make(60, seed: 1);

    public void Dispose()
    {
        events.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Training_on_sparse_voxels_gives_the_weights_and_history_of_training_on_their_events()
    {
        using EventSource others = ToyEvents.Make(30, seed: 2);
        using VoxelNetwork first = ToyEvents.Network.Build(seed: 1);
        using VoxelNetwork second = ToyEvents.Network.Build(seed: 1);
        Trainer Settings(VoxelNetwork network) => Trainer.For(network).Epochs(2).BatchSize(7).Seed(3);

        TrainingHistory ofEvents = Settings(first).Fit(ToyEvents.Voxelizer, events, others);
        TrainingHistory ofVoxels = Settings(second).Fit(ToyEvents.Voxelizer.BinSparse(events), ToyEvents.Voxelizer.BinSparse(others));

        Assert.Equal(Untimed(ofEvents), Untimed(ofVoxels));
        Assert.Equal(Weights(first), Weights(second));
        IEnumerable<EpochRecord> Untimed(TrainingHistory history) => history.Select(record => record with { Seconds = 0 });
    }

    [Fact]
    public void Prediction_and_evaluation_of_sparse_voxels_are_those_of_dense_ones_and_of_the_events()
    {
        using EventSource many = ToyEvents.Make(300, seed: 3);
        using VoxelNetwork network = OnChannels.Build(seed: 1);
        network.Engine = Engine.Reference;
        SparseVoxels voxels = Channels.BinSparse(many);

        float[] expected = network.Predict(voxels.ToDense());

        Assert.Equal(expected, network.Predict(voxels));
        Assert.Equal(expected[..256], network.Predict(Channels, many)[..256]);
        Assert.Equal(network.Evaluate(Channels, many).Roc.Area, network.Evaluate(voxels).Roc.Area, 1e-12);
        Assert.Equal(network.Evaluate(Channels, many).Loss, network.Evaluate(voxels).Loss, 1e-6);
        Assert.Empty(network.Predict(Channels.BinSparse(many.Slice(0, 0))));
    }

    [Fact]
    public void A_batch_in_torchs_memory_holds_the_bits_of_the_dense_voxels()
    {
        TorchLibrary.Load();
        VoxelShape shape = Channels.OutputShape(events.ImageShape);
        SparseVoxels voxels = Channels.BinSparse(events);
        VoxelGrid grid = Channels.Bin(events.Read(0, 60));
        using var batch = new BatchTensor(shape, 3, torch.CPU);
        using DisposeScope scope = torch.NewDisposeScope();

        torch.Tensor filled = batch.Fill(voxels, [41, 0, 7]);

        Assert.Equal([3, 3, shape.Frames, shape.Height, shape.Width], filled.shape);
        Assert.Equal<float>([.. grid.Event(41), .. grid.Event(0), .. grid.Event(7)], MemoryMarshal.Cast<byte, float>(filled.bytes).ToArray());
        Assert.Equal<float>([.. grid.Event(5), .. grid.Event(6)], MemoryMarshal.Cast<byte, float>(batch.Fill(grid, 5, 2).bytes).ToArray());
    }

    [Fact]
    public void A_network_on_three_channels_trains_saves_loads_and_predicts_the_same()
    {
        VoxelNetwork network = OnChannels.Build(seed: 1);
        byte[] before = Weights(network);
        TrainingHistory history = Trainer.For(network).Epochs(8).BatchSize(20).LearningRate(5e-3).Seed(4).Fit(Channels, events);
        using var saved = new TrainedModel(network, Channels, history);
        saved.Save(folder["model"]);

        using TrainedModel loaded = TrainedModel.Load(folder["model"]);

        Assert.NotEqual(before, Weights(network));
        Assert.True(history[^1].Loss < history[0].Loss / 2, $"loss {history[0].Loss} to {history[^1].Loss}");
        Assert.Equal(saved.Network.Description, loaded.Network.Description);
        Assert.Equal(Channels, loaded.Voxelizer);
        Assert.Equal(network.Predict(Channels, events), loaded.Network.Predict(loaded.Voxelizer, events));
    }

    [Fact]
    public void Every_channel_reaches_the_network()
    {
        using VoxelNetwork network = OnChannels.Build(seed: 1);
        SparseVoxels all = Channels.BinSparse(events);
        float[] expected = network.Predict(all);

        // Another scale of the times changes nothing but the second channel.
        float[] other = network.Predict(Channels.ScaleTime(VoxelScaling.By(10)).BinSparse(events));

        Assert.NotEqual(expected, other);
        Assert.Equal(4 * ((3 * 27) + 1), OnChannels.Summary().Layers[0].Parameters);
    }

    [Fact]
    public void Voxels_of_other_channels_are_refused_with_both_shapes()
    {
        using VoxelNetwork network = OnChannels.Build(seed: 1);
        SparseVoxels one = ToyEvents.Voxelizer.BinSparse(events);

        string said = Assert.Throws<ArgumentException>(() => Trainer.For(network).Fit(one)).Message;

        Assert.StartsWith("The voxels are 4 × 8 × 8; the network's input is 3 channels of 4 × 8 × 8 (frames × rows × columns).", said, StringComparison.Ordinal);
        Assert.Contains("choose channels", said, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => network.Predict(one));
        Assert.Throws<ArgumentException>(() => network.Evaluate(one));
        Assert.Throws<ArgumentException>("validation", () => Trainer.For(network).Fit(Channels.BinSparse(events), one));
    }

    [Fact]
    public void No_sparse_events_to_train_on_are_refused_and_none_to_validate_on_are_none()
    {
        using VoxelNetwork network = OnChannels.Build(seed: 1);
        SparseVoxels none = Channels.BinSparse(events.Slice(0, 0));

        Assert.Throws<ArgumentException>("train", () => Trainer.For(network).Fit(none));
        Assert.Null(Trainer.For(network).Epochs(1).Fit(Channels.BinSparse(events), none)[0].ValidationLoss);
    }

    [Fact]
    public void A_voxelizer_that_is_yet_to_be_fitted_is_refused_before_anything_is_read_and_trains_when_fitted()
    {
        using VoxelNetwork network = ToyEvents.Network.Build(seed: 1);
        Voxelizer[] unfitted =
        [
            ToyEvents.Voxelizer.ScaleEnergy(VoxelScaling.Standardise()),
            Voxelizer.Over(TimeAxis.Quantiles(4)).Crop(8),
            Voxelizer.Over(TimeAxis.DistinctTimes()).Crop(8),
        ];
        using var closed = ToyEvents.Make(4, seed: 1);
        closed.Dispose();
        foreach (Voxelizer voxelizer in unfitted)
        {
            foreach (Action use in (Action[])[
                () => Trainer.For(network).Fit(voxelizer, closed),
                () => network.Predict(voxelizer, closed),
                () => network.Evaluate(voxelizer, closed)])
            {
                Assert.Contains("voxelizer.Fit(split.Train)", Assert.Throws<ArgumentException>("voxelizer", use).Message, StringComparison.Ordinal);
            }
        }

        Assert.Single(Trainer.For(network).Epochs(1).Fit(unfitted[0].Fit(events), events));
    }

    private static byte[] Weights(VoxelNetwork network) => [.. network.Weights().SelectMany(weight => weight.Values.ToArray())];
}
