using System.Numerics;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// A convolution: that of the background, one vector for each class of places, plus that of the rows' deviations from it. Every row is multiplied once by the weights of
/// every tap, wherever and however often it stands; then each output adds up what its taps meet. The other way round on the way back. Where the input has few channels
/// every output multiplies for itself.
/// </summary>
internal sealed unsafe partial class ConvolutionStage<TLanes, TVector> : SparseStage
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // What a block of products may take, so that it stays in a core's second cache.
    private const int BlockBytes = 384 << 10;

    private readonly SiteWindow window;
    private readonly WeightSpan weights;
    private readonly WeightSpan bias;
    private readonly bool isDirect;
    private readonly bool relu;
    private readonly bool needsInputSlopes;
    private readonly int filters;
    private readonly ConvolutionWeights packed;
    private readonly RowBuffer deviations;

    // The background before a ReLU.
    private readonly NativeBuffer<float> before = new();
    private readonly NativeBuffer<float> products = new();
    private readonly NativeBuffer<int> cursors = new();
    private readonly NativeBuffer<float> totals = new();
    private readonly NativeBuffer<double> totalSums = new();
    private readonly double[] shift;
    private readonly double[][] shiftOfChunks;
    private readonly double[]? shared;
    private int mostRows;
    private int mostOutputs;

    public ConvolutionStage(SparseTrunk trunk, SiteMap input, SiteMap output, SiteWindow window, (WeightSpan Weights, WeightSpan Bias) own, bool relu, bool needsInputSlopes)
        : base(trunk, input, output)
    {
        this.window = window;
        (weights, bias) = own;
        this.relu = relu;
        this.needsInputSlopes = needsInputSlopes;
        isDirect = IsDirect(input.Channels);
        filters = output.Channels;
        deviations = new RowBuffer(input.Level, input.Stride);
        packed = new ConvolutionWeights(input.Channels, input.Stride, filters, output.Stride, window.Taps);
        shift = new double[window.Taps * filters];
        shared = output.IsPerEvent ? null : new double[window.Taps * input.Channels * filters];
        shiftOfChunks = [.. Enumerable.Range(0, output.IsPerEvent ? Chunks.Count : 0).Select(_ => new double[shift.Length])];
    }

    /// <summary>Whether outputs of an input of so many channels multiply for themselves.</summary>
    public static bool IsDirect(int channels) => channels <= 4;

    public override double Multiplications(int rows, int entries) =>
        (double)Output.Stride * Input.Channels * (isDirect ? entries : (double)SiteRows.Padded(rows) * window.Taps);

    public override void Prepare()
    {
        packed.Pack(Trunk.Weights(weights), Affine, Trunk.Threads);
        Output.Begin(Batch);
        before.Need((long)Output.BackgroundSize * (Output.IsPerEvent ? Batch.Count : 1));
        deviations.Begin(Batch);
        mostRows = Batch.MostRows(Input.Level);
        mostOutputs = Batch.MostRows(Output.Level);
        if (!isDirect)
        {
            products.Need(ProductsLength * Trunk.Threads);
            cursors.Need((long)mostOutputs * Trunk.Threads);
        }

        base.Prepare();
    }

    public override void PrepareBack()
    {
        packed.BeginBack(Trunk.Threads);
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
        products.Dispose();
        cursors.Dispose();
        totals.Dispose();
        totalSums.Dispose();
        base.Dispose();
    }

    protected override void ForwardRows(int* table, in EventTurn turn)
    {
        var inputs = new SiteRows(table, Input.Level);
        var outputs = new SiteRows(table, Output.Level);
        float* deviation = deviations.Of(Batch, turn);
        float* background = before.At(Output.IsPerEvent ? (long)turn.Event * Output.BackgroundSize : 0, Output.BackgroundSize);
        float* output = Output.Values(Batch, turn);
        RowKernels<TLanes, TVector>.Deviations(inputs, Input.Values(Batch, turn), Input.Background(turn.Event), Input.Stride, deviation);
        if (isDirect)
        {
            RowKernels<TLanes, TVector>.Direct(
                outputs, BitOperations.Log2((uint)outputs.Step), deviation, Input.Stride, Input.Channels, packed.Forward, background, Output.Stride, output, relu);
        }
        else if (outputs.Count > 0)
        {
            float* product = products.At(turn.Worker * ProductsLength, ProductsLength);
            int* cursor = cursors.At((long)turn.Worker * mostOutputs, outputs.Count);
            int block = TapsOfBlock(outputs.Step);
            for (int tap = 0; tap < window.Taps; tap += block)
            {
                int end = Math.Min(window.Taps, tap + block);
                for (int i = tap; i < end; i++)
                {
                    Products<TLanes, TVector>.Multiply(
                        deviation, Input.Stride, 1, packed.Forward + ((long)i * Input.Channels * Output.Stride), Output.Stride,
                        product + ((long)(i - tap) * outputs.Step * Output.Stride), Output.Stride, outputs.Step, Output.Stride, Input.Channels, add: false);
                }

                RowKernels<TLanes, TVector>.Gather(
                    outputs, cursor, tap * outputs.Step, end * outputs.Step, product, background, Output.Stride, output, tap == 0, end == window.Taps, relu);
            }
        }
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
        float* gradient = packed.Chunk(turn.Chunk);
        float* back = needsInputSlopes ? Input.Slopes(Batch, turn) : null;
        if (back is not null)
        {
            new Span<float>(back, SiteRows.Padded(inputs.Count) * Input.Stride).Clear();
        }

        if (isDirect)
        {
            int shift = BitOperations.Log2((uint)outputs.Step);
            RowKernels<TLanes, TVector>.DirectGradient(outputs, shift, deviation, Input.Stride, Input.Channels, slopes, Output.Stride, gradient, packed.TapStart(1));
            if (back is not null)
            {
                RowKernels<TLanes, TVector>.DirectSlopes(outputs, shift, packed.Backward, filters, slopes, Output.Stride, back, Input.Stride);
            }
        }
        else if (outputs.Count > 0)
        {
            BackwardProducts(outputs, turn, deviation, slopes, gradient, back);
        }

        if (back is not null)
        {
            float* said = Input.BeginEvent(turn);
            RowKernels<TLanes, TVector>.AddByClass(inputs, back, Input.Stride, -1, said);
            Input.EndEvent(said, turn);
        }

        return back;
    }

    // A smaller event may have more taps in a block.
    private long ProductsLength => Math.Max(BlockBytes / sizeof(float), (long)mostRows * Output.Stride);

    /// <summary>Taps whose products fit into a block.</summary>
    private int TapsOfBlock(int rows) => Math.Clamp(BlockBytes / sizeof(float) / Math.Max(1, rows * Output.Stride), 1, window.Taps);

    private void BackwardProducts(SiteRows outputs, in EventTurn turn, float* deviation, float* slopes, float* gradient, float* back)
    {
        float* product = products.At(turn.Worker * ProductsLength, ProductsLength);
        int* cursor = cursors.At((long)turn.Worker * mostOutputs, outputs.Count);
        int block = TapsOfBlock(outputs.Step);
        int rows = SiteRows.Padded(Input.Channels);
        for (int tap = 0; tap < window.Taps; tap += block)
        {
            int end = Math.Min(window.Taps, tap + block);
            new Span<float>(product, (end - tap) * outputs.Step * Output.Stride).Clear();
            RowKernels<TLanes, TVector>.Scatter(outputs, cursor, tap * outputs.Step, end * outputs.Step, slopes, Output.Stride, product);
            for (int i = tap; i < end; i++)
            {
                float* own = product + ((long)(i - tap) * outputs.Step * Output.Stride);
                Products<TLanes, TVector>.Multiply(
                    deviation, 1, Input.Stride, own, Output.Stride, gradient + packed.TapStart(i), Output.Stride, rows, Output.Stride, outputs.Step, add: true);
                if (back is not null)
                {
                    Products<TLanes, TVector>.Multiply(
                        own, Output.Stride, 1, packed.Backward + ((long)i * filters * Input.Stride), Input.Stride, back, Input.Stride, outputs.Step, Input.Stride, filters, add: true);
                }
            }
        }
    }
}
