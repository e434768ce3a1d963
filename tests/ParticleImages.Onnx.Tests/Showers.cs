using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace ParticleImages.Onnx.Tests;

/// <summary>Simulated events and a small model of them.</summary>
internal static class Showers
{
    public static Voxelizer Voxelizer { get; } =
        Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, step: 0.0249)).KeepEnergyAbove(0.005).KeepTimeWithin(0.1).Cumulative().Crop(8).ScaleEnergy(50);

    public static EventSource Events(int perClass) => ToyShowers.With(photons: perClass, electrons: perClass, seed: 1).Build();

    public static TrainedModel Model(int seed) => Model(Voxelizer, seed);

    public static TrainedModel Model(Voxelizer voxelizer, int seed) => new(
        Trained.Build(
            Cnn3d.For(voxelizer.OutputShape(ImageShape.Crop32)).Conv(4, kernel: 3).Relu().BatchNorm().MaxPool(2).Flatten().Dense(8).Elu().Dense(2), seed),
        voxelizer,
        TrainingHistory.Empty);
}
