using System.Runtime.InteropServices;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks;

/// <summary>Sparse voxels as torch tensors, expanded on the device where the tensor is wanted.</summary>
/// <remarks>
/// To another device than the CPU go the entries alone, 16 bytes each with one channel, where a dense event of 21 × 32 × 32 voxels takes
/// 86 016. Stateless; any number of threads at a time.
/// </remarks>
public static class VoxelTensor
{
    /// <summary>Makes a tensor of neighbouring events: bit for bit what <see cref="SparseVoxels.ToDense"/> holds.</summary>
    /// <param name="voxels">The events.</param>
    /// <param name="start">The first event, from 0.</param>
    /// <param name="count">How many events; 0 makes an empty tensor.</param>
    /// <param name="device">Where the tensor is made; the CPU if null.</param>
    /// <returns>
    /// (count, Channels, Frames, Height, Width) float32, contiguous, without a gradient. It belongs to the caller's dispose scope; without one the
    /// caller disposes of it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no such events.</exception>
    /// <exception cref="DllNotFoundException">TorchSharp's native library can't be loaded; the message says what to do.</exception>
    public static Tensor Of(SparseVoxels voxels, int start, int count, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(voxels);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, voxels.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, voxels.Count - start);
        TorchLibrary.Enter();

        // A span reaches 2 GiB; what is larger is expanded as on any other device.
        bool isWritten = (device is null || device.type == DeviceType.CPU) && count <= BatchTensor.MostEvents(voxels.Shape);
        return isWritten ? Write(voxels, start, count) : Expand(voxels, [.. Enumerable.Range(start, count)], device ?? CPU);
    }

    /// <summary>Expands the entries by operations of torch alone, on any device.</summary>
    /// <remarks>
    /// Entries are numbered from 1, and 0 is the background. Each number stands in the entry's first voxel; where entries linger, the sum along
    /// the frames so far carries it on, a pixel's next entry adding the difference of the two. Then every voxel holds the number of the entry
    /// that fills it, and its values are looked up in a table. Sums of integers are exact on every device, and the values never go through one.
    /// </remarks>
    internal static Tensor Expand(SparseVoxels voxels, ReadOnlySpan<int> rows, Device device)
    {
        int count = rows.Length;
        VoxelShape shape = voxels.Shape;
        var entries = VoxelEntries.Of(voxels, rows);
        using DisposeScope scope = NewDisposeScope();
        Tensor numbers = zeros([(long)count * shape.Voxels], int32, device);
        if (entries.Places.Length > 0)
        {
            numbers.scatter_(0, tensor(entries.Places, int64, device), tensor(entries.Steps, int32, device));
        }

        if (voxels.IsCumulative && count > 0)
        {
            Tensor steps = numbers;
            numbers = steps.view(count, shape.Frames, shape.Height * shape.Width).cumsum(1, int32).view(-1);
            steps.Dispose();
        }

        var channels = new Tensor[shape.Channels];
        for (int i = 0; i < channels.Length; i++)
        {
            channels[i] = tensor(entries.Tables[i], float32, device).index_select(0, numbers)
                .view(count, shape.Frames, shape.Height, shape.Width);
        }

        Tensor made = channels.Length == 1 ? channels[0].unsqueeze(1) : stack(channels, 1);
        return made.MoveToOuterDisposeScope();
    }

    private static Tensor Write(SparseVoxels voxels, int start, int count)
    {
        VoxelShape shape = voxels.Shape;
        Tensor made = empty([count, shape.Channels, shape.Frames, shape.Height, shape.Width], float32, CPU);
        Span<float> values = count == 0 ? [] : MemoryMarshal.Cast<byte, float>(made.bytes);
        for (int i = 0; i < count; i++)
        {
            voxels.CopyTo(start + i, values.Slice(i * shape.Values, shape.Values));
        }

        // A span does not keep its tensor.
        GC.KeepAlive(made);
        return made;
    }
}
