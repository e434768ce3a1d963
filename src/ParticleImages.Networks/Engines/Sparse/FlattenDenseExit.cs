using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// All values of the maps into a dense layer: what the background gives, once for the batch, plus what the rows' deviations from it add.
/// </summary>
internal sealed unsafe partial class FlattenDenseExit<TLanes, TVector> : SparseExit
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // Places that a thread turns over at a time: a cache line of the weights' own order.
    private const int PlaceBlock = 16;

    // Places whose float32 sum is added to that in double at a time.
    private const int SumBlock = 8;

    private readonly WeightSpan weights;
    private readonly WeightSpan bias;
    private readonly int[] classes;
    private readonly int stride;
    private readonly NativeBuffer<float> packed = new();
    private readonly NativeBuffer<float> background = new();
    private readonly NativeBuffer<double> offsets = new();
    private readonly NativeBuffer<double> partSums = new();
    private readonly RowBuffer deviations;
    private readonly NativeBuffer<float> slopeRows = new();
    private readonly NativeBuffer<float> slopeSum = new();
    private readonly NativeBuffer<float> pairSlopes = new();
    private readonly NativeBuffer<float> scratch = new();
    private readonly int[] placeStarts;
    private (int Pair, int Event, int Row)[] pairs = [];
    private int[] pairStarts = [];

    public FlattenDenseExit(SparseTrunk trunk, SiteMap input, WeightSpan weights, WeightSpan bias)
        : base(trunk, input, bias.Length)
    {
        (this.weights, this.bias) = (weights, bias);
        classes = input.Grid.ClassesOfPlaces();
        stride = (Columns + 15) / 16 * 16;
        deviations = new RowBuffer(input.Level, input.Stride);
        placeStarts = new int[classes.Length + 1];
    }

    public override void Prepare()
    {
        Pack();
        deviations.Begin(Batch);
        float* seen = background.Need(Input.BackgroundSize);
        for (int kind = 0; kind < Input.Grid.Classes; kind++)
        {
            RowKernels<TLanes, TVector>.Apply(Affine, Input.Background(0) + ((long)kind * Input.Stride), Input.Stride, seen + ((long)kind * Input.Stride));
        }

        double* sums = partSums.NeedZeros((long)Chunks.Count * stride);
        nint into = (nint)sums;
        Chunks.Run(Trunk.Threads, (chunk, _) =>
        {
            float* part = stackalloc float[stride];
            new Span<float>(part, stride).Clear();
            double* sum = (double*)into + ((long)chunk * stride);
            int end = Chunks.Start(chunk + 1, classes.Length);
            for (int place = Chunks.Start(chunk, classes.Length); place < end; place++)
            {
                AddProduct(background.At((long)classes[place] * Input.Stride, Input.Stride), place, part);
                Flush(part, sum);
            }
        });
        double* offset = offsets.Need(stride);
        ReadOnlySpan<float> biases = Trunk.Weights(bias);
        for (int column = 0; column < Columns; column++)
        {
            offset[column] = biases[column];
            for (int chunk = 0; chunk < Chunks.Count; chunk++)
            {
                offset[column] += sums[((long)chunk * stride) + column];
            }
        }
    }

    public override void Forward(int* table, in EventTurn turn, float* row)
    {
        var rows = new SiteRows(table, Input.Level);
        float* deviation = deviations.Of(Batch, turn);
        RowKernels<TLanes, TVector>.Deviations(rows, Input.Values(Batch, turn), Input.Background(0), Input.Stride, deviation);
        if (Affine is not null)
        {
            fixed (float* scale = Affine.Scale)
            {
                for (int i = 0; i < rows.Count * Input.Stride; i += TLanes.Width)
                {
                    TLanes.Store(TLanes.Multiply(TLanes.Load(deviation + i), TLanes.Load(scale + (i % Input.Stride))), deviation + i);
                }
            }
        }

        float* part = stackalloc float[stride];
        double* sum = stackalloc double[stride];
        new Span<float>(part, stride).Clear();
        new Span<double>(offsets.Start, stride).CopyTo(new Span<double>(sum, stride));
        int count = 0;
        foreach ((int place, int at) in new SitePlaces(table, Input.Level))
        {
            AddProduct(deviation + ((long)at * Input.Stride), place, part);
            if (++count % SumBlock == 0)
            {
                Flush(part, sum);
            }
        }

        Flush(part, sum);
        for (int column = 0; column < Columns; column++)
        {
            row[column] = (float)sum[column];
        }
    }

    public override void PrepareBack(float* slopes, float* gradient)
    {
        SortPairs();
        float* rows = slopeRows.Need((long)Batch.Count * stride);
        float* sum = slopeSum.Need(stride);
        for (int column = 0; column < Columns; column++)
        {
            double all = 0;
            for (int i = 0; i < Batch.Count; i++)
            {
                float slope = slopes[((long)i * Columns) + column];
                rows[((long)i * stride) + column] = slope;
                all += slope;
            }

            sum[column] = (float)all;
            gradient[bias.Start + column] = (float)all;
        }

        int most = 0;
        for (int place = 0; place < classes.Length; place++)
        {
            most = Math.Max(most, placeStarts[place + 1] - placeStarts[place]);
        }

        int height = SiteRows.Padded(Input.Channels);
        most = SiteRows.Padded(most + 1);
        long own = ((long)PlaceBlock * height * stride) + ((long)most * ((2 * Input.Stride) + stride)) + ((long)stride * Input.Stride);
        scratch.Need(own * Trunk.Threads);
        pairSlopes.Need((long)pairs.Length * Input.Stride);
        (nint Gradient, int Blocks) at = ((nint)(gradient + weights.Start), (classes.Length + PlaceBlock - 1) / PlaceBlock);
        Chunks.Run(Trunk.Threads, (chunk, worker) =>
        {
            float* memory = scratch.At(worker * own, own);
            double* target = Input.BackgroundTarget(new EventTurn(0, chunk, worker));
            for (int block = Chunks.Start(chunk, at.Blocks); block < Chunks.Start(chunk + 1, at.Blocks); block++)
            {
                Block(block * PlaceBlock, memory, target, most, (float*)at.Gradient);
            }
        });
    }

    public override float* Backward(int* table, in EventTurn turn, float* slopes)
    {
        float* back = NoSlopes(new SiteRows(table, Input.Level), turn);
        float* own = pairSlopes.At((long)pairStarts[turn.Event] * Input.Stride, (long)(pairStarts[turn.Event + 1] - pairStarts[turn.Event]) * Input.Stride);
        foreach ((_, int row) in new SitePlaces(table, Input.Level))
        {
            float* into = back + ((long)row * Input.Stride);
            for (int i = 0; i < Input.Stride; i += TLanes.Width)
            {
                TLanes.Store(TLanes.Add(TLanes.Load(into + i), TLanes.Load(own + i)), into + i);
            }

            own += Input.Stride;
        }

        return back;
    }

    public override void Dispose()
    {
        packed.Dispose();
        background.Dispose();
        offsets.Dispose();
        partSums.Dispose();
        deviations.Dispose();
        slopeRows.Dispose();
        slopeSum.Dispose();
        pairSlopes.Dispose();
        scratch.Dispose();
        base.Dispose();
    }

    /// <summary>Turns the weights over, from (columns, channels, places) to (places, channels, columns).</summary>
    private void Pack()
    {
        int places = classes.Length;
        packed.Need((long)places * Input.Channels * stride);
        fixed (float* pinned = Trunk.Weights(weights))
        {
            nint from = (nint)pinned;
            int blocks = (places + PlaceBlock - 1) / PlaceBlock;
            Chunks.Run(Trunk.Threads, (chunk, _) =>
            {
                float* own = (float*)from;
                for (int block = Chunks.Start(chunk, blocks); block < Chunks.Start(chunk + 1, blocks); block++)
                {
                    int first = block * PlaceBlock;
                    int end = Math.Min(places, first + PlaceBlock);
                    for (int channel = 0; channel < Input.Channels; channel++)
                    {
                        for (int column = 0; column < Columns; column += Transposition.Tile)
                        {
                            float* source = own + ((((long)column * Input.Channels) + channel) * places) + first;
                            float* into = packed.At(((((long)first * Input.Channels) + channel) * stride) + column, 1);
                            Transposition.Run(
                                source, Input.Channels * places, into, Input.Channels * stride, Math.Min(Transposition.Tile, Columns - column), end - first);
                        }
                    }
                }
            });
        }
    }

    private void Flush(float* part, double* sum)
    {
        for (int column = 0; column < Columns; column++)
        {
            sum[column] += part[column];
        }

        new Span<float>(part, stride).Clear();
    }

    /// <summary>sum += values · the weights of a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProduct(float* values, int place, float* sum)
    {
        float* weight = packed.At((long)place * Input.Channels * stride, (long)Input.Channels * stride);
        int width = TLanes.Width;
        int i = 0;
        for (; i + (4 * width) <= stride; i += 4 * width)
        {
            TVector a = TLanes.Load(sum + i);
            TVector b = TLanes.Load(sum + i + width);
            TVector c = TLanes.Load(sum + i + (2 * width));
            TVector d = TLanes.Load(sum + i + (3 * width));
            float* own = weight + i;
            for (int channel = 0; channel < Input.Channels; channel++, own += stride)
            {
                TVector value = TLanes.Create(values[channel]);
                a = TLanes.MultiplyAdd(value, TLanes.Load(own), a);
                b = TLanes.MultiplyAdd(value, TLanes.Load(own + width), b);
                c = TLanes.MultiplyAdd(value, TLanes.Load(own + (2 * width)), c);
                d = TLanes.MultiplyAdd(value, TLanes.Load(own + (3 * width)), d);
            }

            TLanes.Store(a, sum + i);
            TLanes.Store(b, sum + i + width);
            TLanes.Store(c, sum + i + (2 * width));
            TLanes.Store(d, sum + i + (3 * width));
        }

        for (; i < stride; i += width)
        {
            TVector all = TLanes.Load(sum + i);
            for (int channel = 0; channel < Input.Channels; channel++)
            {
                all = TLanes.MultiplyAdd(TLanes.Create(values[channel]), TLanes.Load(weight + ((long)channel * stride) + i), all);
            }

            TLanes.Store(all, sum + i);
        }
    }
}
