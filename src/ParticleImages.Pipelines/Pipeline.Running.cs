using ParticleImages.Evaluation;
using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Voxelization;

namespace ParticleImages.Pipelines;

/// <content>The terminal verbs, and what is asked before them.</content>
public sealed partial record Pipeline
{
    /// <summary>Why a configuration makes no sense: its cuts contradict each other, or its layers do not fit its voxels. Costs no training.</summary>
    /// <param name="configuration">Any.</param>
    /// <returns>The reason; null where it can be trained.</returns>
    public string? Refusal(Configuration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        try
        {
            _ = Describe(configuration);
            return null;
        }
        catch (Exception problem) when (problem is NetworkShapeException or ArgumentException)
        {
            return problem.Message;
        }
    }

    /// <summary>The hash of all that decides about a configuration's voxels: the events, the cuts, the binning. 64 hexadecimal digits, the same for configurations that share voxels.</summary>
    /// <param name="configuration">One that <see cref="Refusal"/> does not refuse.</param>
    /// <returns>The hash.</returns>
    public string PreparationOf(Configuration configuration) => EventChecksum.Of(Checksum, VoxelizerOf(configuration).ToJson());

    /// <summary>Trains and judges one configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="seed">The seed of weights, order and dropout, 0 or more.</param>
    /// <param name="checkpoint">The folder of the training's checkpoint, from which an interrupted training goes on; null for none.</param>
    /// <param name="onEpoch">Told of every epoch, also of those that an earlier, interrupted call did; what it throws ends the training. Or null.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <returns>The model and what it came to; to be disposed of.</returns>
    /// <exception cref="InfeasibleTrialException">The configuration makes no sense.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PipelineResult Run(Configuration configuration, int seed, string? checkpoint = null, Action<EpochRecord>? onEpoch = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (Refusal(configuration) is { } refusal)
        {
            throw new InfeasibleTrialException(refusal);
        }

        (Voxelizer voxelizer, Cnn3d description) = Describe(configuration);
        PreparedEvents prepared = cache.Get(EventChecksum.Of(Checksum, voxelizer.ToJson()), () => PreparedEvents.From(voxelizer, train, validation));
        VoxelNetwork network = description.Build(seed, Device);
        try
        {
            network.Engine = Engine;
            Trainer trainer = training!(configuration, network).Seed(seed);
            trainer = checkpoint is null ? trainer : trainer.CheckpointIn(checkpoint);
            var told = new EpochRelay(onEpoch);
            TrainingHistory history = trainer.Notify(told).Fit(prepared.Train, prepared.Validation, progress: null, cancellation);
            told.Finish(history);
            EngineChoice? engine = network.LastEngine;
            return new PipelineResult(new TrainedModel(network, prepared.Voxelizer, history), engine, PipelineJudgement.Of(network, prepared, SignalEfficiency, cancellation));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    internal void CheckWhole()
    {
        string? missing = binning is null ? "binning: Bin(configuration => Voxelizer.Over(…))"
            : building is null ? "network: Build((configuration, shape) => Cnn3d.For(shape)…)"
            : training is null ? "training: Train((configuration, network) => Trainer.For(network)…)"
            : null;
        if (missing is not null)
        {
            throw new InvalidOperationException($"The pipeline has no {missing}.");
        }
    }

    private (Voxelizer Voxelizer, Cnn3d Description) Describe(Configuration configuration)
    {
        CheckWhole();
        Voxelizer voxelizer = VoxelizerOf(configuration);
        Cnn3d description = building!(configuration, voxelizer.OutputShape(train.Shape));
        _ = description.Summary();
        return (voxelizer, description);
    }

    private Voxelizer VoxelizerOf(Configuration configuration)
    {
        Voxelizer voxelizer = binning!(configuration);
        return voxelizer.IsFitted ? voxelizer : voxelizer.Fit(train);
    }
}
