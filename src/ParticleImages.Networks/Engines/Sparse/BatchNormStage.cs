using ParticleImages.Networks.Engines.Lanes;
using ParticleImages.Networks.Modules;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// A batch norm. Its statistics are sums over the rows, each counted as often as it stands, and over the places without one, all of them as distances from the background:
/// so nothing cancels. What comes out is the input before a scale and shift. On the way back the sums over all slopes are taken behind the pools that follow, where there
/// are fewest: a pool hands on a slope to what it took, so the sums are the same.
/// </summary>
internal sealed unsafe class BatchNormStage<TLanes, TVector>(
    SparseTrunk trunk, SiteMap map, BatchNormLayer layer, (WeightSpan Weight, WeightSpan Bias, WeightSpan Mean, WeightSpan Variance) own, ChannelAffine result)
    : SparseStage(trunk, map, map), IBarrierStage
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    // Rows whose float32 sums are added to those in double at a time.
    private const int BlockRows = 128;

    private readonly NativeBuffer<double> sums = new();
    private readonly NativeBuffer<float> coefficients = new();
    private readonly double[] reference = new double[map.Channels];
    private readonly double[] means = new double[map.Channels];
    private readonly double[] inverseDeviations = new double[map.Channels];
    private readonly double[] slope = new double[map.Channels];
    private readonly double[] constant = new double[map.Channels];
    private readonly double[] linear = new double[map.Channels];

    /// <summary>The map behind the pools that follow.</summary>
    public SiteMap ChainEnd { get; set; } = map;

    /// <summary>What batches were seen of, while a network is recalibrated.</summary>
    public ChannelMoments? Survey { get; set; }

    private double Count => (double)Batch.Count * Input.Grid.Places;

    private bool UsesBatch => Trunk.UsesBatchStatistics;

    public override void Prepare()
    {
        sums.NeedZeros((long)Chunks.Count * 2 * Input.Stride);
        coefficients.Need(4L * Input.Stride);
        if (!UsesBatch)
        {
            ReadOnlySpan<float> mean = Trunk.Statistics(own.Mean);
            ReadOnlySpan<float> variance = Trunk.Statistics(own.Variance);
            for (int i = 0; i < Input.Channels; i++)
            {
                Settle(i, mean[i], variance[i]);
            }

            return;
        }

        float* reference = coefficients.Start;
        for (int i = 0; i < Input.Channels; i++)
        {
            reference[i] = Input.IsPerEvent ? 0 : Input.Background(0)[(Input.Grid.Central * Input.Stride) + i];
            this.reference[i] = reference[i];
        }
    }

    public void BeginSurvey() => Survey = new ChannelMoments(Input.Channels);

    /// <summary>Adds an event to the statistics.</summary>
    public void Measure(int* table, in EventTurn turn)
    {
        var rows = new SiteRows(table, Input.Level);
        double* sum = sums.At((long)turn.Chunk * 2 * Input.Stride, 2 * Input.Stride);
        AddMoments(rows, Input.Values(Batch, turn), rows.Multiplicities, sum);
        if (Input.IsPerEvent)
        {
            long* inactive = stackalloc long[Input.Grid.Classes];
            rows.Inactive(Input.Grid, inactive);
            AddBackground(Input.Background(turn.Event), inactive, sum);
        }
    }

    /// <summary>What the statistics make of the values.</summary>
    public void Solve()
    {
        double* all = sums.Start;
        AddChunks(all);
        if (!Input.IsPerEvent)
        {
            fixed (long* inactive = Batch.Inactive[Input.Level])
            {
                AddBackground(Input.Background(0), inactive, all);
            }
        }

        Span<float> runningMean = Trunk.Statistics(own.Mean);
        Span<float> runningVariance = Trunk.Statistics(own.Variance);
        var seenMeans = new double[Input.Channels];
        var seenVariances = new double[Input.Channels];
        for (int i = 0; i < Input.Channels; i++)
        {
            double distance = all[i] / Count;
            double square = (all[Input.Stride + i] / Count) - (distance * distance);
            double variance = square < 0 ? 0 : square;
            Settle(i, reference[i] + distance, variance);
            (seenMeans[i], seenVariances[i]) = (means[i], variance);
            if (Survey is null)
            {
                runningMean[i] = (float)((layer.Momentum * runningMean[i]) + ((1 - layer.Momentum) * means[i]));
                runningVariance[i] = (float)((layer.Momentum * runningVariance[i]) + ((1 - layer.Momentum) * variance * Count / (Count - 1)));
            }
        }

        Survey?.Add(seenMeans, seenVariances, (long)Count);
    }

    /// <summary>Makes what was noted the running statistics.</summary>
    public void AdoptSurvey()
    {
        double[] means = Survey!.Means;
        double[] variances = Survey.UnbiasedVariances;
        for (int i = 0; i < Input.Channels; i++)
        {
            Trunk.Statistics(own.Mean)[i] = (float)means[i];
            Trunk.Statistics(own.Variance)[i] = (float)variances[i];
        }
    }

    /// <summary>Adds an event's slopes behind the pools.</summary>
    public void MeasureBack(int* table, in EventTurn turn)
    {
        var rows = new SiteRows(table, ChainEnd.Level);
        double* sum = sums.At((long)turn.Chunk * 2 * Input.Stride, 2 * Input.Stride);
        AddProducts(rows, ChainEnd.Slopes(Batch, turn), ChainEnd.Values(Batch, turn), sum);
        if (ChainEnd.IsPerEvent)
        {
            AddBackgroundProducts(turn.Event, sum);
        }
    }

    public override void PrepareBack() => sums.NeedZeros((long)Chunks.Count * 2 * Input.Stride);

    /// <summary>The gradient, and what slopes by the output make of those by the input.</summary>
    public void SolveBack(float* gradient)
    {
        double* all = sums.Start;
        AddChunks(all);
        if (!ChainEnd.IsPerEvent)
        {
            AddBackgroundProducts(0, all);
        }

        ReadOnlySpan<float> weights = Trunk.Weights(own.Weight);
        float* reference = coefficients.Start;
        for (int i = 0; i < Input.Channels; i++)
        {
            double plain = all[i];
            double scaled = (all[Input.Stride + i] - ((means[i] - this.reference[i]) * plain)) * inverseDeviations[i];
            gradient[own.Weight.Start + i] = (float)scaled;
            gradient[own.Bias.Start + i] = (float)plain;
            slope[i] = weights[i] * inverseDeviations[i];
            linear[i] = -slope[i] * scaled * inverseDeviations[i] / Count;
            constant[i] = (-slope[i] * plain / Count) + (linear[i] * (this.reference[i] - means[i]));
            (reference[Input.Stride + i], reference[(2 * Input.Stride) + i], reference[(3 * Input.Stride) + i]) = ((float)slope[i], (float)constant[i], (float)linear[i]);
        }
    }

    public override void Dispose()
    {
        sums.Dispose();
        coefficients.Dispose();
        base.Dispose();
    }

    protected override void ForwardBackground(int @event)
    {
    }

    protected override void ForwardRows(int* table, in EventTurn turn)
    {
    }

    protected override float* BackwardRows(int* table, in EventTurn turn, float* slopes)
    {
        var rows = new SiteRows(table, Input.Level);
        float* values = Input.Values(Batch, turn);
        float* at = slopes;
        float* reference = coefficients.Start;
        int stride = Input.Stride;
        for (int row = 0; row < rows.Count; row++, at += stride, values += stride)
        {
            TVector times = TLanes.Create(rows.Multiplicities[row]);
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TVector distance = TLanes.Subtract(TLanes.Load(values + i), TLanes.Load(reference + i));
                TVector common = TLanes.MultiplyAdd(TLanes.Load(reference + (3 * stride) + i), distance, TLanes.Load(reference + (2 * stride) + i));
                TVector own = TLanes.Multiply(TLanes.Load(reference + stride + i), TLanes.Load(at + i));
                TLanes.Store(TLanes.MultiplyAdd(times, common, own), at + i);
            }
        }

        if (Input.IsPerEvent)
        {
            long* inactive = stackalloc long[Input.Grid.Classes];
            rows.Inactive(Input.Grid, inactive);
            ThroughBackground(turn.Event, inactive);
        }

        return slopes;
    }

    protected override void BackwardBackground(int @event, double* target, in EventTurn turn)
    {
        if (!Input.IsPerEvent)
        {
            fixed (long* inactive = Batch.Inactive[Input.Level])
            {
                ThroughBackground(0, inactive);
            }
        }
    }

    private void Settle(int channel, double mean, double variance)
    {
        means[channel] = mean;
        inverseDeviations[channel] = 1 / Math.Sqrt(variance + layer.Epsilon);
        double scale = Trunk.Weights(own.Weight)[channel] * inverseDeviations[channel];
        result.Set(channel, scale, Trunk.Weights(own.Bias)[channel] - (mean * scale));
    }

    private void AddChunks(double* all)
    {
        for (int chunk = 1; chunk < Chunks.Count; chunk++)
        {
            double* own = all + ((long)chunk * 2 * Input.Stride);
            for (int i = 0; i < 2 * Input.Stride; i++)
            {
                all[i] += own[i];
            }
        }
    }

    /// <summary>Adds distances from the reference and their squares, each as often as its row stands.</summary>
    private void AddMoments(SiteRows rows, float* values, int* times, double* sum)
    {
        float* reference = coefficients.Start;
        int stride = Input.Stride;
        for (int begin = 0; begin < rows.Count; begin += BlockRows)
        {
            int end = Math.Min(rows.Count, begin + BlockRows);
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TVector zero = TLanes.Load(reference + i);
                TVector plain = TLanes.Zero;
                TVector square = TLanes.Zero;
                for (int row = begin; row < end; row++)
                {
                    TVector distance = TLanes.Subtract(TLanes.Load(values + ((long)row * stride) + i), zero);
                    TVector weighted = TLanes.Multiply(distance, TLanes.Create(times[row]));
                    plain = TLanes.Add(plain, weighted);
                    square = TLanes.MultiplyAdd(weighted, distance, square);
                }

                Flush(plain, sum + i);
                Flush(square, sum + stride + i);
            }
        }
    }

    /// <summary>Adds slopes and their products with the values' distances from the reference.</summary>
    private void AddProducts(SiteRows rows, float* slopes, float* values, double* sum)
    {
        float* reference = coefficients.Start;
        int stride = Input.Stride;
        for (int begin = 0; begin < rows.Count; begin += BlockRows)
        {
            int end = Math.Min(rows.Count, begin + BlockRows);
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TVector zero = TLanes.Load(reference + i);
                TVector plain = TLanes.Zero;
                TVector product = TLanes.Zero;
                for (int row = begin; row < end; row++)
                {
                    TVector slope = TLanes.Load(slopes + ((long)row * stride) + i);
                    plain = TLanes.Add(plain, slope);
                    product = TLanes.MultiplyAdd(slope, TLanes.Subtract(TLanes.Load(values + ((long)row * stride) + i), zero), product);
                }

                Flush(plain, sum + i);
                Flush(product, sum + stride + i);
            }
        }
    }

    private static void Flush(TVector part, double* sum)
    {
        float* values = stackalloc float[16];
        TLanes.Store(part, values);
        for (int i = 0; i < TLanes.Width; i++)
        {
            sum[i] += values[i];
        }
    }

    private void AddBackground(float* background, long* inactive, double* sum)
    {
        for (int kind = 0; kind < Input.Grid.Classes; kind++, background += Input.Stride)
        {
            for (int i = 0; i < Input.Channels; i++)
            {
                double distance = background[i] - reference[i];
                sum[i] += inactive[kind] * distance;
                sum[Input.Stride + i] += inactive[kind] * distance * distance;
            }
        }
    }

    private void AddBackgroundProducts(int @event, double* sum)
    {
        double* slopes = ChainEnd.BackgroundSlopes(@event);
        float* background = ChainEnd.Background(@event);
        for (int kind = 0; kind < ChainEnd.Grid.Classes; kind++, slopes += ChainEnd.Stride, background += ChainEnd.Stride)
        {
            for (int i = 0; i < Input.Channels; i++)
            {
                sum[i] += slopes[i];
                sum[Input.Stride + i] += slopes[i] * (background[i] - reference[i]);
            }
        }
    }

    private void ThroughBackground(int @event, long* inactive)
    {
        double* slopes = Input.BackgroundSlopes(@event);
        float* background = Input.Background(@event);
        for (int kind = 0; kind < Input.Grid.Classes; kind++, slopes += Input.Stride, background += Input.Stride)
        {
            for (int i = 0; i < Input.Channels; i++)
            {
                slopes[i] = (slope[i] * slopes[i]) + (inactive[kind] * (constant[i] + (linear[i] * (background[i] - reference[i]))));
            }
        }
    }
}
