using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// A convolution with <see cref="TimeBlocks"/>: the columns' blocks are taken to their values at the points, each point has a convolution over rows and columns of its own, and the
/// outputs' frames are made of what the points have.
/// </summary>
internal sealed unsafe class BlockConvolution<TLanes, TVector> : IRowConvolution
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly SparseTrunk trunk;
    private readonly SiteMap input;
    private readonly SiteMap output;
    private readonly ConvolutionWeights weights;
    private readonly TimeBlocks blocks;
    private readonly TapProducts<TLanes, TVector> products;
    private readonly NativeBuffer<float> units = new();
    private readonly NativeBuffer<float> unitSlopes = new();
    private readonly NativeBuffer<float> sums = new();
    private readonly NativeBuffer<float> nothing = new();
    private readonly int planeTaps;
    private long unitsLength;
    private long sumsLength;

    public BlockConvolution(SparseTrunk trunk, SiteMap input, SiteMap output, ConvolutionWeights weights, TimeBlocks blocks)
    {
        (this.trunk, this.input, this.output, this.weights, this.blocks) = (trunk, input, output, weights, blocks);
        planeTaps = weights.Slots / TimeBlocks.Points;
        products = new TapProducts<TLanes, TVector>(input.Channels, input.Stride, output.Channels, output.Stride, planeTaps);
        nothing.NeedZeros(output.Stride);
    }

    public void Begin(SparseBatch batch)
    {
        (int mostUnits, int mostSums) = (0, 0);
        for (int i = 0; i < batch.Count; i++)
        {
            fixed (int* table = batch.Tables[i].Numbers)
            {
                SiteRows planes = new SiteBlocks(table, output.Level).Sums;
                (mostUnits, mostSums) = (Math.Max(mostUnits, planes.Step), Math.Max(mostSums, planes.Count));
            }
        }

        products.Begin(trunk.Threads, mostUnits, mostSums);
        unitsLength = (long)TimeBlocks.Points * mostUnits * input.Stride;
        sumsLength = (long)TimeBlocks.Points * mostSums * output.Stride;
        units.Need(unitsLength * trunk.Threads);
        sums.Need(sumsLength * trunk.Threads);
    }

    public void BeginBack() => unitSlopes.Need(unitsLength * trunk.Threads);

    public double Multiplications(int* table) => TimeBlocks.Points * products.Multiplications(new SiteBlocks(table, output.Level).Sums.Step);

    public double Moves(int* table)
    {
        var own = new SiteBlocks(table, output.Level);
        var outputs = new SiteRows(table, output.Level);
        return ((double)TimeBlocks.Points * ((own.Inputs.EntryCount * input.Stride) + (outputs.EntryCount * output.Stride) + own.Sums.Moves(output.Stride))) + (outputs.Count * output.Stride);
    }

    public void Forward(int* table, in EventTurn turn, float* deviations, float* background, float* rows, bool relu)
    {
        var own = new SiteBlocks(table, output.Level);
        (long unitsPlane, long sumsPlane) = Planes(own);
        float* unit = units.At(turn.Worker * unitsLength, TimeBlocks.Points * unitsPlane);
        float* sum = sums.At(turn.Worker * sumsLength, TimeBlocks.Points * sumsPlane);
        TakeToPoints(own, deviations, unit, unitsPlane);
        for (int point = 0; point < TimeBlocks.Points; point++)
        {
            products.Forward(own.Sums, turn.Worker, unit + (point * unitsPlane), weights.Forward(point * planeTaps), nothing.Start, sum + (point * sumsPlane), relu: false);
        }

        fixed (float* shifts = blocks.Shifts)
        {
            BlockKernels<TLanes, TVector>.Collect(new SiteRows(table, output.Level), shifts, TimeBlocks.Points, sum, sumsPlane, output.Stride, background, rows, relu);
        }
    }

    public void Backward(int* table, in EventTurn turn, float* deviations, float* slopes, float* gradient, float* back)
    {
        var own = new SiteBlocks(table, output.Level);
        (long unitsPlane, long sumsPlane) = Planes(own);
        float* unit = units.At(turn.Worker * unitsLength, TimeBlocks.Points * unitsPlane);
        float* sum = sums.At(turn.Worker * sumsLength, TimeBlocks.Points * sumsPlane);
        float* unitSlope = null;
        TakeToPoints(own, deviations, unit, unitsPlane);
        if (back is not null)
        {
            unitSlope = unitSlopes.At(turn.Worker * unitsLength, TimeBlocks.Points * unitsPlane);
            Clear(unitSlope, unitsPlane);
        }

        Clear(sum, sumsPlane);
        fixed (float* shifts = blocks.Shifts)
        {
            BlockKernels<TLanes, TVector>.Spread(new SiteRows(table, output.Level), shifts, TimeBlocks.Points, slopes, output.Stride, sum, sumsPlane);
        }

        for (int point = 0; point < TimeBlocks.Points; point++)
        {
            products.Backward(
                own.Sums, turn.Worker, unit + (point * unitsPlane), sum + (point * sumsPlane), weights.Backward(point * planeTaps),
                gradient + (point * planeTaps * weights.SlotLength), back is null ? null : unitSlope + (point * unitsPlane));
        }

        if (back is not null)
        {
            fixed (float* frames = blocks.FramesByPoint)
            {
                BlockKernels<TLanes, TVector>.Collect(own.Inputs, frames, TimeBlocks.Points, unitSlope, unitsPlane, input.Stride, background: null, back, relu: false);
            }
        }
    }

    public void Dispose()
    {
        products.Dispose();
        units.Dispose();
        unitSlopes.Dispose();
        sums.Dispose();
        nothing.Dispose();
    }

    private (long Units, long Sums) Planes(SiteBlocks own) => ((long)own.Sums.Step * input.Stride, (long)own.Sums.Count * output.Stride);

    private void TakeToPoints(SiteBlocks own, float* deviations, float* unit, long plane)
    {
        Clear(unit, plane);
        fixed (float* frames = blocks.FramesByPoint)
        {
            BlockKernels<TLanes, TVector>.Spread(own.Inputs, frames, TimeBlocks.Points, deviations, input.Stride, unit, plane);
        }
    }

    private static void Clear(float* planes, long plane) => new Span<float>(planes, checked((int)(TimeBlocks.Points * plane))).Clear();
}
