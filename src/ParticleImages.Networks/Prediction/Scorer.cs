using ParticleImages.Networks.Training;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Prediction;

/// <summary>Runs a network forward without training it, a batch at a time in one reused tensor.</summary>
internal sealed class Scorer(VoxelNetwork network, int batchSize) : IDisposable
{
    public const int DefaultBatchSize = 64;

    private readonly BatchTensor batch = new(network.Description.Input, Math.Max(1, batchSize));

    /// <summary>The electron probability of every event, and the sum of their cross-entropies with the labels.</summary>
    public double Score(Voxelizer voxelizer, HitEvents hits, Span<float> scores, CancellationToken cancellation)
    {
        double loss = 0;
        for (int start = 0; start < hits.Count; start += batch.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(batch.Capacity, hits.Count - start);
            batch.Clear();
            for (int i = 0; i < count; i++)
            {
                batch.Add(voxelizer, hits, start + i);
            }

            loss += Forward(scores.Slice(start, count));
        }

        return loss;
    }

    public float[] Probabilities(VoxelGrid grid)
    {
        var scores = new float[grid.Count];
        for (int start = 0; start < grid.Count; start += batch.Capacity)
        {
            int count = Math.Min(batch.Capacity, grid.Count - start);
            batch.Clear();
            for (int i = 0; i < count; i++)
            {
                batch.Add(grid.Event(start + i));
            }

            Forward(scores.AsSpan(start, count));
        }

        return scores;
    }

    public void Dispose() => batch.Dispose();

    private double Forward(Span<float> scores)
    {
        using var noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        network.Stack.eval();
        Tensor logits = network.Stack.call(batch.Voxels);
        return Softmax.Read(logits, batch.Labels, scores);
    }
}
