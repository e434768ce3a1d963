using System.Diagnostics.CodeAnalysis;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Prediction;
using ParticleImages.Networks.Training;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <content>The terminal verb: what is checked before a training, and its start.</content>
public sealed partial record Trainer
{
    private const string DistinctOverloads = "The overloads differ in a required parameter: no call fits both.";

    /// <summary>Trains on events, which are read, cut and binned once, before the first step. The network's weights are changed in place, also when the training ends early by an exception or cancellation.</summary>
    /// <param name="voxelizer">How an event becomes voxels of the network's input shape.</param>
    /// <param name="train">The events that the weights are fitted to, at least 1.</param>
    /// <param name="validation">
    /// Events that each epoch is judged by; null or an empty source for none: the history then has no validation columns' values.
    /// </param>
    /// <param name="progress">Told after every step and every epoch, on the training thread, or null.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>One record an epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The voxelizer is yet to be fitted or its shape is not the network's input, there are no events to train on, a batch is over 2 GiB, its size leaves a batch norm without a
    /// spread, there are not as many event weights as events, or a metric of validation events decides and there are none: nothing was read then. Or an area decides, and its
    /// events are of one class.
    /// </exception>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training, or of more epochs; the message lists what differs.</exception>
    /// <exception cref="ModelFormatException">The checkpoint is damaged or of a newer version.</exception>
    /// <exception cref="IOException">Another training holds the checkpoint's folder, or the disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write in the checkpoint's folder.</exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public TrainingHistory Fit(
        Voxelizer voxelizer,
        EventSource train,
        EventSource? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(voxelizer);
        ArgumentNullException.ThrowIfNull(train);
        network.RequireInput(voxelizer, train.ImageShape, nameof(voxelizer));
        if (train.Count == 0)
        {
            throw new ArgumentException($"There are no events to train on: {train.Name} is empty.", nameof(train));
        }

        if (validation is not null)
        {
            network.RequireInput(voxelizer.OutputShape(validation.ImageShape), nameof(validation));
        }

