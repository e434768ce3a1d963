using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ParticleImages.Evaluation;
using ParticleImages.Networks.Training;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks;

/// <summary>
/// Fits a network's weights to events. An immutable description: every verb sets one slot of a copy (the last call wins; <see cref="Notify"/> alone
/// appends), and Fit does the work.
/// </summary>
/// <remarks>
/// The events are read, cut and binned once and kept as <see cref="SparseVoxels"/> (8 bytes a hit that is left); every batch is expanded on
/// its way into the tensor, so that the dense voxels of the whole data set are never in memory. The same seed, events, weights and number of threads repeat a training bit for
/// bit on one machine.
/// <para>
/// What is not set is chosen so that the curve of a training can be trusted: Adam, a learning rate that rises and then falls along a cosine, and
/// batch-norm statistics that are measured anew before each validation. <see cref="Notebook"/> is the recipe of the published notebook.
/// </para>
/// </remarks>
public sealed partial record Trainer
{
    private readonly VoxelNetwork network;

    private Trainer(VoxelNetwork network) => this.network = network;

    /// <summary>Passes over the training events; 20 unless set.</summary>
    public int EpochCount { get; private init; } = 20;

    /// <summary>Events a step; 100 unless set.</summary>
    public int EventsPerBatch { get; private init; } = 100;

    /// <summary>The learning rate, the highest of the schedule; 10⁻³ unless set.</summary>
    public double Rate { get; private init; } = 1e-3;

    /// <summary>The seed of shuffling and dropout; 0 unless set.</summary>
    public int RandomSeed { get; private init; }

    /// <summary>How weights are changed; <see cref="Optimizer.Adam"/> unless set.</summary>
    public Optimizer Optimizer { get; private init; } = Optimizer.Adam();

    /// <summary>What becomes of the learning rate; <see cref="LearningRateSchedule.Cosine"/> unless set.</summary>
    public LearningRateSchedule Schedule { get; private init; } = LearningRateSchedule.Cosine();

    /// <summary>What is made small; cross-entropy unless set.</summary>
    public TrainingLoss Loss { get; private init; }

    /// <summary>What a photon's loss counts; 1 unless set.</summary>
    public double PhotonWeight { get; private init; } = 1;

    /// <summary>What an electron's loss counts; 1 unless set.</summary>
    public double ElectronWeight { get; private init; } = 1;

    /// <summary>The longest gradient that is used as it is; null for any.</summary>
    public double? GradientNorm { get; private init; }

    /// <summary>The largest slope by one weight that is used as it is; null for any.</summary>
    public double? GradientValue { get; private init; }

    /// <summary>Which weights are averaged; null for none.</summary>
    public WeightAveraging? Averaging { get; private init; }

    /// <summary>Training events by which batch-norm statistics are measured anew before each validation; 1000 unless set, 0 for none.</summary>
    public int CalibrationEvents { get; private init; } = 1000;

    /// <summary>What happens at a step whose loss or gradient is not finite; the training stops unless set.</summary>
    public DivergenceResponse Divergence { get; private init; }

    /// <summary>The metric whose best epoch gives the network its weights; null for the last epoch.</summary>
    public TrainingMetric? BestBy { get; private init; }

    /// <summary>The folder of the checkpoint; null for none.</summary>
    public string? CheckpointFolder { get; private init; }

    internal int EpochsPerCheckpoint { get; private init; } = 1;

    internal TimeSpan TimePerCheckpoint { get; private init; } = TimeSpan.MaxValue;

    internal EarlyStopping? Stopping { get; private init; }

    internal float[]? WeightsOfEvents { get; private init; }

    internal ImmutableArray<ITrainingCallback> Callbacks { get; private init; } = [];

    internal TimeProvider Clock { get; private init; } = TimeProvider.System;

    /// <summary>Begins a training's description.</summary>
    /// <param name="network">The network whose weights are fitted, from the values that they have.</param>
    /// <returns>The description.</returns>
    public static Trainer For(VoxelNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new Trainer(network);
    }

