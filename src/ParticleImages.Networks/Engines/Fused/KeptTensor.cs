using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>A tensor (events, channels, frames, rows, columns) that stays from step to step: torch maps large ones afresh, and that takes longer than filling them.</summary>
/// <param name="shape">One event's shape.</param>
internal sealed unsafe class KeptTensor(FeatureShape shape) : IDisposable
{
    private Tensor? values;
    private long capacity;

    /// <summary>Room for so many events; what was there is lost where it has to grow.</summary>
    public void Need(int events)
    {
        if (events <= capacity)
        {
            return;
        }

        values?.Dispose();
        capacity = events;
        values = empty([events, shape.Channels, shape.Frames, shape.Height, shape.Width], float32, CPU).DetachFromDisposeScope();
    }

    /// <summary>Some events; a view that belongs to the current dispose scope.</summary>
    public Tensor Slice(int first, int events) => Required.narrow(0, first, events);

    /// <summary>Where an event begins, as long as this stands and need not grow.</summary>
    public float* At(int first) => Start(Required, first);

    /// <summary>Where an event of a tensor begins, as long as the tensor is alive.</summary>
    public static float* Start(Tensor tensor, int first)
    {
        // Throws where there is no such event.
        using Tensor one = tensor.narrow(0, first, 1);
        fixed (byte* start = &MemoryMarshal.GetReference(one.bytes))
        {
            return (float*)start;
        }
    }

    public void Dispose() => values?.Dispose();

    private Tensor Required => values ?? throw new InvalidOperationException("There is no memory yet.");
}
