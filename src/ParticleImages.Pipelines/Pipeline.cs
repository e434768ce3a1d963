using ParticleImages.Networks;
using ParticleImages.Search;
using ParticleImages.Voxelization;

namespace ParticleImages.Pipelines;

/// <summary>
/// What a scan does with a configuration: cut and bin the events, build a network, train it, judge it. An immutable description: verbs set a slot of a copy;
/// <c>scan.RunAsync(pipeline)</c> and <see cref="Run"/> do the work.
/// </summary>
/// <remarks>
/// The events are read once, when the description is begun, and are the same in every trial. Binned events are kept by the hash of their preparation and shared by all trials that
/// bin them alike. Safe for several threads, but torch's threads are the whole process': trials beside each other want processes of their own.
/// </remarks>
public sealed partial record Pipeline
{
    private const double UsualSignalEfficiency = 0.5;

    private readonly HitEvents train;
    private readonly HitEvents validation;
    private PreparationCache cache;
    private Func<Configuration, Voxelizer>? binning;
    private Func<Configuration, VoxelShape, Cnn3d>? building;
    private Func<Configuration, VoxelNetwork, Trainer>? training;

    private Pipeline(HitEvents train, HitEvents validation, PreparationCache cache)
    {
        this.train = train;
        this.validation = validation;
        this.cache = cache;
        Checksum = EventChecksum.Of(train, validation);
    }

    /// <summary>SHA-256 of all events, those to train on and those to judge by, as 64 hexadecimal digits: the same for the same events from whatever file.</summary>
    public string Checksum { get; }

    /// <summary>The share of electrons that is kept where background is counted: 0.5 unless set.</summary>
    public double SignalEfficiency { get; private init; } = UsualSignalEfficiency;

    internal Engine Engine { get; private init; } = Engine.Auto;

    internal ComputeDevice Device { get; private init; }

    internal PreparationCache Cache => cache;

    /// <summary>Begins a pipeline's description with events in memory.</summary>
    /// <param name="train">The events to train on, at least 1.</param>
    /// <param name="validation">The events that every trial is judged by, of both classes: no event leaves this list, whatever a trial cuts.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">There are no events to train on, or the others are not of both classes or of other images.</exception>
    public static Pipeline On(HitEvents train, HitEvents validation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        if (train.Count == 0)
        {
            throw new ArgumentException("There are no events to train on.", nameof(train));
        }

        if (train.Shape != validation.Shape)
        {
            throw new ArgumentException($"Images to judge by are of {validation.Shape} pixels, those to train on of {train.Shape}.", nameof(validation));
        }

        return validation.Labels.Contains(ParticleLabel.Photon) && validation.Labels.Contains(ParticleLabel.Electron)
            ? new Pipeline(train, validation, new PreparationCache())
            : throw new ArgumentException($"The {validation.Count} events to judge by are not of both classes, and without both there is no ROC curve.", nameof(validation));
    }

    /// <summary>Begins a pipeline's description with events from files, which are read now, as hits: 10 bytes each.</summary>
    /// <param name="train">The events to train on, at least 1.</param>
    /// <param name="validation">The events that every trial is judged by, of both classes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The description.</returns>
    /// <exception cref="ArgumentException">There are no events to train on, or the others are not of both classes or of other images.</exception>
    /// <exception cref="EventFormatException">The events can't be read.</exception>
    public static Pipeline On(EventSource train, EventSource validation, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        return On(HitEvents.From(train, cancellation), HitEvents.From(validation, cancellation));
    }

    /// <summary>Sets how a configuration cuts and bins.</summary>
    /// <param name="voxelizer">The voxelizer of a configuration. One that is yet to be fitted is fitted to the training events.</param>
    /// <returns>A copy.</returns>
    public Pipeline Bin(Func<Configuration, Voxelizer> voxelizer)
    {
        ArgumentNullException.ThrowIfNull(voxelizer);
        return new Pipeline(this) { binning = voxelizer };
    }

    /// <summary>Sets the network of a configuration.</summary>
    /// <param name="network">The network for voxels of a shape. What it throws as <see cref="NetworkShapeException"/> or <see cref="ArgumentException"/> makes the configuration infeasible.</param>
    /// <returns>A copy.</returns>
    public Pipeline Build(Func<Configuration, VoxelShape, Cnn3d> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new Pipeline(this) { building = network };
    }

    /// <summary>Sets how a configuration's network is trained.</summary>
    /// <param name="trainer">The trainer of a network. Seed, checkpoint and progress are the scan's.</param>
    /// <returns>A copy.</returns>
    public Pipeline Train(Func<Configuration, VoxelNetwork, Trainer> trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new Pipeline(this) { training = trainer };
    }

    /// <summary>Sets the share of electrons that is kept where background is counted.</summary>
    /// <param name="signalEfficiency">Above 0 and below 1.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public Pipeline JudgeAt(double signalEfficiency) => signalEfficiency is > 0 and < 1
        ? this with { SignalEfficiency = signalEfficiency }
        : throw new ArgumentOutOfRangeException(nameof(signalEfficiency), signalEfficiency, "The share of electrons that is kept is above 0 and below 1.");

    /// <summary>Sets how the networks are computed.</summary>
    /// <param name="engine"><see cref="Engine.Auto"/> unless set.</param>
    /// <returns>A copy.</returns>
    public Pipeline With(Engine engine) => this with { Engine = engine };

    /// <summary>Sets where the networks are computed.</summary>
    /// <param name="device">The CPU unless set.</param>
    /// <returns>A copy.</returns>
    public Pipeline With(ComputeDevice device) => this with { Device = device };

    /// <summary>Sets how much memory binned events may take in each process before the ones used longest ago are dropped: 256 MB, or an eighth of the machine's where that is less, unless set; in workers that are processes shared by all. The last preparation stays in any case.</summary>
    /// <param name="bytes">0 or more.</param>
    /// <returns>A copy, with a cache of its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public Pipeline KeepPrepared(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new Pipeline(this) { cache = new PreparationCache(bytes) };
    }

    internal Pipeline ShareMemory(int processes) => cache.IsUsual ? new Pipeline(this) { cache = new PreparationCache(processes: processes) } : this;
}
