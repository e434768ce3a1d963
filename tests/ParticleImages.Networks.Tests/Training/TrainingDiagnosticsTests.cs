using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Tests;

public sealed class TrainingDiagnosticsTests
{
    // Energies in the public files' unit of 50 GeV, as the notebook fed them.
    private static readonly Voxelizer Usual =
        Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0249)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(8);

    [Fact]
    public void The_notebooks_inputs_are_dominated_by_epsilon_and_scaled_ones_are_not()
    {
        using EventSource events = ToyShowers.With(photons: 100, electrons: 100, seed: 1).Build();
        SparseVoxels voxels = Usual.BinSparse(events);
        using VoxelNetwork notebook = Cnn3d.Notebook(voxels.Shape).Build(seed: 1);
        using VoxelNetwork stable = Cnn3d.Stable(voxels.Shape).Build(seed: 1);

        var bad = TrainingDiagnostics.Of(notebook, voxels);
        Trainer.For(stable).Epochs(1).BatchSize(50).Fit(voxels);
        var good = TrainingDiagnostics.Of(stable, voxels);

        Assert.True(bad.BatchNorms[0].IsDominatedByEpsilon, bad.ToString());
        Assert.Contains("Layer 4 (BatchNorm): ε 0.001 is larger than the variance in 64 of 64 channels", bad.ToString(), StringComparison.Ordinal);
        Assert.All(good.BatchNorms, norm => Assert.False(norm.IsDominatedByEpsilon, norm.ToString()));
        Assert.DoesNotContain("BatchNorm", string.Concat(good.Warnings), StringComparison.Ordinal);
        Assert.Equal(200, good.Events);
    }

    [Fact]
    public void Channels_without_any_variance_are_not_told_to_use_an_epsilon_of_zero()
    {
        using EventSource empty = ToyEvents.OfOneClass(20);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Conv(4, kernel: 3).BatchNorm().Flatten().Dense(2).Build(seed: 1);

        string report = TrainingDiagnostics.Of(network, ToyEvents.Voxelizer.BinSparse(empty)).ToString();

        Assert.Contains("Layer 2 (BatchNorm): most channels have the same value in all events", report, StringComparison.Ordinal);
        Assert.DoesNotContain("below 0", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_changes_neither_weights_nor_statistics_and_sees_statistics_that_lag_behind()
    {
        using EventSource events = ToyEvents.Make(40, seed: 1);
        SparseVoxels voxels = ToyEvents.Voxelizer.ScaleEnergy(100).BinSparse(events);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Conv(4, kernel: 3).BatchNorm().Relu().Flatten().Dense(2).Build(seed: 1);
        byte[] before = [.. network.Weights().SelectMany(weight => weight.Values.ToArray())];

        var fresh = TrainingDiagnostics.Of(network, voxels, batchSize: 16);

        Assert.Equal(before, network.Weights().SelectMany(weight => weight.Values.ToArray()).ToArray());
        Assert.Equal(32, fresh.Events);
        Assert.True(fresh.BatchNorms.Single().IsStale, fresh.ToString());
        Assert.Contains(fresh.Warnings, warning => warning.Contains("evaluation mode", StringComparison.Ordinal));

        Trainer.For(network).Epochs(1).BatchSize(10).Fit(voxels);
        Assert.False(TrainingDiagnostics.Of(network, voxels).BatchNorms.Single().IsStale);
    }

    [Fact]
    public void Losses_are_those_of_both_modes_and_agree_where_nothing_is_drawn_or_normalized()
    {
        using EventSource events = ToyEvents.Make(40, seed: 1);
        SparseVoxels voxels = ToyEvents.Voxelizer.BinSparse(events);
        using VoxelNetwork network = Cnn3d.For(ToyEvents.Shape).Conv(4, kernel: 3).Relu().Flatten().Dense(2).Build(seed: 1);

        var diagnostics = TrainingDiagnostics.Of(network, voxels);

        Assert.Equal(network.Evaluate(voxels).Loss, diagnostics.EvaluationLoss, 1e-7);
        Assert.Equal(diagnostics.EvaluationLoss, diagnostics.TrainingLoss, 1e-6);
        Assert.Empty(diagnostics.BatchNorms);
        Assert.Contains("2 or more", Assert.Throws<ArgumentException>(() => TrainingDiagnostics.Of(network, ToyEvents.Voxelizer.BinSparse(events.Slice(0, 1)))).Message, StringComparison.Ordinal);
    }
}
