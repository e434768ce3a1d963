using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx.Tests;

public sealed class OnnxModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly EventSource events = Showers.Events(perClass: 60);

    public void Dispose()
    {
        events.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_loaded_file_predicts_from_events_what_the_model_predicts()
    {
        Voxelizer[] voxelizers =
        [
            Showers.Voxelizer,
            Showers.Voxelizer.Exclusive().CropAroundHottest(6),
            Showers.Voxelizer.WithChannels(VoxelChannel.Energy, VoxelChannel.Time, VoxelChannel.Hit),
            Showers.Voxelizer.ScaleEnergy(VoxelScaling.GeV, VoxelScaling.Log1p, VoxelScaling.Standardise()).Fit(events),
            Voxelizer.Over(TimeAxis.Quantiles(5)).KeepEnergyAbove(0.005).ScaleEnergy(50).Fit(events),
            Voxelizer.NotebookCompatible(-0.1, 0.1, 0.0249).KeepEnergyAbove(0.005).Cumulative(),
        ];
        for (int i = 0; i < voxelizers.Length; i++)
        {
            using TrainedModel model = Showers.Model(voxelizers[i], seed: i);
            model.ExportOnnx(folder[$"{i}.onnx"]);

            using OnnxModel loaded = OnnxModel.Load(folder[$"{i}.onnx"]);

            Assert.Equal(voxelizers[i], loaded.Voxelizer);
            Assert.Equal(model.Network.Description.Input, loaded.InputShape);
            float[] expected = model.Network.Predict(model.Voxelizer, events);
            Assert.Equal(expected, loaded.Predict(events, TestContext.Current.CancellationToken), (ours, theirs) => Math.Abs(ours - theirs) <= 1e-5);
            EvaluationResult judged = model.Network.Evaluate(model.Voxelizer, events);
            EvaluationResult found = loaded.Evaluate(events, TestContext.Current.CancellationToken);
            Assert.Equal(judged.Loss, found.Loss, 1e-5);
            Assert.Equal(judged.Roc.Area, found.Roc.Area, 1e-3);
            Assert.Equal(judged.Labels, found.Labels);
        }
    }

    [Fact]
    public void Events_sparse_voxels_and_dense_voxels_give_the_same_bits()
    {
        using OnnxModel model = Export(seed: 1);
        SparseVoxels sparse = model.Voxelizer!.BinSparse(events);

        float[] fromEvents = model.Predict(events);

        // 120 events are read at once, and batches are of 64 whatever they come from.
        Assert.Equal(fromEvents, model.Predict(sparse));
        Assert.Equal(fromEvents, model.Predict(sparse.ToDense()));
        Assert.Equal(fromEvents, model.Evaluate(sparse).Scores.ToArray().Select(score => (float)score));
        Assert.Equal(fromEvents[..1], model.Predict(events.Slice(0, 1)), (ours, theirs) => Math.Abs(ours - theirs) <= 1e-5);
        Assert.Empty(model.Predict(events.Slice(0, 0)));
        Assert.True(fromEvents.Distinct().Count() > 60);
    }

    [Fact]
    public void Several_threads_predict_at_a_time_and_get_what_one_gets()
    {
        using OnnxModel model = Export(seed: 1, threads: 1);
        SparseVoxels voxels = model.Voxelizer!.BinSparse(events);
        float[] expected = model.Predict(voxels);

        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => Assert.Equal(expected, model.Predict(voxels)));
    }

    [Fact]
    public void A_network_without_a_voxelizer_predicts_from_voxels_and_says_why_not_from_events()
    {
        using TrainedModel model = Showers.Model(seed: 1);
        model.Network.ExportOnnx(folder["network.onnx"]);
        using OnnxModel loaded = OnnxModel.Load(folder["network.onnx"]);
        SparseVoxels voxels = model.Voxelizer.BinSparse(events);

        Assert.Null(loaded.Voxelizer);
        Assert.Equal(model.Network.Predict(voxels), loaded.Predict(voxels), (ours, theirs) => Math.Abs(ours - theirs) <= 1e-5);
        string said = Assert.Throws<InvalidOperationException>(() => loaded.Predict(events)).Message;
        Assert.Contains("network.onnx does not say how events become voxels", said, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => loaded.Evaluate(events));
    }

    [Fact]
    public void Voxels_of_another_shape_and_images_of_another_size_are_refused()
    {
        using OnnxModel model = Export(seed: 1);
        VoxelGrid other = Trained.Voxels(new VoxelShape(9, 8, 10), 2, seed: 1);
        VoxelGrid channels = Trained.Voxels(new VoxelShape(9, 8, 8, channels: 2), 2, seed: 1);
        using EventSource tiny = EventSource.FromBatch(ExampleEvents.Batch(4));

        Assert.Contains("The voxels are 9 × 8 × 10; the network's input is 9 × 8 × 8", Assert.Throws<ArgumentException>("grid", () => model.Predict(other)).Message, StringComparison.Ordinal);
        Assert.Contains("Choose channels", Assert.Throws<ArgumentException>("grid", () => model.Predict(channels)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Predict(tiny));
        Assert.Throws<ArgumentNullException>(() => model.Predict((EventSource)null!));
        Assert.Throws<ArgumentNullException>(() => model.Predict((VoxelGrid)null!));
        Assert.Throws<ArgumentNullException>(() => model.Predict((SparseVoxels)null!));
    }

    [Fact]
    public void A_voxelizer_that_makes_other_voxels_of_such_images_is_refused()
    {
        Voxelizer whole = Voxelizer.Over(TimeAxis.Regular(-0.1, 0.1, bins: 3));
        using TrainedModel model = Showers.Model(whole, seed: 1);
        model.ExportOnnx(folder["model.onnx"]);
        using OnnxModel loaded = OnnxModel.Load(folder["model.onnx"]);
        using EventSource tiny = EventSource.FromBatch(ExampleEvents.Batch(4));

        Assert.Contains("The voxels are 3 × 5 × 4; the network's input is 3 × 32 × 32", Assert.Throws<ArgumentException>("events", () => loaded.Predict(tiny)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(3e38f)]
    public void An_event_whose_voxels_give_no_finite_value_has_no_probability(float value)
    {
        using OnnxModel model = Export(seed: 1);
        VoxelGrid grid = Trained.Voxels(model.InputShape, 70, seed: 1);
        float[] voxels = grid.Voxels.ToArray();
        voxels.AsSpan((66 * grid.Shape.Values) + 200, 2).Fill(value);

        NotFiniteNumberException refusal = Assert.Throws<NotFiniteNumberException>(() => model.Predict(new VoxelGrid(grid.Shape, voxels, grid.Labels.ToArray())));

        Assert.Contains("Event 66 has no probability", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_one_class_have_no_curve()
    {
        using OnnxModel model = Export(seed: 1);

        Assert.Throws<ArgumentException>(() => model.Evaluate(events.Slice(0, 10)));
    }

    [Fact]
    public void A_cancelled_prediction_ends()
    {
        using OnnxModel model = Export(seed: 1);

        Assert.Throws<OperationCanceledException>(() => model.Predict(events, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(events, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_disposed_model_predicts_nothing()
    {
        OnnxModel model = Export(seed: 1);
        VoxelGrid grid = Trained.Voxels(model.InputShape, 2, seed: 1);
        model.Dispose();
        model.Dispose();

        Assert.Throws<ObjectDisposedException>(() => model.Predict(grid));
        Assert.Throws<ObjectDisposedException>(() => model.Predict(events));
    }

    [Fact]
    public void No_threads_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("threads", () => OnnxModel.Load(folder["none.onnx"], threads: 0));
        Assert.Throws<ArgumentException>(() => OnnxModel.Load(""));
    }

    private OnnxModel Export(int seed, int? threads = null)
    {
        using TrainedModel model = Showers.Model(seed);
        model.ExportOnnx(folder["model.onnx"]);
        return OnnxModel.Load(folder["model.onnx"], threads);
    }
}