    /// <summary>
    /// The published notebook's recipe: Keras' Adam (ε 10⁻⁷) at a constant rate of 10⁻³, batches of 100, 100 epochs, Keras' binary cross-entropy, and running
    /// statistics of the batch norms as the steps left them.
    /// </summary>
    /// <param name="network">The network whose weights are fitted, from the values that they have.</param>
    /// <returns>The description.</returns>
    public static Trainer Notebook(VoxelNetwork network) => For(network)
        .Epochs(100).BatchSize(100).LearningRate(1e-3)
        .With(Optimizer.Adam(epsilon: 1e-7)).With(LearningRateSchedule.Constant).With(TrainingLoss.BinaryCrossEntropy).RecalibrateBatchNorm(events: 0);

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

    /// <summary>Sets the learning rate: the highest of the schedule.</summary>
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

    /// <summary>Sets how weights are changed.</summary>
    /// <param name="optimizer">For example <c>Optimizer.AdamW(weightDecay: 0.01)</c>.</param>
    /// <returns>A copy.</returns>
    public Trainer With(Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return this with { Optimizer = optimizer };
    }

    /// <summary>Sets what becomes of the learning rate.</summary>
    /// <param name="schedule">For example <c>LearningRateSchedule.OneCycle()</c>.</param>
    /// <returns>A copy.</returns>
    public Trainer With(LearningRateSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return this with { Schedule = schedule };
    }

    /// <summary>Sets what is made small.</summary>
    /// <param name="loss">The loss.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such loss.</exception>
    public Trainer With(TrainingLoss loss) => this with { Loss = Defined(loss) };

    /// <summary>Sets what the loss of each class counts while training; validation counts every event alike.</summary>
    /// <param name="photon">What a photon counts; positive.</param>
    /// <param name="electron">What an electron counts; positive.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is not positive, or NaN or infinite.</exception>
    public Trainer WeighClasses(double photon, double electron) => this with { PhotonWeight = Positive(photon), ElectronWeight = Positive(electron) };

