using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Networks.Modules;
using ParticleImages.Voxelization;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>
/// Computes every voxel, but what stands between convolutions in one pass each way, in memory that stays from step to step. Torch computes convolutions, slice by slice with one thread each,
/// and layers that are none of a block's.
/// </summary>
internal sealed unsafe class FusedEngine : INetworkEngine
{
    // Events that are computed together while nothing is fitted.
    private const int EvaluationBatch = 64;

    private readonly LayerStack stack;
    private readonly StackVectors vectors;
    private readonly TorchWorkers workers;
    private readonly IMapKernels kernels;
    private readonly FusedPlan plan;

    // From Forward to Backward.
    private FusedStep? step;

    /// <summary>Computes with a network's own modules, so that the network has the weights that were handed over last.</summary>
    /// <param name="network">The network, on the CPU.</param>
    /// <param name="threads">How many compute; the bits depend on it only in layers of maps that torch computes.</param>
    /// <param name="width">The vectors.</param>
    public FusedEngine(VoxelNetwork network, int? threads = null, LaneWidth? width = null)
    {
        stack = network.Stack;
        vectors = new StackVectors(stack);
        workers = new TorchWorkers(threads ?? TorchLibrary.Threads);
        kernels = FusedStep.KernelsOf(width ?? LaneWidths.Widest);
        plan = FusedPlan.Of(network, workers.Count);
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
        step = Run(events, rows.ToArray(), isTraining: true, usesBatchStatistics: true, seed, values);
    }

    public void Backward(ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        if (step is null)
        {
            throw new InvalidOperationException("There is no batch to go back from; run Forward before.");
        }

        int count = step.Events * Cnn3d.Classes;
        slopes[..count].CopyTo(new Span<float>(plan.Output.SlopesAt(0), count));
        for (int i = plan.Stages.Count - 1; i >= 0; i--)
        {
            plan.Stages[i].Backward(step, gradient);
        }

        Abandon();
    }

    public void Abandon()
    {
        foreach (FusedStage stage in plan.Stages)
        {
            stage.Abandon();
        }

        step = null;
    }

    public void Evaluate(SparseVoxels events, Span<float> values, CancellationToken cancellation)
    {
        stack.eval();
        int[] all = [.. Enumerable.Range(0, events.Count)];
        for (int start = 0; start < all.Length; start += EvaluationBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] some = all[start..Math.Min(all.Length, start + EvaluationBatch)];
            Abandon();
            Run(events, some, isTraining: false, usesBatchStatistics: false, seed: 0, values.Slice(Cnn3d.Classes * start, Cnn3d.Classes * some.Length));
        }

        Abandon();
    }

    public void Recalibrate(SparseVoxels events, ReadOnlySpan<int> rows, int batchSize, CancellationToken cancellation)
    {
        if (rows.Length == 0 || StatisticsCount == 0)
        {
            return;
        }

        stack.eval();
        foreach (FusedStage stage in plan.Stages)
        {
            stage.BeginSurvey();
        }

        try
        {
            var values = new float[Cnn3d.Classes * batchSize];
            for (int start = 0; start < rows.Length; start += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                Abandon();
                Run(events, rows[start..Math.Min(rows.Length, start + batchSize)].ToArray(), isTraining: false, usesBatchStatistics: true, seed: 0, values);
            }

            foreach (FusedStage stage in plan.Stages)
            {
                stage.AdoptSurvey();
            }
        }
        finally
        {
            Abandon();
            foreach (FusedStage stage in plan.Stages)
            {
                stage.EndSurvey();
            }
        }
    }

    public void Dispose()
    {
        Abandon();
        plan.Dispose();
        workers.Dispose();
    }

    private FusedStep Run(SparseVoxels events, int[] rows, bool isTraining, bool usesBatchStatistics, ulong seed, Span<float> values)
    {
        var run = new FusedStep(rows.Length, plan.SliceSize, isTraining, usesBatchStatistics, seed, workers, kernels);
        int voxels = (int)plan.Input.Shape.Values;
        plan.Input.Begin(rows.Length, isTraining: false);
        run.ForEachSlice((_, first, count, _) =>
        {
            for (int i = first; i < first + count; i++)
            {
                events.CopyTo(rows[i], new Span<float>(plan.Input.At(i), voxels));
            }
        });
        foreach (FusedStage stage in plan.Stages)
        {
            stage.Forward(run);
        }

        new ReadOnlySpan<float>(plan.Output.At(0), Cnn3d.Classes * rows.Length).CopyTo(values);
        return run;
    }
}
