using System.Runtime.InteropServices;
using ParticleImages.Voxelization;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Prediction;

/// <summary>
/// One batch of voxels (events, channels, frames, rows, columns) and labels, allocated once and filled again for every step: sparse voxels
/// are expanded straight into torch's memory.
/// </summary>
internal sealed class BatchTensor : IDisposable
{
    private readonly Tensor voxels;
    private readonly Tensor targets;
    private readonly int eventValues;

    public BatchTensor(VoxelShape shape, int capacity)
    {
        eventValues = shape.Values;
        Capacity = capacity;

        // Detached, since a caller's dispose scope must not take it away.
        voxels = zeros([capacity, shape.Channels, shape.Frames, shape.Height, shape.Width], float32, CPU).DetachFromDisposeScope();
        targets = zeros([capacity], int64, CPU).DetachFromDisposeScope();
    }

    /// <summary>The most events of a shape that one tensor's span can reach.</summary>
    public static int MostEvents(VoxelShape shape) => int.MaxValue / sizeof(float) / shape.Values;

    public int Capacity { get; }

    public int Count { get; private set; }

    /// <summary>The events added so far; a view that belongs to the current dispose scope.</summary>
    public Tensor Voxels => voxels.narrow(0, 0, Count);

    /// <summary>Their labels as torch wants them; a view that belongs to the current dispose scope.</summary>
    public Tensor Targets => targets.narrow(0, 0, Count);

    public void Clear() => Count = 0;

    public void Add(SparseVoxels events, int index)
    {
        MemoryMarshal.Cast<byte, long>(targets.bytes)[Count] = events.Labels[index];
        events.CopyTo(index, Next());
        Count++;
    }

    /// <summary>Adds an event without a label, for prediction alone.</summary>
    public void Add(ReadOnlySpan<float> eventVoxels)
    {
        eventVoxels.CopyTo(Next());
        Count++;
    }

    public void Dispose()
    {
        voxels.Dispose();
        targets.Dispose();
    }

    private Span<float> Next() => MemoryMarshal.Cast<byte, float>(voxels.bytes).Slice(Count * eventValues, eventValues);
}
