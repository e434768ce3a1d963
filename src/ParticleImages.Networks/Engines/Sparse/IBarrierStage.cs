using ParticleImages.Networks.Modules;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>A stage that has to have seen all events of a batch before any of them goes on.</summary>
internal unsafe interface IBarrierStage
{
    /// <summary>Where on the way back all events have to have arrived.</summary>
    SiteMap ChainEnd { get; set; }

    /// <summary>What batches were seen of, while a network is recalibrated.</summary>
    ChannelMoments? Survey { get; set; }

    /// <summary>From now on batches' statistics are noted, and the running ones stay.</summary>
    void BeginSurvey();

    /// <summary>An event on the way there.</summary>
    void Measure(int* table, in EventTurn turn);

    /// <summary>After all events on the way there.</summary>
    void Solve();

    /// <summary>Makes what was noted the running statistics.</summary>
    void AdoptSurvey();

    /// <summary>An event on the way back.</summary>
    void MeasureBack(int* table, in EventTurn turn);

    /// <summary>After all events on the way back.</summary>
    void SolveBack(float* gradient);
}
