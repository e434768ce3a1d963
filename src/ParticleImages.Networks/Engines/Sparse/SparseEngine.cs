using System.Runtime.InteropServices;
using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Networks.Modules;
using ParticleImages.Voxelization;
using TorchSharp;
using static TorchSharp.torch;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// Computes only where an event has something. Maps are a background and rows that differ from it (<see cref="SparseTrunk"/>); what follows them is small and
/// computed by torch. Exact: what is left out is known, not neglected.
/// </summary>
internal sealed unsafe class SparseEngine : INetworkEngine
{
    /// <summary>What the tables of a training's events may take of the memory.</summary>
    public const double TrainingShare = 1.0 / 8;

    // Events that are computed together while nothing is fitted.
    private const int EvaluationBatch = 256;

    private readonly LayerStack stack;
    private readonly StackVectors vectors;
    private readonly TensorVector head;
    private readonly TensorVector headStatistics;
    private readonly Cnn3d description;
    private readonly LaneWidth width;
    private readonly int threads;
    private readonly double memoryShare;
    private readonly float[] trained;
    private readonly float[] statistics;
    private readonly NativeBuffer<float> rows = new();

    private SparsePlan training;
    private SparsePlan evaluation;
    private SiteTables tables;
    private bool isForEmptyBackground = true;

    // From Forward to Backward.
    private DisposeScope? step;
    private Tensor? leaf;
    private Tensor? values;
    private int threadsBefore;

    /// <summary>Computes with a network's own head, and gives the network the weights that were handed over last.</summary>
    /// <param name="network">The network.</param>
    /// <param name="threads">How many compute; the bits do not depend on it.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="memoryShare">Of what the process may use, for the tables of events that come again, as in the epochs of a training.</param>
    public SparseEngine(VoxelNetwork network, int? threads = null, LaneWidth? width = null, double memoryShare = TrainingShare)
    {
        this.memoryShare = memoryShare;
        if (SparsePlan.Refusal(network.Description, forTraining: false) is { } refusal)
        {
            throw new NotSupportedException(refusal);
        }

        stack = network.Stack;
        vectors = new StackVectors(stack);
        this.threads = threads ?? TorchLibrary.Threads;
        this.width = width ?? LaneWidths.Widest;
        description = network.Description;
        (training, evaluation, tables) = Plan();
        trained = FlatWeights.Zeros(vectors.Trained.Count);
        statistics = FlatWeights.Zeros(vectors.Statistics.Count);
        head = vectors.Trained.From(training.TrainedCount);
        headStatistics = vectors.Statistics.From(training.StatisticsCount);
        Refresh();
    }

    public int TrainedCount => vectors.Trained.Count;

    /// <summary>Who wants to know where a step's time goes.</summary>
    public PhaseClock? Clock { get; set; }

    public int StatisticsCount => vectors.Statistics.Count;

    /// <summary>Memory of maps and tables, in bytes.</summary>
    public long Bytes => training.Trunk.Bytes + evaluation.Trunk.Bytes + tables.Bytes;

    public void Refresh()
    {
        vectors.Trained.Read(trained);
        vectors.Statistics.Read(statistics);
    }

    public void ReadTrained(Span<float> trained) => this.trained.AsSpan(0, TrainedCount).CopyTo(trained);

    public void WriteTrained(ReadOnlySpan<float> trained)
    {
        trained[..TrainedCount].CopyTo(this.trained);
        vectors.Trained.Write(trained);
    }

    public void ReadStatistics(Span<float> statistics)
    {
        headStatistics.Read(this.statistics.AsSpan(evaluation.StatisticsCount));
        this.statistics.AsSpan(0, StatisticsCount).CopyTo(statistics);
    }

    public void WriteStatistics(ReadOnlySpan<float> statistics)
    {
        statistics[..StatisticsCount].CopyTo(this.statistics);
        vectors.Statistics.Write(statistics);
    }

    public void Forward(SparseVoxels events, ReadOnlySpan<int> rows, ulong seed, Span<float> values)
    {
        Abandon();
        PlanFor(events);
        stack.train();
        stack.SeedDropout(seed);
        EnterHead();
        step = NewDisposeScope();
        float[][] factors = stack.ChannelDropoutFactors(rows.Length);
        float* result = this.rows.Need((long)rows.Length * training.Trunk.Exit.Columns);
        training.Trunk.Clock = Clock;
        Clock?.Begin();
        SiteTable[] wanted = tables.Of(events, rows, threads);
        Clock?.End("tables", default);
        training.Trunk.Forward(events, rows, wanted, (trained, statistics), usesBatchStatistics: true, factors, result);

        // The caller may be inside a no_grad of its own.
        using IDisposable withGradient = enable_grad();
        leaf = Leaf(result, rows.Length, training.Trunk.Exit.Columns).requires_grad_();
        this.values = stack.From(training.HeadStart, leaf);
        TensorVector.Copy(this.values, values);
        Clock?.End("the layers behind, by torch", default);
    }

