namespace ParticleImages.Simulation.Tests;

/// <summary>Simulated events are a source as every other.</summary>
public sealed class ToyShowersContractTests : EventSourceContract
{
    private static readonly ToyShowers Showers = ToyShowers.With(photons: 12, electrons: 9, seed: 5);

    protected override EventBatch Expected { get; } = Showers.Build().Read(0, 21);

    protected override EventSource Open() => Showers.Build();
}
