using ParticleImages.Networks;
using ParticleImages.Voxelization;

namespace ElectronPhoton;

/// <summary>What a run trains, and on how many events of each class.</summary>
internal sealed record JobSettings(
    string Name, int Train, int Validation, int Test, Voxelizer Voxelizer, Func<VoxelShape, Cnn3d> Network, Func<VoxelNetwork, Trainer> Recipe, int Epochs, int BatchSize)
{
    /// <summary>The seed of everything random: simulation, weights, shuffling, dropout.</summary>
    public const int Seed = 1337;

    /// <summary>
    /// Small enough for a laptop's coffee break: 98 % of a shower's energy is inside the central 10 × 10 crystals, and a pool of seven along
    /// time leaves three frames to the second convolution.
    /// </summary>
    public static JobSettings Quick { get; } = new(
        "quick",
        Train: 10_000,
        Validation: 1000,
        Test: 2000,
        Usual.Crop(10).ScaleEnergy(50),
        shape => Cnn3d.For(shape)
            .Conv(8, kernel: 3).Relu().BatchNorm().MaxPool(new Extent3d(7, 1, 1))
            .Conv(16, kernel: 3).Relu().BatchNorm().MaxPool(new Extent3d(1, 2, 2))
            .Flatten().Dense(32).Elu().Dense(2),
        Trainer.For,
        Epochs: 8,
        BatchSize: 50);

    /// <summary>
    /// The published notebook's run: its events, binning, epochs and convolutions. Dropout has moved from the maps to the head, so that the network is computed only where events have
    /// something; the best epoch's weights are kept.
    /// </summary>
    public static JobSettings Full { get; } = new(
        "full",
        Train: 10_000,
        Validation: 10_000,
        Test: 1_000,
        Voxelizer.NotebookCompatible(-0.1, 0.1, 0.0099).KeepEnergyAbove(0.005).Cumulative(),
        shape => Cnn3d.Stable(shape),
        network => Trainer.For(network).KeepBest(),
        Epochs: 100,
        BatchSize: 100);

    /// <summary>One frame for all times, so that events with and without times look the same.</summary>
    public static JobSettings EnergyOnly { get; } = new(
        "energy only",
        Train: 10_000,
        Validation: 1000,
        Test: 2000,
        Voxelizer.Over(TimeAxis.Range(-1000, 1000, step: 2000)).KeepEnergyAbove(0.005).Crop(16).ScaleEnergy(50),
        shape => Cnn3d.For(shape)
            .Conv(16, new Extent3d(1, 3, 3)).Relu().BatchNorm()
            .Conv(32, new Extent3d(1, 3, 3)).Relu().BatchNorm().MaxPool(new Extent3d(1, 2, 2))
            .Flatten().Dense(32).Elu().Dense(2),
        Trainer.For,
        Epochs: 6,
        BatchSize: 50);

    // 0.25 GeV, ±5 ns and bins of 0.495 ns in the files' units of 50 GeV and 50 ns.
    private static Voxelizer Usual =>
        Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0099)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative();

    /// <summary>Events of each class that the run needs in all.</summary>
    public int PerClass => Train + Validation + Test;
}