    /// <summary>Sets what the loss of each training event counts, beside its class' weight; a batch's loss is the sum divided by the number of its events, as in Keras.</summary>
    /// <param name="weights">One number a training event, finite; negative ones, as generators of events make them, too. Copied.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">A weight is NaN or infinite.</exception>
    public Trainer WeighEvents(ReadOnlySpan<float> weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]))
            {
                throw new ArgumentException($"The weight of event {i} is {weights[i]}; weights are finite numbers.", nameof(weights));
            }
        }

        return this with { WeightsOfEvents = weights.ToArray() };
    }

    /// <summary>Shortens a gradient that is longer than this, all weights together (PyTorch's clip_grad_norm_, Keras' global_clipnorm).</summary>
    /// <param name="longest">Positive.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or NaN or infinite.</exception>
    public Trainer ClipGradientNorm(double longest) => this with { GradientNorm = Positive(longest) };

    /// <summary>Limits the slope by every single weight to ± this (PyTorch's clip_grad_value_, Keras' clipvalue).</summary>
    /// <param name="largest">Positive.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or NaN or infinite.</exception>
    public Trainer ClipGradientValue(double largest) => this with { GradientValue = Positive(largest) };

    /// <summary>Ends the training when a metric has not become better for some epochs.</summary>
    /// <param name="metric">What is looked at; a loss is better when lower, everything else when higher.</param>
    /// <param name="patience">Epochs without getting better, at least 1.</param>
    /// <param name="minimumDelta">By how much it must be better to count, not negative.</param>
    /// <returns>A copy. Without <see cref="KeepBest"/> the network has the weights of the last epoch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN, or there is no such metric.</exception>
    public Trainer StopEarly(TrainingMetric metric = TrainingMetric.ValidationLoss, int patience = 10, double minimumDelta = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        if (!(minimumDelta >= 0 && double.IsFinite(minimumDelta)))
        {
            throw new ArgumentOutOfRangeException(nameof(minimumDelta), minimumDelta, "How much better counts as better is 0 or a positive number.");
        }

        return this with { Stopping = new EarlyStopping(Defined(metric), patience, minimumDelta) };
    }

    /// <summary>Lets the network end with the weights of its best epoch (<see cref="TrainingHistory.Best"/>) instead of the last.</summary>
    /// <param name="metric">What decides.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public Trainer KeepBest(TrainingMetric metric = TrainingMetric.ValidationLoss) => this with { BestBy = Defined(metric) };

    /// <summary>Averages weights; the average is validated, and the network ends with it.</summary>
    /// <param name="averaging">For example <c>WeightAveraging.Exponential(0.99)</c>.</param>
    /// <returns>A copy.</returns>
    public Trainer With(WeightAveraging averaging)
    {
        ArgumentNullException.ThrowIfNull(averaging);
        return this with { Averaging = averaging };
    }

    /// <summary>
    /// Sets by how many training events the batch norms' statistics are measured anew, without dropout, before each validation and for the network that remains (precise batch norm: Wu and
    /// Johnson, arXiv 2105.07576). The running statistics of the steps lag behind the weights and, where dropout stands before a batch norm, are those of other values than prediction sees.
    /// </summary>
    /// <param name="events">At least 2, or 0 for the running statistics; where there are fewer, all are taken. Above the batch size whole batches are taken, so up to a batch fewer.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or 1.</exception>
    public Trainer RecalibrateBatchNorm(int events) => events is 0 or >= 2
        ? this with { CalibrationEvents = events }
        : throw new ArgumentOutOfRangeException(nameof(events), events, "Statistics need 2 events or more; 0 keeps those of the steps.");

    /// <summary>Sets what happens at a step whose loss or gradient is NaN or infinite.</summary>
    /// <param name="response">Stop, skip, or roll back.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such response.</exception>
    public Trainer OnDivergence(DivergenceResponse response) => this with { Divergence = Defined(response) };

    /// <summary>Appends code that is called after every step and epoch.</summary>
    /// <param name="callback">The code.</param>
    /// <returns>A copy.</returns>
    public Trainer Notify(ITrainingCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return this with { Callbacks = Callbacks.Add(callback) };
    }

    /// <summary>
    /// Keeps a checkpoint in a folder, from which the same training goes on when it is started again, however its process ended: with the same weights, bit for bit, as
    /// without a pause (same machine and threads). A cancelled training leaves one of its last step. A training that is finished only takes its result from there.
    /// The network must have the weights then that the training began with: built from the same seed or loaded from the same file, not one that was trained since.
    /// </summary>
    /// <param name="folder">The training's own folder; made if missing. One training at a time uses it.</param>
    /// <param name="everyEpochs">After how many epochs, at least 1.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="everyEpochs"/> is below 1.</exception>
    [SuppressMessage("ApiDesign", "RS0027:API with optional parameters should have the most parameters amongst its public overloads", Justification = "The second parameters are of types that do not convert into each other.")]
    public Trainer CheckpointIn(string folder, int everyEpochs = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(everyEpochs, 1);
        return this with { CheckpointFolder = folder, EpochsPerCheckpoint = everyEpochs, TimePerCheckpoint = TimeSpan.MaxValue };
    }

    /// <summary>Keeps a checkpoint in a folder as <see cref="CheckpointIn(string, int)"/> does, within epochs, too: after the first step that ends so much later than the last one.</summary>
    /// <param name="folder">The training's own folder; made if missing. One training at a time uses it.</param>
    /// <param name="every">Time between two checkpoints, not negative; zero stands for every step.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">The folder's name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public Trainer CheckpointIn(string folder, TimeSpan every)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.Zero);
        return this with { CheckpointFolder = folder, EpochsPerCheckpoint = 1, TimePerCheckpoint = every };
    }

    /// <summary>Sets the clock by which epochs are timed and checkpoints are due.</summary>
    /// <param name="clock">The clock; the system's unless set.</param>
    /// <returns>A copy.</returns>
    public Trainer MeasureTimeWith(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return this with { Clock = clock };
    }

    /// <summary>The description in one line, with points as decimal signs.</summary>
    /// <returns>Epochs, batch size, optimizer, learning rate, schedule and seed.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{EpochCount} epoch{(EpochCount == 1 ? "" : "s")}, batches of {EventsPerBatch} events, {Optimizer}, learning rate {Rate}, {Schedule}, seed {RandomSeed}");

    private static T Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"There are {string.Join(", ", Enum.GetNames<T>())}.");

    private static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A positive number is wanted.");
}
