using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Simulation;
using ParticleImages.Voxelization;

namespace ParticleImages.Pipelines.Tests;

/// <summary>A pipeline that trains in a tenth of a second.</summary>
internal static class SmallEvents
{
    public static readonly Parameter<double> Cut = Parameter.OneOf("energy_above", 0.005, 0.02);
    public static readonly Parameter<int> Filters = Parameter.OneOf("filters_1", 2, 3, 4);

    public static SearchSpace Space { get; } = SearchSpace.Of(Filters, Cut);

    public static HitEvents Make(int perClass, int seed)
    {
        using EventSource events = ToyShowers.With(photons: perClass, electrons: perClass, seed: seed).Build();
        return HitEvents.From(events);
    }

    public static Pipeline Pipeline() => Pipelines.Pipeline.On(Make(30, seed: 1), Make(20, seed: 2))
        .Bin(configuration => Voxelizer.Over(TimeAxis.Range(-0.1, 0.1, 0.05)).KeepEnergyAbove(configuration.Get(Cut)).Crop(8).Cumulative())
        .Build((configuration, shape) => Cnn3d.For(shape).Scale(50).Conv(configuration.Get(Filters), kernel: 3).Relu().BatchNorm().MaxPool(2).Flatten().Dense(2))
        .Train((_, network) => Trainer.For(network).Epochs(3).BatchSize(20));
}
