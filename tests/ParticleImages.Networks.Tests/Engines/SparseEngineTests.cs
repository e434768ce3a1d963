using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Networks.Engines.Sparse;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>The sparse engine computes what the network is: gradients, losses and statistics are those of the dense network in float64.</summary>
public sealed class SparseEngineTests(ITestOutputHelper output)
{
    /// <summary>Holds for any machine and network: what is kept for later epochs takes neither more than its share of the memory nor more than 256 MiB and half of a dense step.</summary>
    [Theory]
    [InlineData(16_000_000_000, 19_000_000, 100)]
    [InlineData(1_000_000_000, 19_000_000, 100)]
    [InlineData(64_000_000_000, 270_000, 100)]
    [InlineData(64_000_000_000, 19_000_000, 1)]
    public void Tables_are_kept_within_a_share_of_the_memory_and_of_a_dense_step(long available, long denseBytes, int events)
    {
        long budget = SiteTables.Budget(available, SparseEngine.TrainingShare, denseBytes, events);

        Assert.InRange(budget, 1, (long)(available * SparseEngine.TrainingShare));
        Assert.InRange(budget, 1, (256L << 20) + (events * denseBytes / 2));
        Assert.Equal(0, SiteTables.Budget(available, 0, denseBytes, events));
    }

    [Theory]
    [InlineData(0, 100, false)]
    [InlineData(100, 200, false)]
    [InlineData(200, 300, false)]
    [InlineData(300, 400, true)]
    public void Random_networks_and_events_agree_with_float64(int first, int end, bool withLongKernels)
    {
        (int tensors, int exceptions, int blocks) = (0, 0, 0);
        var offences = new List<string>();
        for (int seed = first; seed < end; seed++)
        {
            var random = new SparseDescriptions(seed, withLongKernels);
            blocks += SparsePlan.Of(random.Network, forTraining: true, SparsePlan.IsEmpty(random.Events), LaneWidths.Widest).Levels.Count(level => level.Blocks is not null);
            using VoxelNetwork network = random.Network.Build(seed);
            using var engine = new SparseEngine(network, threads: 2);
            var agreement = EngineAgreement.Of(network, random.Events, engine, seed);
            using var reference = new TorchEngine(network, random.Events.Count);
            var dense = EngineAgreement.Of(network, random.Events, reference, seed);
            offences.AddRange(agreement.Offences(dense).Select(offence => $"{seed}: {offence} of {random.Network}, {random.Events}"));
            (tensors, exceptions) = (tensors + agreement.Tensors, exceptions + agreement.Exceptions);
        }

        output.WriteLine($"{tensors} tensors; {exceptions} beyond the limits, of which {offences.Count} farther than dense float32; {blocks} convolutions by blocks of frames");
        offences.ForEach(output.WriteLine);
        Assert.Empty(offences);
        Assert.True(!withLongKernels || blocks >= (end - first) / 2);
    }

