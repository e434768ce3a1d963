using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines;

/// <summary>The engine that a network was evaluated with last, for when the same events come again: after an epoch, or with other weights.</summary>
internal sealed class EvaluationEngine(VoxelNetwork network) : IDisposable
{
    // What is kept of events that may never come again has to be little.
    private const double MemoryShare = 1.0 / 64;

    private readonly WeakReference<SparseVoxels?> events = new(null);
    private INetworkEngine? engine;
    private EngineChoice? choice;
    private Engine asked;
    private int threads;

    /// <summary>The two values of every event.</summary>
    /// <returns>What computed them.</returns>
    public EngineChoice Evaluate(SparseVoxels voxels, Span<float> values, CancellationToken cancellation)
    {
        bool isKnown = engine is not null && events.TryGetTarget(out SparseVoxels? known) && known == voxels
            && asked == network.Engine && threads == TorchLibrary.Threads;
        if (isKnown)
        {
            engine!.Refresh();
        }
        else
        {
            Dispose();
            (engine, choice) = EngineSelection.Create(network, voxels, mostEvents: 1, forTraining: false, MemoryShare);
            (asked, threads) = (network.Engine, TorchLibrary.Threads);
            events.SetTarget(voxels);
        }

        engine!.Evaluate(voxels, values, cancellation);
        return choice!;
    }

    public void Dispose()
    {
        engine?.Dispose();
        engine = null;
    }
}
