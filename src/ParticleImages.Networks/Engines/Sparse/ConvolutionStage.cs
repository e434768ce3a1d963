using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// A convolution: that of the background, one vector for each class of places, plus that of the rows' deviations from it, which an <see cref="IRowConvolution"/> computes.
/// </summary>
internal sealed unsafe partial class ConvolutionStage<TLanes, TVector> : SparseStage
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly SiteWindow window;
    private readonly WeightSpan weights;
    private readonly WeightSpan bias;
    private readonly bool relu;
    private readonly bool needsInputSlopes;
    private readonly int filters;
    private readonly ConvolutionWeights packed;
    private readonly IRowConvolution rows;
    private readonly RowBuffer deviations;

    // The background before a ReLU.
    private readonly NativeBuffer<float> before = new();
    private readonly NativeBuffer<float> totals = new();
    private readonly NativeBuffer<double> totalSums = new();
    private readonly double[] shift;
    private readonly double[][] shiftOfChunks;
    private readonly double[]? shared;

    public ConvolutionStage(
        SparseTrunk trunk, SiteMap input, SiteMap output, SiteLevel level, (WeightSpan Weights, WeightSpan Bias) own, bool relu, bool needsInputSlopes)
        : base(trunk, input, output)
    {
        window = level.Window;
        (weights, bias) = own;
        this.relu = relu;
        this.needsInputSlopes = needsInputSlopes;
        filters = output.Channels;
        deviations = new RowBuffer(input.Level, input.Stride);
        PointWeights? points = level.Blocks is { } blocks ? new PointWeights(blocks, window) : null;
        packed = new ConvolutionWeights(input.Channels, input.Stride, filters, output.Stride, window.Taps, points);
        rows = level.IsDirect ? new DirectConvolution<TLanes, TVector>(input, output, packed)
            : level.Blocks is not null ? new BlockConvolution<TLanes, TVector>(trunk, input, output, packed, level.Blocks)
            : new TapConvolution<TLanes, TVector>(trunk, input, output, packed);
        shift = new double[window.Taps * filters];
        shared = output.IsPerEvent ? null : new double[window.Taps * input.Channels * filters];
        shiftOfChunks = [.. Enumerable.Range(0, output.IsPerEvent ? Chunks.Count : 0).Select(_ => new double[shift.Length])];
    }

    public override double Multiplications(int* table) => rows.Multiplications(table);

    public override double Moves(int* table) => rows.Moves(table);

    public override void Prepare()
    {
        packed.Pack(Trunk.Weights(weights), Affine, Trunk.Threads);
        Output.Begin(Batch);
        before.Need((long)Output.BackgroundSize * (Output.IsPerEvent ? Batch.Count : 1));
        deviations.Begin(Batch);
        rows.Begin(Batch);
        base.Prepare();
    }

    public override void PrepareBack()
    {
        packed.BeginBack(Trunk.Threads);
        rows.BeginBack();
        totals.Need((long)Output.BackgroundSize * Trunk.Threads);
        totalSums.NeedZeros((long)Output.BackgroundSize * Chunks.Count);
        foreach (double[] own in shiftOfChunks)
        {
            Array.Clear(own);
        }
    }

    public override void FinishBack(float* gradient)
    {
        Array.Clear(shift);
        double[] biases = new double[filters];
        if (Output.IsPerEvent)
        {
            foreach (double[] own in shiftOfChunks)
            {
                Add(own, shift);
            }

            AddTotals(biases);
        }

        base.FinishBack(gradient);
        if (!Output.IsPerEvent)
        {
            double* all = Output.BackgroundSlopes(0);
            for (int kind = 0; kind < Output.Grid.Classes; kind++)
            {
                for (int filter = 0; filter < filters; filter++)
                {
                    biases[filter] += all[(kind * Output.Stride) + filter];
                }
            }
        }

        for (int filter = 0; filter < filters; filter++)
        {
            gradient[bias.Start + filter] = (float)biases[filter];
        }

        packed.Finish(Affine, shared, shift, gradient + weights.Start, Trunk.Threads);
    }

    public override void Dispose()
    {
        packed.Dispose();
        deviations.Dispose();
        before.Dispose();
        rows.Dispose();
        totals.Dispose();
        totalSums.Dispose();
        base.Dispose();
    }

    protected override void ForwardRows(int* table, in EventTurn turn)
    {
        var inputs = new SiteRows(table, Input.Level);
        float* deviation = deviations.Of(Batch, turn);
        float* background = before.At(Output.IsPerEvent ? (long)turn.Event * Output.BackgroundSize : 0, Output.BackgroundSize);
        float* output = Output.Values(Batch, turn);
        RowKernels<TLanes, TVector>.Deviations(inputs, Input.Values(Batch, turn), Input.Background(turn.Event), Input.Stride, deviation);
        rows.Forward(table, turn, deviation, background, output, relu);
    }

    protected override float* BackwardRows(int* table, in EventTurn turn, float* slopes)
    {
        var inputs = new SiteRows(table, Input.Level);
        var outputs = new SiteRows(table, Output.Level);
        float* own = totals.At((long)turn.Worker * Output.BackgroundSize, Output.BackgroundSize);
        new Span<float>(own, Output.BackgroundSize).Clear();
        RowKernels<TLanes, TVector>.AddByClass(outputs, slopes, Output.Stride, 1, own);
        double* sum = totalSums.At((long)turn.Chunk * Output.BackgroundSize, Output.BackgroundSize);
        double* ofEvent = Output.IsPerEvent ? Output.BackgroundSlopes(turn.Event) : sum;
        for (int i = 0; i < Output.BackgroundSize; i++)
        {
            ofEvent[i] += own[i];
        }

        float* deviation = deviations.Of(Batch, turn);
        float* back = needsInputSlopes ? Input.Slopes(Batch, turn) : null;
        if (back is not null)
        {
            new Span<float>(back, SiteRows.Padded(inputs.Count) * Input.Stride).Clear();
        }

        rows.Backward(table, turn, deviation, slopes, packed.Chunk(turn.Chunk), back);
        if (back is not null)
        {
            float* said = Input.BeginEvent(turn);
            RowKernels<TLanes, TVector>.AddByClass(inputs, back, Input.Stride, -1, said);
            Input.EndEvent(said, turn);
        }

        return back;
    }
}
