using ParticleImages.Networks;
using ParticleImages.Search;

namespace ParticleImages.Pipelines;

/// <summary>What one configuration came to.</summary>
public sealed class PipelineResult : IDisposable
{
    internal PipelineResult(TrainedModel model, EngineChoice? engine, TrialMetrics metrics)
    {
        Engine = engine;
        Model = model;
        Metrics = metrics;
    }

    /// <summary>What the training was computed with, and why; null where the checkpoint had all of it.</summary>
    public EngineChoice? Engine { get; }

    /// <summary>Cuts, binning, network and history in one.</summary>
    public TrainedModel Model { get; }

    /// <summary>
    /// How it judges the events that every configuration is judged by: <c>judged_auc</c> with its standard error; <c>judged_background</c>, the share of photons that pass where
    /// <see cref="Pipeline.SignalEfficiency"/> of the electrons do, with its error, 1 where the cuts lose so many electrons that no threshold reaches that; <c>judged_rejection</c>, one over it, where no photon passes its lower limit at 95 %; <c>judged_emptied</c>, the share of events
    /// that the cuts leave without a hit. Such an event is never taken for an electron: a lost electron counts against the efficiency, and is not absent.
    /// </summary>
    public TrialMetrics Metrics { get; }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Model.Dispose();
}
