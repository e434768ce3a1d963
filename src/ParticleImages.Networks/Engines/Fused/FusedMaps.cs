using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>A batch of maps between two stages, and the slopes by them. A batch norm's scale and shift need not have been applied yet.</summary>
/// <param name="shape">One event's shape.</param>
internal sealed unsafe class FusedMaps(FeatureShape shape) : IDisposable
{
    private readonly KeptTensor raw = new(shape);
    private readonly KeptTensor applied = new(shape);
    private readonly KeptTensor slopes = new(shape);
    private Tensor? given;

    public FeatureShape Shape => shape;

    /// <summary>The places of one map.</summary>
    public int Places => (int)shape.Positions;

    /// <summary>What is still to be applied to every channel.</summary>
    public (float Scale, float Offset)[]? Pending { get; set; }

    /// <summary>Makes room for a batch.</summary>
    public void Begin(int events, bool isTraining)
    {
        (given, Pending) = (null, null);
        raw.Need(events);
        if (isTraining)
        {
            slopes.Need(events);
        }
    }

    /// <summary>Takes a tensor that stays alive until the way back.</summary>
    public void Give(Tensor values, bool isTraining)
    {
        (given, Pending) = (values, null);
        if (isTraining)
        {
            slopes.Need((int)values.shape[0]);
        }
    }

    /// <summary>Where an event begins, before <see cref="Pending"/>.</summary>
    public float* At(int @event) => given is null ? raw.At(@event) : KeptTensor.Start(given, @event);

    /// <summary>Where the slopes of an event begin; they are by what <see cref="Applied"/> has.</summary>
    public float* SlopesAt(int @event) => slopes.At(@event);

    public Tensor Slopes(int first, int events) => slopes.Slice(first, events);

    /// <summary>Before <see cref="Apply"/>, once for the batch.</summary>
    public void BeginApplying(int events)
    {
        if (Pending is not null)
        {
            applied.Need(events);
        }
    }

    /// <summary>Applies what is pending to some events.</summary>
    public void Apply(int first, int events, IMapKernels kernels)
    {
        if (Pending is not { } pending)
        {
            return;
        }

        float* from = At(first);
        float* to = applied.At(first);
        for (int map = 0; map < events * shape.Channels; map++)
        {
            kernels.Scale(from + ((long)map * Places), to + ((long)map * Places), Places, pending[map % shape.Channels]);
        }
    }

    /// <summary>Some events with everything applied; a view that belongs to the current dispose scope.</summary>
    public Tensor Applied(int first, int events) => Pending is not null ? applied.Slice(first, events) : given?.narrow(0, first, events) ?? raw.Slice(first, events);

    public void Dispose()
    {
        raw.Dispose();
        applied.Dispose();
        slopes.Dispose();
    }
}
