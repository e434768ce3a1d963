using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Engines.Fused;
using ParticleImages.Networks.Engines.Sparse;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>Batches that a file may hold and nobody hopes for: both engines do with them what the dense network does, and fail as it fails.</summary>
public sealed class BadInputTests
{
    private static readonly ImageShape Image = new(8, 9);

    [Theory]
    [MemberData(nameof(Batches))]
    public void Gradients_losses_and_statistics_are_those_of_float64(string _, int[] hits)
    {
        SparseVoxels events = Events(hits);
        using VoxelNetwork network = Describe(events).Build(1);
        using var reference = new TorchEngine(network, events.Count);
        var dense = EngineAgreement.Of(network, events, reference, seed: 1);
        using var sparse = new SparseEngine(network, threads: 2);
        using var fused = new FusedEngine(network, threads: 2);

        Assert.Empty(EngineAgreement.Of(network, events, sparse, seed: 1).Offences(dense));
        Assert.Empty(EngineAgreement.Of(network, events, fused, seed: 1).OffencesByPlace(dense));
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void A_training_and_its_predictions_are_the_references(string _, int[] hits)
    {
        SparseVoxels events = Events(hits);
        (float[] expected, double loss) = Trained(Engine.Reference, events);

        foreach (Engine engine in (Engine[])[Engine.Sparse, Engine.Fused])
        {
            (float[] scores, double own) = Trained(engine, events);
            Assert.Equal(loss, own, 1e-4);
            Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        }
    }

    [Fact]
    public void Weights_that_are_no_numbers_fail_a_training_with_the_references_words()
    {
        SparseVoxels events = Events([3, 0, 5, 2]);
        string expected = Failure(Engine.Reference, events).Message;

        Assert.Equal(expected, Failure(Engine.Sparse, events).Message);
        Assert.Equal(expected, Failure(Engine.Fused, events).Message);
    }

    [Fact]
    public void No_events_are_predicted_as_none()
    {
        SparseVoxels events = Events([]);
        foreach (Engine engine in (Engine[])[Engine.Reference, Engine.Sparse, Engine.Fused])
        {
            using VoxelNetwork network = Describe(events).Build(1);
            network.Engine = engine;
            Assert.Empty(network.Predict(events));
        }
    }

    /// <summary>Hits of each event.</summary>
    public static TheoryData<string, int[]> Batches() => new()
    {
        { "an event without a hit among others", [4, 0, 3, 7] },
        { "an event with every voxel active among others", [4, Image.Pixels, 3, 7] },
        { "all voxels of all events active", [Image.Pixels, Image.Pixels, Image.Pixels] },
        { "one event", [5] },
        { "one event without a hit", [0] },
        { "all events without a hit", [0, 0, 0, 0] },
    };

    private static SparseVoxels Events(int[] hits)
    {
        var random = new Random(5);
        var images = new float[hits.Length * Image.Values];
        int[] pixels = [.. Enumerable.Range(0, Image.Pixels)];
        for (int i = 0; i < hits.Length; i++)
        {
            random.Shuffle(pixels);
            foreach (int pixel in pixels.AsSpan(0, hits[i]))
            {
                // What is there from the first frame on lingers in all of them: with a hit in every pixel every voxel is active.
                int place = (i * Image.Values) + (2 * pixel);
                images[place] = 0.1f + random.NextSingle();
                images[place + 1] = hits[i] == Image.Pixels ? -0.99f : (random.NextSingle() * 2) - 1;
            }
        }

        var events = HitEvents.From(new EventBatch(Image, images, [.. Enumerable.Range(0, hits.Length).Select(i => i % 2)]));
        return Voxelizer.Over(TimeAxis.Regular(-1, 1, 8)).Cumulative().BinSparse(events);
    }

    private static Cnn3d Describe(SparseVoxels events) => Cnn3d.For(events.Shape)
        .Conv(8, kernel: 3).Relu().BatchNorm().MaxPool(2).Conv(5, kernel: 3).Relu().BatchNorm().MaxPool(2).Flatten().Dense(6).Relu().Dense(2);

    private static (float[] Scores, double Loss) Trained(Engine engine, SparseVoxels events)
    {
        using VoxelNetwork network = Describe(events).Build(1);
        network.Engine = engine;
        double loss = Trainer.For(network).Epochs(3).BatchSize(4).Seed(1).Fit(events)[^1].Loss;
        Assert.Equal(engine, network.LastEngine!.Engine);
        return (network.Predict(events), loss);
    }

    private static TrainingDivergedException Failure(Engine engine, SparseVoxels events)
    {
        using VoxelNetwork network = Describe(events).Build(1);
        network.Engine = engine;
        using (var weights = new TorchEngine(network, 4))
        {
            float[] trained = FlatWeights.Zeros(weights.TrainedCount);
            weights.ReadTrained(trained);
            trained[0] = float.NaN;
            weights.WriteTrained(trained);
        }

        return Assert.Throws<TrainingDivergedException>(() => Trainer.For(network).Epochs(1).BatchSize(4).Seed(1).Fit(events));
    }
}