    public void Backward(ReadOnlySpan<float> slopes, Span<float> gradient)
    {
        if (leaf is null || values is null)
        {
            throw new InvalidOperationException("There is no batch to go back from; run Forward before.");
        }

        Clock?.Begin();
        head.ClearGradient();
        using (enable_grad())
        {
            Tensor given = zeros(values.shape, float32, CPU);
            slopes[..(int)values.NumberOfElements].CopyTo(MemoryMarshal.Cast<byte, float>(given.bytes));
            values.backward([given]);
        }

        head.ReadGradient(gradient[training.TrainedCount..]);
        Tensor back = leaf.grad ?? throw new InvalidOperationException("The head has no slopes by its input.");
        var byRows = new Span<float>(rows.Start, (int)back.NumberOfElements);
        TensorVector.Copy(back, byRows);
        Clock?.End("back: the layers behind, by torch", default);
        fixed (float* own = gradient)
        {
            training.Trunk.Backward(rows.Start, own);
        }

        Abandon();
    }

    public void Abandon()
    {
        if (step is not null)
        {
            step.Dispose();
            LeaveHead();
        }

        (step, leaf, values) = (null, null, null);
    }

    public void Evaluate(SparseVoxels events, Span<float> values, CancellationToken cancellation)
    {
        Abandon();
        PlanFor(events);
        stack.eval();
        EnterHead();
        try
        {
            int[] all = [.. Enumerable.Range(0, events.Count)];
            for (int start = 0; start < all.Length; start += EvaluationBatch)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(EvaluationBatch, all.Length - start);
                Run(events, all.AsSpan(start, count), usesBatchStatistics: false, values.Slice(Cnn3d.Classes * start, Cnn3d.Classes * count));
            }
        }
        finally
        {
            LeaveHead();
        }
    }

    public void Recalibrate(SparseVoxels events, ReadOnlySpan<int> rows, int batchSize, CancellationToken cancellation)
    {
        List<BatchNormalization> headNorms = [.. stack.LayersFrom(evaluation.HeadStart).OfType<BatchNormalization>()];
        PlanFor(events);
        IBarrierStage[] norms = [.. evaluation.Trunk.Barriers];
        if (rows.Length == 0 || headNorms.Count + norms.Length == 0)
        {
            return;
        }

        Abandon();
        stack.eval();
        EnterHead();
        headNorms.ForEach(norm => norm.BeginSurvey());
        foreach (IBarrierStage norm in norms)
        {
            norm.BeginSurvey();
        }

        try
        {
            var values = new float[Cnn3d.Classes * batchSize];
            for (int start = 0; start < rows.Length; start += batchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<int> some = rows[start..Math.Min(rows.Length, start + batchSize)];
                Run(events, some, usesBatchStatistics: true, values);
            }

            headNorms.ForEach(norm => norm.AdoptSurvey());
            foreach (IBarrierStage norm in norms)
            {
                norm.AdoptSurvey();
            }

            headStatistics.Read(statistics.AsSpan(evaluation.StatisticsCount));
            vectors.Statistics.Write(statistics);
        }
        finally
        {
            headNorms.ForEach(norm => norm.EndSurvey());
            foreach (IBarrierStage norm in norms)
            {
                norm.Survey = null;
            }

            LeaveHead();
        }
    }

    public void Dispose()
    {
        Abandon();
        training.Trunk.Dispose();
        evaluation.Trunk.Dispose();
        rows.Dispose();
    }

    private (SparsePlan Training, SparsePlan Evaluation, SiteTables Tables) Plan()
    {
        var forTraining = SparsePlan.Of(description, forTraining: true, isForEmptyBackground, width);
        var forEvaluation = SparsePlan.Of(description, forTraining: false, isForEmptyBackground, width);
        (forTraining.Trunk.Threads, forEvaluation.Trunk.Threads) = (threads, threads);
        return (forTraining, forEvaluation, new SiteTables(forTraining, memoryShare, description.Summary().ActivationBytes));
    }

    /// <summary>Plans anew where events' voxels without an entry hold something, and those of the events before held nothing, or the other way round.</summary>
    private void PlanFor(SparseVoxels events)
    {
        if (SparsePlan.IsEmpty(events) == isForEmptyBackground)
        {
            return;
        }

        isForEmptyBackground = !isForEmptyBackground;
        training.Trunk.Dispose();
        evaluation.Trunk.Dispose();
        (training, evaluation, tables) = Plan();
    }

    /// <summary>A batch through the network without dropout and without a way back.</summary>
    private void Run(SparseVoxels events, ReadOnlySpan<int> rows, bool usesBatchStatistics, Span<float> values)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        int columns = evaluation.Trunk.Exit.Columns;
        float* result = this.rows.Need((long)rows.Length * columns);
        evaluation.Trunk.Forward(events, rows, tables.Of(events, rows, threads), (trained, statistics), usesBatchStatistics, [], result);
        TensorVector.Copy(stack.From(evaluation.HeadStart, Leaf(result, rows.Length, columns)), values[..(Cnn3d.Classes * rows.Length)]);
    }

    private static Tensor Leaf(float* values, int events, int columns)
    {
        Tensor leaf = empty([events, columns], float32, CPU);
        new Span<float>(values, events * columns).CopyTo(MemoryMarshal.Cast<byte, float>(leaf.bytes));
        return leaf;
    }

    // What follows the maps is too small for several threads, and torch's would keep the engine's own from running while they wait.
    private void EnterHead()
    {
        threadsBefore = get_num_threads();
        set_num_threads(1);
    }

    private void LeaveHead() => set_num_threads(threadsBefore);
}
