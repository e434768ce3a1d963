using System.Runtime.InteropServices;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Prediction;

/// <summary>
/// One batch of voxels (events, channels, frames, rows, columns), allocated once and filled again for every step: sparse voxels
/// are expanded straight into torch's memory. To a GPU their entries go, and are expanded there.
/// </summary>
internal sealed class BatchTensor : IDisposable
{
    private readonly Tensor? voxels;
    private readonly Device device;
    private readonly int eventValues;
    private readonly long[] eventShape;

    public BatchTensor(VoxelShape shape, int capacity, Device device)
    {
        this.device = device;
        eventValues = shape.Values;
        eventShape = [shape.Channels, shape.Frames, shape.Height, shape.Width];
        Capacity = capacity;

        // Detached, since a caller's dispose scope must not take it away.
        voxels = device.type == DeviceType.CPU ? zeros([capacity, .. eventShape], float32, CPU).DetachFromDisposeScope() : null;
    }

    /// <summary>The most events of a shape that one tensor's span can reach.</summary>
    public static int MostEvents(VoxelShape shape) => int.MaxValue / sizeof(float) / shape.Values;

    public int Capacity { get; }

    /// <summary>The voxels of some events; a view that belongs to the current dispose scope, until the next call.</summary>
    public Tensor Fill(SparseVoxels events, ReadOnlySpan<int> rows)
    {
        if (voxels is null)
        {
            return VoxelTensor.Expand(events, rows, device);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            events.CopyTo(rows[i], At(voxels, i));
        }

        return voxels.narrow(0, 0, rows.Length);
    }

    /// <summary>The voxels of neighbouring events of a grid; a view that belongs to the current dispose scope, until the next call.</summary>
    public Tensor Fill(VoxelGrid grid, int start, int count)
    {
        Tensor host = voxels ?? zeros([count, .. eventShape], float32, CPU);
        for (int i = 0; i < count; i++)
        {
            grid.Event(start + i).CopyTo(At(host, i));
        }

        return voxels is null ? host.to(device) : voxels.narrow(0, 0, count);
    }

    public void Dispose() => voxels?.Dispose();

    private Span<float> At(Tensor tensor, int index) => MemoryMarshal.Cast<byte, float>(tensor.bytes).Slice(index * eventValues, eventValues);
}
