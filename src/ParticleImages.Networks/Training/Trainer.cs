using ParticleImages.Evaluation;
using ParticleImages.Networks.Prediction;
using ParticleImages.Networks.Training;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// Fits a network's weights to events with Adam and cross-entropy. An immutable description: every verb sets one slot of a copy (the last call
/// wins), and <see cref="Fit"/> does the work.
/// </summary>
/// <remarks>
/// The events are read once and kept as hits (10 bytes a deposit); every batch is cut and binned on its way into the tensor, so that the
/// voxels of the whole data set are never in memory. The same seed, events, weights and number of threads repeat a training bit for
/// bit on one machine. Cross-entropy of the two classes equals Keras' binary cross-entropy on their softmax.
/// </remarks>
public sealed record Trainer
{
    private readonly VoxelNetwork network;

    private Trainer(VoxelNetwork network) => this.network = network;

    /// <summary>Passes over the training events; 20 unless set.</summary>
    public int EpochCount { get; private init; } = 20;

    /// <summary>Events a step; 100 unless set.</summary>
    public int EventsPerBatch { get; private init; } = 100;

    /// <summary>Adam's learning rate; 10⁻³ unless set.</summary>
    public double Rate { get; private init; } = 1e-3;

    /// <summary>The seed of shuffling and dropout; 0 unless set.</summary>
    public int RandomSeed { get; private init; }

    /// <summary>Begins a training's description.</summary>
    /// <param name="network">The network whose weights are fitted, from the values that they have.</param>
    /// <returns>The description.</returns>
    public static Trainer For(VoxelNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new Trainer(network);
    }

    /// <summary>Sets the number of passes over the training events.</summary>
    /// <param name="count">At least 1.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public Trainer Epochs(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return this with { EpochCount = count };
    }

    /// <summary>
    /// Sets the number of events a step. An epoch's last batch has what remains; a single event that would remain joins the batch before.
    /// </summary>
    /// <param name="events">At least 1; 2 where a batch norm follows Flatten, since one event has no spread.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public Trainer BatchSize(int events)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(events, 1);
        return this with { EventsPerBatch = events };
    }

    /// <summary>Sets Adam's learning rate.</summary>
    /// <param name="rate">Positive and finite.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive, or NaN or infinite.</exception>
    public Trainer LearningRate(double rate)
    {
        if (!(rate > 0 && double.IsFinite(rate)))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A learning rate is a positive number, for example 0.001.");
        }

        return this with { Rate = rate };
    }

    /// <summary>Sets the seed of shuffling and dropout.</summary>
    /// <param name="seed">0 or more.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The seed is negative.</exception>
    public Trainer Seed(int seed)
    {
        // System.Random takes −1 and 1 for the same seed.
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        return this with { RandomSeed = seed };
    }

    /// <summary>Trains. The network's weights are changed in place, also when the training ends early by an exception or cancellation.</summary>
    /// <param name="voxelizer">How an event becomes voxels of the network's input shape.</param>
    /// <param name="train">The events that the weights are fitted to, at least 1.</param>
    /// <param name="validation">
    /// Events that each epoch is judged by; null or an empty source for none: the history then has no validation columns' values.
    /// </param>
    /// <param name="progress">Told after every step and every epoch, on the training thread, or null.</param>
    /// <param name="cancellation">Stops before the next step.</param>
    /// <returns>One record an epoch.</returns>
    /// <exception cref="ArgumentException">
    /// The voxelizer's shape is not the network's input, there are no events to train on, a batch is over 2 GiB, or its size leaves a batch norm
    /// without a spread.
    /// </exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public TrainingHistory Fit(
        Voxelizer voxelizer,
        EventSource train,
        EventSource? validation = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(voxelizer);
        ArgumentNullException.ThrowIfNull(train);
        network.RequireInput(voxelizer.OutputShape(train.ImageShape), nameof(voxelizer));
        if (train.Count == 0)
        {
            throw new ArgumentException($"There are no events to train on: {train.Name} is empty.", nameof(train));
        }

        if (validation is not null)
        {
            network.RequireInput(voxelizer.OutputShape(validation.ImageShape), nameof(validation));
        }

        // Never more than there are, so that the largest int means all at once.
        int batchSize = Math.Min(EventsPerBatch, train.Count);
        RequireSpread(batchSize);
        RequireRoom(batchSize);
        network.Enter();
        HitEvents trainHits = HitEvents.From(train, cancellation);
        HitEvents? validationHits = validation is { Count: > 0 } ? HitEvents.From(validation, cancellation) : null;
        using var run = new TrainingRun(this with { EventsPerBatch = batchSize }, network, voxelizer, trainHits, validationHits);
        return run.Run(progress, cancellation);
    }

    /// <summary>The description in one line, with points as decimal signs.</summary>
    /// <returns>Epochs, batch size, learning rate and seed.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{EpochCount} epochs, batches of {EventsPerBatch} events, learning rate {Rate}, seed {RandomSeed}");

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
        foreach ((int number, NetworkLayer layer, FeatureShape input, _) in ShapeInference.Walk(network.Description))
        {
            if (layer is BatchNormLayer && events * input.Positions < 2)
            {
                throw new ArgumentException(
                    $"Layer {number} (BatchNorm): a batch of 1 event has one value a channel there ({input}), so it has no spread. Use a batch size "
                    + "of 2 or more, or put the batch norm before the maps have shrunk to one place.");
            }
        }
    }
}
