using System.Runtime.InteropServices;
using ParticleImages.Networks.Modules;
using ParticleImages.Networks.Prediction;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines;

/// <summary>Plain torch modules on the CPU or a GPU: the reference that every other engine is held against.</summary>
internal sealed class TorchEngine : INetworkEngine
{
    private readonly Cnn3d description;
    private readonly LayerStack stack;
    private readonly StackVectors vectors;
    private readonly BatchTensor batch;
    private readonly Scorer scorer;

    // From Forward to Backward.
    private DisposeScope? step;
    private Tensor? values;

    /// <summary>Computes with a network's own modules, so that the network has the weights that were handed over last.</summary>
    /// <param name="network">The network.</param>
    /// <param name="mostRows">The most events of one batch.</param>
    public TorchEngine(VoxelNetwork network, int mostRows)
    {
        description = network.Description;
        stack = network.Stack;
        vectors = new StackVectors(stack);
        batch = new BatchTensor(network.Description.Input, mostRows, network.Device.Require());
        scorer = new Scorer(network);
    }

    public int TrainedCount => vectors.Trained.Count;

    public int StatisticsCount => vectors.Statistics.Count;

    public void Refresh()
    {
        // It computes with them.
    }

    public void ReadTrained(Span<float> trained) => vectors.Trained.Read(trained);

    public void WriteTrained(ReadOnlySpan<float> trained) => vectors.Trained.Write(trained);

    public void ReadStatistics(Span<float> statistics) => vectors.Statistics.Read(statistics);

    public void WriteStatistics(ReadOnlySpan<float> statistics) => vectors.Statistics.Write(statistics);

    public void Forward(SparseVoxels events, ReadOnlySpan<int> rows, ulong seed, Span<float> values)
    {
        Abandon();
        stack.train();
        stack.SeedDropout(seed);

        // The caller may be inside a no_grad of its own.
        using IDisposable gradient = enable_grad();
        step = NewDisposeScope();
        this.values = stack.call(batch.Fill(events, rows));
        TensorVector.Copy(this.values, values);
    }

    public void Backward(ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        if (step is null || values is null)
        {
            throw new InvalidOperationException("There is no batch to go back from; run Forward before.");
        }

        vectors.Trained.ClearGradient();

        using (enable_grad())
        {
            Tensor given = zeros(values.shape, float32, CPU);
            slopes.CopyTo(MemoryMarshal.Cast<byte, float>(given.bytes));
            values.backward([given.to(values.device)]);
        }

        vectors.Trained.ReadGradient(gradient);
        Abandon();
    }

    public void Abandon()
    {
        step?.Dispose();
        step = null;
        values = null;
    }

    public void Evaluate(SparseVoxels events, Span<float> values, CancellationToken cancellation) => scorer.Score(events, values, cancellation);

    public void Recalibrate(SparseVoxels events, ReadOnlySpan<int> rows, int batchSize, CancellationToken cancellation)
    {
        if (rows.Length > 0)
        {
            Survey(events, rows, batchSize, norms => norms.ForEach(norm => norm.AdoptSurvey()), cancellation);
        }
    }

    /// <summary>What the batch norms see of some events, beside their running statistics.</summary>
    public IReadOnlyList<BatchNormDiagnosis> DiagnoseBatchNorms(SparseVoxels events, ReadOnlySpan<int> rows, int batchSize, CancellationToken cancellation)
    {
        string[] places = [.. ShapeInference.WalkAll(description).Where(step => step.Layer is BatchNormLayer).Select(step => step.Path)];
        var diagnoses = new List<BatchNormDiagnosis>();
        Survey(events, rows, batchSize, norms => diagnoses.AddRange(norms.Zip(places, (norm, place) => norm.Diagnose(place))), cancellation);
        return diagnoses;
    }

    public void Dispose()
    {
        Abandon();
        batch.Dispose();
        scorer.Dispose();
    }

    /// <summary>Runs events through the network as in prediction, but for batch norms, which use and note the batches' own statistics.</summary>
    private void Survey(
        SparseVoxels events, ReadOnlySpan<int> rows, int batchSize, Action<List<BatchNormalization>> use, CancellationToken cancellation)
    {
        List<BatchNormalization> norms = [.. stack.Leaves().OfType<BatchNormalization>()];
        if (norms.Count == 0)
        {
            return;
        }

        norms.ForEach(norm => norm.BeginSurvey());
        try
        {
            stack.eval();
            using var noGradient = no_grad();
            for (int start = 0; start < rows.Length; start += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                stack.call(batch.Fill(events, rows[start..Math.Min(rows.Length, start + batchSize)]));
            }

            use(norms);
        }
        finally
        {
            norms.ForEach(norm => norm.EndSurvey());
        }
    }
}
