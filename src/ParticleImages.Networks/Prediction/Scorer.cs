using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Prediction;

/// <summary>Runs a network forward without training it, a batch at a time in one reused tensor.</summary>
internal sealed class Scorer(VoxelNetwork network, int mostEvents) : IDisposable
{
    private readonly BatchTensor batch = new(network.Description.Input, BatchSize(network.Description.Input, mostEvents));

    /// <summary>The logit of every event.</summary>
    public void Score(SparseVoxels events, Span<double> logits, CancellationToken cancellation)
    {
        for (int start = 0; start < events.Count; start += batch.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            batch.Clear();
            for (int end = Math.Min(events.Count, start + batch.Capacity), i = start; i < end; i++)
            {
                batch.Add(events, i);
            }

            Forward(logits.Slice(start, batch.Count));
        }
    }

    /// <summary>The logit of every event of a grid.</summary>
    public void Score(VoxelGrid grid, Span<double> logits)
    {
        for (int start = 0; start < grid.Count; start += batch.Count)
        {
            batch.Clear();
            for (int end = Math.Min(grid.Count, start + batch.Capacity), i = start; i < end; i++)
            {
                batch.Add(grid.Event(i));
            }

            Forward(logits.Slice(start, batch.Count));
        }
    }

    public void Dispose() => batch.Dispose();

    // 64 events keep the cores busy; fewer where their voxels alone would fill 64 MiB.
    private static int BatchSize(VoxelShape shape, int mostEvents) =>
        (int)Math.Clamp((64L << 20) / sizeof(float) / shape.Values, 1, Math.Clamp(mostEvents, 1, 64));

    private void Forward(Span<double> logits)
    {
        using var noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        network.Stack.eval();
        Softmax.Read(network.Stack.call(batch.Voxels), logits);
    }
}
