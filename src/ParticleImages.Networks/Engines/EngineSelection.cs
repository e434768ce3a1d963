using System.Globalization;
using ParticleImages.Networks.Engines.Fused;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Networks.Engines.Sparse;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines;

/// <summary>Finds the engine for a network and events.</summary>
internal static class EngineSelection
{
    // Events, evenly spread, whose multiplications are counted.
    private const int Sample = 32;

    /// <summary>Makes the engine that a network asks for, or the one with the least to do.</summary>
    /// <param name="network">The network.</param>
    /// <param name="events">What it will compute.</param>
    /// <param name="mostEvents">The most events of a batch.</param>
    /// <param name="forTraining">Whether weights will be fitted.</param>
    /// <param name="memoryShare">Of what the process may use, for what is worth keeping of events that come again.</param>
    /// <exception cref="NotSupportedException">The engine that was asked for can't compute the network.</exception>
    public static (INetworkEngine Engine, EngineChoice Choice) Create(VoxelNetwork network, SparseVoxels events, int mostEvents, bool forTraining, double memoryShare)
    {
        EngineChoice choice = Choose(network, events, forTraining);
        INetworkEngine engine = choice.Engine switch
        {
            Engine.Sparse => new SparseEngine(network, memoryShare: memoryShare),
            Engine.Fused => new FusedEngine(network),
            _ => new TorchEngine(network, mostEvents),
        };
        return (engine, choice);
    }

    /// <summary>Why an engine can't compute a network; null if it can.</summary>
    public static string? Refusal(VoxelNetwork network, Engine engine, bool forTraining)
    {
        if (engine is not (Engine.Sparse or Engine.Fused))
        {
            return null;
        }

        return network.Device != ComputeDevice.Cpu
            ? $"Engine.{engine} computes on the CPU; the network is on {network.Device}. Build or load it with ComputeDevice.Cpu, or use Engine.Reference."
            : engine == Engine.Fused ? null : SparsePlan.Refusal(network.Description, forTraining);
    }

    /// <summary>The engine for a network and events, and why.</summary>
    /// <exception cref="NotSupportedException">The engine that was asked for can't compute the network.</exception>
    public static EngineChoice Choose(VoxelNetwork network, SparseVoxels events, bool forTraining)
    {
        if (network.Engine != Engine.Auto)
        {
            return Refusal(network, network.Engine, forTraining) is { } impossible
                ? throw new NotSupportedException(impossible)
                : new EngineChoice(network.Engine, "asked for");
        }

        if (network.Device != ComputeDevice.Cpu)
        {
            return new EngineChoice(Engine.Reference, $"the network is on {network.Device}");
        }

        if (Refusal(network, Engine.Sparse, forTraining) is { } refusal)
        {
            return new EngineChoice(Engine.Fused, refusal);
        }

        if (events.Count == 0)
        {
            return new EngineChoice(Engine.Reference, "there are no events");
        }

        return Count(network, events);
    }

    private static EngineChoice Count(VoxelNetwork network, SparseVoxels events)
    {
        SparsePlan plan = SparsePlan.Of(network.Description, forTraining: false, SparsePlan.IsEmpty(events), LaneWidth.Scalar);
        using SparseTrunk trunk = plan.Trunk;
        var builder = new SiteTableBuilder(plan.Input, plan.Levels, plan.WithPlaces);
        int count = Math.Min(Sample, events.Count);
        double sparse = 0;
        double active = 0;
        for (int i = 0; i < count; i++)
        {
            SiteTable table = builder.Build(events[(int)((long)i * events.Count / count)]);
            sparse += SparseWork.Of(trunk, table);
            active += SparseWork.ActivePlaces(table, level: 0);
        }

        sparse /= count;
        double dense = ShapeInference.Walk(network.Description).Take(plan.HeadStart).Sum(step => (double)step.Layer.MultiplyAdds(step.Input, step.Output));
        string reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{sparse / 1e6:0.##} instead of {dense / 1e6:0.##} million multiplications an event; {100 * active / count / plan.Input.Places:0.##} % of the voxels hold something");
        return sparse < dense
            ? new EngineChoice(Engine.Sparse, reason)
            : new EngineChoice(Engine.Fused, $"sparsely it would be {reason}");
    }
}