    [Fact]
    public void Every_width_of_vectors_and_any_number_of_threads_give_the_same()
    {
        for (int seed = 1000; seed < 1030; seed++)
        {
            var random = new SparseDescriptions(seed, withLongKernels: seed >= 1020);
            using VoxelNetwork network = random.Network.Build(seed);
            float[] alone = Step(network, random.Events, threads: 1, LaneWidths.Widest, seed);

            Assert.Equal(alone, Step(network, random.Events, threads: 2, LaneWidths.Widest, seed));
            Assert.Equal(alone, Step(network, random.Events, threads: 5, LaneWidths.Widest, seed));
            foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
            {
                float[] other = Step(network, random.Events, threads: 1, width, seed);
                double size = alone.Where(float.IsFinite).Select(Math.Abs).Max();
                Assert.All(alone.Zip(other), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-3 * size, $"{seed}, {width}: {pair.First} and {pair.Second}"));
            }
        }
    }

    [Fact]
    public void A_batch_of_another_size_and_one_that_is_abandoned_leave_nothing_behind()
    {
        var random = new SparseDescriptions(7);
        using VoxelNetwork network = random.Network.Build(7);
        float[] expected = Step(network, random.Events, threads: 2, LaneWidths.Widest, seed: 7);
        using var engine = new SparseEngine(network, threads: 2);
        (float[] trained, float[] statistics) = EngineAgreement.Weights(network.Description, new Random(7));
        engine.WriteTrained(trained);
        engine.WriteStatistics(statistics);

        engine.Forward(random.Events, [1, 0, 1], 3, new float[6]);
        engine.Backward(new float[6], new float[trained.Length]);
        engine.Forward(random.Events, [0], 4, new float[2]);
        engine.Abandon();
        engine.WriteStatistics(statistics);

        Assert.Equal(expected, Step(engine, random.Events, trained.Length, seed: 7));
    }

    [Fact]
    public void A_weight_that_is_no_number_makes_every_event_so_as_in_the_dense_network()
    {
        for (int weight = 0; weight < 40; weight += 7)
        {
            using EventSource events = ToyEvents.Make(6, seed: 1);
            using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Conv(4, kernel: 3).Relu().BatchNorm().MaxPool(2).Conv(3, kernel: 2).Relu().Flatten().Dense(2).Build(1);
            SparseVoxels voxels = ToyEvents.Voxelizer.BinSparse(events);
            (float[] trained, float[] statistics) = EngineAgreement.Weights(network.Description, new Random(1));
            trained[weight] = float.NaN;
            var values = new float[12];
            using var engine = new SparseEngine(network, threads: 1);
            engine.WriteTrained(trained);
            engine.WriteStatistics(statistics);

            engine.Forward(voxels, [0, 1, 2, 3, 4, 5], 1, values);

            Assert.All(values, value => Assert.True(float.IsNaN(value)));
        }
    }

    [Fact]
    public async Task No_memory_is_freed_under_a_step_while_the_garbage_collector_runs_all_the_time()
    {
        await using var storm = new GarbageStorm();
        for (int seed = 2000; seed < 2030; seed++)
        {
            var random = new SparseDescriptions(seed);
            using VoxelNetwork network = random.Network.Build(seed);
            float[] once = Step(network, random.Events, threads: 1, LaneWidths.Widest, seed);
            Assert.Equal(once, Step(network, random.Events, threads: 2, LaneWidths.Widest, seed));
        }
    }

    [Fact]
    public void A_network_that_cannot_be_computed_sparsely_is_refused_with_the_layer_and_what_would_let_it()
    {
        using EventSource events = ToyEvents.Make(10, seed: 1);
        using VoxelNetwork normalized = Cnn3d.For(ToyEvents.Shape).Conv(4, kernel: 3).GroupNorm(2).Flatten().Dense(2).Build(1);
        using VoxelNetwork dropping = ToyEvents.Network.Build(1);
        dropping.Engine = Engine.Sparse;

        Assert.Contains("Layer 2 (GroupNorm)", Assert.Throws<NotSupportedException>(() => normalized.Engine = Engine.Sparse).Message, StringComparison.Ordinal);
        Assert.Equal(Engine.Auto, normalized.Engine);
        Assert.Equal(10, dropping.Predict(ToyEvents.Voxelizer, events).Length);
        Assert.Equal(new EngineChoice(Engine.Sparse, "asked for"), dropping.LastEngine);
        string refusal = Assert.Throws<NotSupportedException>(() => Trainer.For(dropping).Fit(ToyEvents.Voxelizer, events)).Message;
        Assert.Contains("Layer 3 (Dropout)", refusal, StringComparison.Ordinal);
        Assert.Contains("ChannelDropout", refusal, StringComparison.Ordinal);
    }

    private static float[] Step(VoxelNetwork network, SparseVoxels events, int threads, LaneWidth width, int seed)
    {
        (float[] trained, float[] statistics) = EngineAgreement.Weights(network.Description, new Random(seed));
        using var engine = new SparseEngine(network, threads, width);
        engine.WriteTrained(trained);
        engine.WriteStatistics(statistics);
        return Step(engine, events, trained.Length, seed);
    }

    /// <summary>Values, gradient and running statistics of a step over all events.</summary>
    private static float[] Step(SparseEngine engine, SparseVoxels events, int weights, int seed)
    {
        var values = new float[2 * events.Count];
        engine.Forward(events, [.. Enumerable.Range(0, events.Count)], (ulong)seed, values);
        var gradient = new float[weights];
        engine.Backward([.. Enumerable.Range(0, values.Length).Select(i => MathF.Sin(i))], gradient);
        float[] statistics = FlatWeights.Zeros(engine.StatisticsCount);
        engine.ReadStatistics(statistics);
        return [.. values, .. gradient, .. statistics];
    }
}
