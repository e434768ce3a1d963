using ParticleImages.Networks.Engines;
using ParticleImages.Networks.Engines.Fused;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests.Engines;

/// <summary>The fused engine computes what the network is, with the masks that <see cref="DropoutMask"/> describes.</summary>
public sealed class FusedEngineTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0, 100, false)]
    [InlineData(100, 200, true)]
    [InlineData(200, 300, true)]
    public void Random_networks_and_events_agree_with_float64(int first, int end, bool drops)
    {
        (int tensors, int exceptions) = (0, 0);
        var offences = new List<string>();
        for (int seed = first; seed < end; seed++)
        {
            var random = new FusedDescriptions(seed, drops);
            using VoxelNetwork network = random.Network.Build(seed);
            using var engine = new FusedEngine(network, threads: 2);
            var agreement = EngineAgreement.Of(network, random.Events, engine, seed, FusedDescriptions.Masks(random.Network, random.Events.Count, (ulong)seed));

            // Its masks are others; so it is compared without.
            using VoxelNetwork plain = Cnn3d.Of(random.Network.Input, [.. random.Network.Layers.Where(layer => layer is not (DropoutLayer or ChannelDropoutLayer))]).Build(seed);
            using var reference = new TorchEngine(plain, random.Events.Count);
            var dense = EngineAgreement.Of(plain, random.Events, reference, seed);
            offences.AddRange(agreement.OffencesByPlace(dense).Select(offence => $"{seed}: {offence} of {random.Network}, {random.Events}"));
            (tensors, exceptions) = (tensors + agreement.Tensors, exceptions + agreement.Exceptions);
        }

        output.WriteLine($"{tensors} tensors; {exceptions} beyond the limits, of which {offences.Count} farther than dense float32");
        offences.ForEach(output.WriteLine);
        Assert.Empty(offences);
    }

    [Fact]
    public void Every_width_of_vectors_and_any_number_of_threads_give_the_same()
    {
        for (int seed = 1000; seed < 1020; seed++)
        {
            var random = new FusedDescriptions(seed, drops: true);
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
    public void Masks_are_those_described_whatever_the_width_and_keep_what_the_rate_leaves()
    {
        var ones = new float[1003];
        Array.Fill(ones, 1);
        var expected = new float[ones.Length];
        double kept = 0;
        for (int map = 0; map < 50; map++)
        {
            ulong stream = DropoutMask.Stream(seed: 5, layer: 1, map, channel: 3);
            DropoutMask.Fill(stream, 0.3, expected);
            kept += expected.Count(factor => factor > 0);
            foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
            {
                Assert.Equal(expected, Rectified(FusedStep.KernelsOf(width), ones, stream, 0.3));
            }
        }

        // Five standard deviations.
        Assert.InRange(kept / (50 * ones.Length), 0.7 - 0.0103, 0.7 + 0.0103);
        Assert.Equal(1 / 0.7f, expected.Max());
        Assert.Equal(0, expected.Min());
    }

    [Fact]
    public void Masks_of_other_steps_layers_events_and_channels_are_others()
    {
        ulong[] streams = [DropoutMask.Stream(1, 0, 0, 0), DropoutMask.Stream(2, 0, 0, 0), DropoutMask.Stream(1, 1, 0, 0), DropoutMask.Stream(1, 0, 1, 0), DropoutMask.Stream(1, 0, 0, 1)];
        float[][] masks = [.. streams.Select(stream =>
        {
            var mask = new float[200];
            DropoutMask.Fill(stream, 0.5, mask);
            return mask;
        })];

        Assert.All(masks, mask => Assert.Single(masks, other => other.SequenceEqual(mask)));
    }

    [Fact]
    public void Layers_that_are_none_of_a_blocks_are_computed_as_by_the_reference()
    {
        using EventSource toys = ToyEvents.Make(9, seed: 1);
        SparseVoxels events = ToyEvents.Voxelizer.BinSparse(toys);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Scale(20).Conv(4, kernel: 3).Relu().BatchNorm()
            .Residual(branch => branch.Conv(4, kernel: 3).BatchNorm().Elu()).Relu().MaxPool(2)
            .GroupNorm(2).Conv(5, kernel: 2).Elu().BatchNorm().Flatten().Dense(8).Relu().BatchNorm().Dense(2).Build(3);
        using var engine = new FusedEngine(network, threads: 2);
        using var reference = new TorchEngine(network, events.Count);

        Assert.Equal(network.Description.Layers.Length, network.Stack.LayersFrom(0).Count());
        AssertClose(Step(reference, network, events, 3), Step(engine, network, events, 3), 2e-4);
    }

    [Fact]
    public void Recalibrated_statistics_and_values_are_the_references()
    {
        for (int seed = 3000; seed < 3020; seed++)
        {
            var random = new FusedDescriptions(seed, drops: true);
            using VoxelNetwork network = random.Network.Build(seed);
            using var engine = new FusedEngine(network, threads: 2);
            using var reference = new TorchEngine(network, random.Events.Count);

            float[] expected = Recalibrated(reference, network, random.Events, seed);
            AssertClose(expected, Recalibrated(engine, network, random.Events, seed), 1e-4);
        }
    }

    [Fact]
    public void A_batch_of_another_size_and_one_that_is_abandoned_leave_nothing_behind()
    {
        var random = new FusedDescriptions(7, drops: true);
        using VoxelNetwork network = random.Network.Build(7);
        float[] expected = Step(network, random.Events, threads: 2, LaneWidths.Widest, seed: 7);
        using var engine = new FusedEngine(network, threads: 2);
        float[] gradient = FlatWeights.Zeros(engine.TrainedCount);

        engine.Forward(random.Events, [.. Enumerable.Repeat(0, 70)], 3, new float[140]);
        engine.Backward(new float[140], gradient);
        engine.Forward(random.Events, [0, 1], 4, new float[4]);
        engine.Abandon();

        Assert.Equal(expected, Step(engine, network, random.Events, seed: 7));
        Assert.Throws<InvalidOperationException>(() => engine.Backward(new float[140], gradient));
    }

    [Fact]
    public void A_weight_that_is_no_number_makes_every_event_so_as_in_the_reference()
    {
        using EventSource toys = ToyEvents.Make(6, seed: 1);
        SparseVoxels events = ToyEvents.Voxelizer.BinSparse(toys);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Conv(4, kernel: 3).Relu().Dropout(0.2).BatchNorm().MaxPool(2).Conv(3, kernel: 2).Relu().MaxPool(2).Flatten().Dense(2).Build(1);
        for (int weight = 0; weight < 120; weight += 17)
        {
            (float[] trained, float[] statistics) = EngineAgreement.Weights(network.Description, new Random(1));
            trained[weight] = float.NaN;
            using var engine = new FusedEngine(network, threads: 2);
            engine.WriteTrained(trained);
            engine.WriteStatistics(statistics);
            var values = new float[12];

            engine.Forward(events, [0, 1, 2, 3, 4, 5], 1, values);

            Assert.All(values, value => Assert.True(float.IsNaN(value)));
        }
    }

    [Fact]
    public async Task No_memory_is_freed_under_a_step_while_the_garbage_collector_runs_all_the_time()
    {
        await using var storm = new GarbageStorm();
        for (int seed = 2000; seed < 2020; seed++)
        {
            var random = new FusedDescriptions(seed, drops: true);
            using VoxelNetwork network = random.Network.Build(seed);
            float[] once = Step(network, random.Events, threads: 1, LaneWidths.Widest, seed);
            Assert.Equal(once, Step(network, random.Events, threads: 2, LaneWidths.Widest, seed));
        }
    }

    private static unsafe float[] Rectified(IMapKernels kernels, float[] values, ulong stream, double rate)
    {
        var result = new float[values.Length];
        fixed (float* from = values, to = result)
        {
            kernels.Rectify(from, to, values.Length, (1, 0), rectify: true, DropoutMask.Factor(rate), stream, rate);
        }

        return result;
    }

    private static void AssertClose(float[] expected, float[] actual, double limit)
    {
        double size = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= limit * size, $"{pair.First} and {pair.Second} of {size}"));
    }

    private static float[] Recalibrated(INetworkEngine engine, VoxelNetwork network, SparseVoxels events, int seed)
    {
        (float[] trained, float[] statistics) = EngineAgreement.Weights(network.Description, new Random(seed));
        engine.WriteTrained(trained);
        engine.WriteStatistics(statistics);
        engine.Recalibrate(events, [.. Enumerable.Range(0, events.Count)], batchSize: 3, CancellationToken.None);
        var values = new float[2 * events.Count];
        engine.Evaluate(events, values, CancellationToken.None);
        engine.ReadStatistics(statistics);
        return [.. values, .. statistics];
    }

    private static float[] Step(VoxelNetwork network, SparseVoxels events, int threads, LaneWidth width, int seed)
    {
        using var engine = new FusedEngine(network, threads, width);
        return Step(engine, network, events, seed);
    }

    /// <summary>Values, gradient and running statistics of a step over all events.</summary>
    private static float[] Step(INetworkEngine engine, VoxelNetwork network, SparseVoxels events, int seed)
    {
        (float[] trained, float[] statistics) = EngineAgreement.Weights(network.Description, new Random(seed));
        engine.WriteTrained(trained);
        engine.WriteStatistics(statistics);
        var values = new float[2 * events.Count];
        engine.Forward(events, [.. Enumerable.Range(0, events.Count)], (ulong)seed, values);
        var gradient = new float[trained.Length];
        engine.Backward([.. Enumerable.Range(0, values.Length).Select(i => MathF.Sin(i))], gradient);
        engine.ReadStatistics(statistics);
        return [.. values, .. gradient, .. statistics];
    }
}