        RequireBatches(train.Count);
        RequireWeights(train.Count);
        RequireValidation(validation is { Count: > 0 });
        network.Enter();
        SparseVoxels trainVoxels = voxelizer.BinSparse(train, cancellation);
        SparseVoxels? validationVoxels = validation is { Count: > 0 } ? voxelizer.BinSparse(validation, cancellation) : null;
        return Run(trainVoxels, validationVoxels, progress, cancellation);
    }

    /// <summary>
    /// Trains on voxels that are there already, for example those that several trainings of a scan share. Does, bit for bit, what training on
    /// their events does. The network's weights are changed in place, also when the training ends early by an exception or cancellation.
    /// </summary>
    /// <param name="train">The voxels that the weights are fitted to, of the network's input shape, at least 1 event.</param>
    /// <param name="validation">Voxels that each epoch is judged by; null or without events for none.</param>
    /// <param name="progress">Told after every step and every epoch, on the training thread, or null.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>One record an epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The voxels' shape is not the network's input, there are no events to train on, a batch is over 2 GiB, its size leaves a batch norm without a spread, there are not as many
    /// event weights as events, or a metric decides that no epoch will have.
    /// </exception>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training, or of more epochs; the message lists what differs.</exception>
    /// <exception cref="ModelFormatException">The checkpoint is damaged or of a newer version.</exception>
    /// <exception cref="IOException">Another training holds the checkpoint's folder, or the disk refused.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write in the checkpoint's folder.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    [SuppressMessage("ApiDesign", "RS0026:Do not add multiple overloads with optional parameters", Justification = DistinctOverloads)]
    public TrainingHistory Fit(
        SparseVoxels train,
        SparseVoxels? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        network.RequireInput(train.Shape, nameof(train));
        if (train.Count == 0)
        {
            throw new ArgumentException("There are no events to train on: the voxels are of none.", nameof(train));
        }

        if (validation is not null)
        {
            network.RequireInput(validation.Shape, nameof(validation));
        }

        RequireBatches(train.Count);
        RequireWeights(train.Count);
        RequireValidation(validation is { Count: > 0 });
        network.Enter();
        return Run(train, validation is { Count: > 0 } ? validation : null, progress, cancellation);
    }

    private TrainingHistory Run(
        SparseVoxels train, SparseVoxels? validation, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        RequireBothClasses(train, validation);
        using var run = new TrainingRun(this with { EventsPerBatch = BatchSizeOf(train.Count) }, network, train, validation);
        return run.Run(progress, cancellation);
    }

    // Never more than there are, so that the largest int means all at once.
    private int BatchSizeOf(int events) => Math.Min(EventsPerBatch, events);

    private void RequireWeights(int events)
    {
        if (Averaging is { Kind: WeightAveragingKind.Epochs, FirstEpoch: var first } && first > EpochCount)
        {
            throw new ArgumentException($"The weights are averaged from epoch {first} on, but there are {EpochCount} epochs, so there would be no average. Begin earlier, or train for longer.");
        }

        if (WeightsOfEvents is { } given && given.Length != events)
        {
            throw new ArgumentException($"There are {given.Length} event weights for {events} training events. Give one for each, in their order.");
        }
    }

    /// <summary>What decides during the training, by the verbs that chose it.</summary>
    private IEnumerable<(string Verb, TrainingMetric Metric, bool OnValidation)> Deciding()
    {
        (string Verb, TrainingMetric? Metric)[] used =
        [
            (nameof(KeepBest), BestBy),
            (nameof(StopEarly), Stopping?.Metric),
            (nameof(LearningRateSchedule.Plateau), Schedule.Kind == LearningRateScheduleKind.Plateau ? Schedule.Metric : null),
        ];
        foreach ((string verb, TrainingMetric? metric) in used)
        {
            if (metric is { } chosen)
            {
                yield return (verb, chosen, chosen is TrainingMetric.ValidationLoss or TrainingMetric.ValidationAccuracy or TrainingMetric.ValidationArea);
            }
        }
    }

    private void RequireValidation(bool isThere)
    {
        foreach ((string verb, TrainingMetric metric, bool onValidation) in Deciding())
        {
            if (onValidation && !isThere)
            {
                throw new ArgumentException($"{verb} looks at {metric}, but there are no validation events. Give some, or choose a metric of the training events.");
            }
        }
    }

    private void RequireBothClasses(SparseVoxels train, SparseVoxels? validation)
    {
        foreach ((string verb, TrainingMetric metric, bool onValidation) in Deciding())
        {
            SparseVoxels judged = onValidation ? validation! : train;
            if (metric is TrainingMetric.Area or TrainingMetric.ValidationArea && judged.Labels.IndexOfAnyExcept(judged.Labels[0]) < 0)
            {
                throw new ArgumentException(
                    $"{verb} looks at {metric}, but these {judged.Count} events are all of one class (label {judged.Labels[0]}), and the area under the ROC curve needs both. "
                    + "Give events of both, or choose a loss.");
            }
        }
    }

    private void RequireBatches(int events)
    {
        RequireSpread(BatchSizeOf(events));
        RequireRoom(BatchSizeOf(events));
    }

    private void RequireRoom(int batchSize)
    {
        // One more than a batch, since a single event left over joins it.
        int most = BatchTensor.MostEvents(network.Description.Input) - 1;
        if (batchSize > most)
        {
            throw new ArgumentException(
                $"A batch of {batchSize} events of {network.Description.Input} voxels is over 2 GiB. Set a BatchSize of at most {most}, or crop.");
        }
    }

    private void RequireSpread(int events)
    {
        foreach ((string path, NetworkLayer layer, FeatureShape input) in ShapeInference.WalkAll(network.Description))
        {
            if (layer is BatchNormLayer && events * input.Positions < 2)
            {
                throw new ArgumentException(
                    $"{path}: a batch of 1 event has one value a channel there ({input}), so it has no spread. Use a batch size "
                    + "of 2 or more, or put the batch norm before the maps have shrunk to one place.");
            }
        }
    }
}
