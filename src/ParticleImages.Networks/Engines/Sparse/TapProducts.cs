using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// Rows times the weights of taps, in blocks of taps that stay in a core's second cache, each added up by the outputs before the next one is computed. The other way round
/// on the way back.
/// </summary>
internal sealed unsafe class TapProducts<TLanes, TVector>(int channels, int inputStride, int filters, int stride, int taps) : IDisposable
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int BlockBytes = 384 << 10;

    private readonly NativeBuffer<float> products = new();
    private readonly NativeBuffer<int> cursors = new();
    private int mostRows;
    private int mostOutputs;

    /// <summary>Makes room.</summary>
    /// <param name="threads">How many work at a time.</param>
    /// <param name="rows">The most rows of an event, padded.</param>
    /// <param name="outputs">The most outputs of an event.</param>
    public void Begin(int threads, int rows, int outputs)
    {
        (mostRows, mostOutputs) = (rows, outputs);
        products.Need(Length * threads);
        cursors.Need((long)outputs * threads);
    }

    /// <summary>Multiplications of the way there for so many rows, padding included.</summary>
    public double Multiplications(int rows) => (double)rows * taps * channels * stride;

    /// <summary>output[row] = background of its class + the sum of what its entries point to.</summary>
    public void Forward(SiteRows outputs, int worker, float* rows, float* weights, float* background, float* output, bool relu)
    {
        if (outputs.Count == 0)
        {
            return;
        }

        float* product = products.At(worker * Length, Length);
        int* cursor = cursors.At((long)worker * mostOutputs, outputs.Count);
        int block = TapsOfBlock(outputs.Step);
        for (int tap = 0; tap < taps; tap += block)
        {
            int end = Math.Min(taps, tap + block);
            for (int i = tap; i < end; i++)
            {
                Products<TLanes, TVector>.Multiply(
                    rows, inputStride, 1, weights + ((long)i * channels * stride), stride, product + ((long)(i - tap) * outputs.Step * stride), stride, outputs.Step, stride, channels, add: false);
            }

            RowKernels<TLanes, TVector>.Gather(outputs, cursor, tap * outputs.Step, end * outputs.Step, product, background, stride, output, tap == 0, end == taps, relu);
        }
    }

    /// <summary>From the slopes by the outputs to those by weights and rows.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="worker">The thread.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="slopes">The slopes by the outputs.</param>
    /// <param name="weights">For each tap (filters, input stride).</param>
    /// <param name="gradient">To which the weights' are added, for each tap (channels padded, stride).</param>
    /// <param name="back">To which those by the rows are added; null if nobody wants them.</param>
    public void Backward(SiteRows outputs, int worker, float* rows, float* slopes, float* weights, float* gradient, float* back)
    {
        if (outputs.Count == 0)
        {
            return;
        }

        float* product = products.At(worker * Length, Length);
        int* cursor = cursors.At((long)worker * mostOutputs, outputs.Count);
        int block = TapsOfBlock(outputs.Step);
        int padded = SiteRows.Padded(channels);
        for (int tap = 0; tap < taps; tap += block)
        {
            int end = Math.Min(taps, tap + block);
            new Span<float>(product, (end - tap) * outputs.Step * stride).Clear();
            RowKernels<TLanes, TVector>.Scatter(outputs, cursor, tap * outputs.Step, end * outputs.Step, slopes, stride, product);
            for (int i = tap; i < end; i++)
            {
                float* own = product + ((long)(i - tap) * outputs.Step * stride);
                Products<TLanes, TVector>.Multiply(rows, 1, inputStride, own, stride, gradient + ((long)i * padded * stride), stride, padded, stride, outputs.Step, add: true);
                if (back is not null)
                {
                    Products<TLanes, TVector>.Multiply(
                        own, stride, 1, weights + ((long)i * filters * inputStride), inputStride, back, inputStride, outputs.Step, inputStride, filters, add: true);
                }
            }
        }
    }

    public void Dispose()
    {
        products.Dispose();
        cursors.Dispose();
    }

    // A smaller event may have more taps in a block.
    private long Length => Math.Max(BlockBytes / sizeof(float), (long)mostRows * stride);

    /// <summary>Taps whose products fit into a block.</summary>
    private int TapsOfBlock(int rows) => Math.Clamp(BlockBytes / sizeof(float) / Math.Max(1, rows * stride), 1, taps);
}
