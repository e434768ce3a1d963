using System.Runtime.InteropServices;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Prediction;

/// <summary>Runs a network forward without training it, a batch at a time in one reused tensor.</summary>
internal sealed class Scorer(VoxelNetwork network) : IDisposable
{
    private BatchTensor? batch;

    /// <summary>The two values of every event.</summary>
    public void Score(SparseVoxels events, Span<float> values, CancellationToken cancellation)
    {
        BatchTensor batch = BatchFor(events.Count);
        int[] rows = [.. Enumerable.Range(0, events.Count)];
        for (int start = 0; start < rows.Length; start += batch.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(rows.Length - start, batch.Capacity);
            using DisposeScope scope = NewDisposeScope();
            Forward(batch.Fill(events, rows.AsSpan(start, count)), values.Slice(2 * start, 2 * count));
        }
    }

    /// <summary>The two values of every event of a grid.</summary>
    public void Score(VoxelGrid grid, Span<float> values, CancellationToken cancellation)
    {
        BatchTensor batch = BatchFor(grid.Count);
        for (int start = 0; start < grid.Count; start += batch.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(grid.Count - start, batch.Capacity);
            using DisposeScope scope = NewDisposeScope();
            Forward(batch.Fill(grid, start, count), values.Slice(2 * start, 2 * count));
        }
    }

    public void Dispose() => batch?.Dispose();

    private BatchTensor BatchFor(int events)
    {
        // 64 events keep the cores busy; fewer where their voxels alone would fill 64 MiB.
        VoxelShape shape = network.Description.Input;
        int wanted = (int)Math.Clamp((64L << 20) / sizeof(float) / shape.Values, 1, Math.Clamp(events, 1, 64));
        if (batch is null || batch.Capacity < wanted)
        {
            batch?.Dispose();
            batch = new BatchTensor(shape, wanted, network.Device.Require());
        }

        return batch;
    }

    private void Forward(Tensor voxels, Span<float> values)
    {
        using var noGradient = no_grad();
        network.Stack.eval();
        Tensor result = network.Stack.call(voxels).cpu();
        MemoryMarshal.Cast<byte, float>(result.bytes)[..values.Length].CopyTo(values);
        GC.KeepAlive(result);
    }
}
