using System.Diagnostics.CodeAnalysis;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Prediction;
using ParticleImages.Networks.Training;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// Fits a network's weights to events with Adam and cross-entropy. An immutable description: every verb sets one slot of a copy (the last call
/// wins), and Fit does the work.
/// </summary>
/// <remarks>
/// The events are read, cut and binned once and kept as <see cref="SparseVoxels"/> (8 bytes a hit that is left); every batch is expanded on
/// its way into the tensor, so that the dense voxels of the whole data set are never in memory. The same seed, events, weights and number of threads repeat a training bit for
/// bit on one machine. Cross-entropy of the two classes equals Keras' binary cross-entropy on their softmax.
/// </remarks>
public sealed record Trainer
{
    private const string DistinctOverloads = "The overloads differ in a required parameter: no call fits both.";

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
    /// The voxelizer is yet to be fitted or its shape is not the network's input, there are no events to train on, a batch is over 2 GiB, or
    /// its size leaves a batch norm without a spread. Nothing was read then.
    /// </exception>
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
    /// The voxels' shape is not the network's input, there are no events to train on, a batch is over 2 GiB, or its size leaves a batch norm
    /// without a spread.
    /// </exception>
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
        network.Enter();
        return Run(train, validation is { Count: > 0 } ? validation : null, progress, cancellation);
    }

    /// <summary>The description in one line, with points as decimal signs.</summary>
    /// <returns>Epochs, batch size, learning rate and seed.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{EpochCount} epochs, batches of {EventsPerBatch} events, learning rate {Rate}, seed {RandomSeed}");

    private TrainingHistory Run(
        SparseVoxels train, SparseVoxels? validation, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var run = new TrainingRun(this with { EventsPerBatch = BatchSizeOf(train.Count) }, network, train, validation);
        return run.Run(progress, cancellation);
    }

    // Never more than there are, so that the largest int means all at once.
    private int BatchSizeOf(int events) => Math.Min(EventsPerBatch, events);

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
