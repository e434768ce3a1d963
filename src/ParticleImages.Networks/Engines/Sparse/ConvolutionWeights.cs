using System.Numerics;
using System.Runtime.InteropServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>
/// A convolution's weights as kernels want them, and their gradient back into the order of the description: (filters, channels, taps). What rows are multiplied with are slots: the taps or,
/// where there are blocks, for each point the taps of rows and columns.
/// </summary>
internal sealed unsafe class ConvolutionWeights(int channels, int inputStride, int filters, int stride, int taps, PointWeights? points) : IDisposable
{
    private readonly NativeBuffer<float> forward = new();
    private readonly NativeBuffer<float> plain = new();
    private readonly NativeBuffer<float> forwardPoints = new();
    private readonly NativeBuffer<float> backwardPoints = new();
    private readonly NativeBuffer<float> chunks = new();

    /// <summary>How many matrices rows are multiplied with.</summary>
    public int Slots { get; } = points?.Slots ?? taps;

    public long Bytes => forward.Bytes + plain.Bytes + forwardPoints.Bytes + backwardPoints.Bytes + chunks.Bytes;

    /// <summary>Of a slot's gradient in a chunk: (channels padded, stride).</summary>
    public long SlotLength => (long)Rows * stride;

    /// <summary>Rows of a chunk's gradient of one slot.</summary>
    private int Rows { get; } = SiteRows.Padded(channels);

    private long ChunkLength => Slots * SlotLength;

    private int ForwardLength => channels * stride;

    private int BackwardLength => filters * inputStride;

    /// <summary>From a slot on: (channels, stride) each, with the input's scale in them.</summary>
    public float* Forward(int slot) => (points is null ? forward : forwardPoints).Start + ((long)slot * ForwardLength);

    /// <summary>From a slot on: (filters, input stride) each, without the scale; padding is 0.</summary>
    public float* Backward(int slot) => points is null ? Plain(slot) : backwardPoints.Start + ((long)slot * BackwardLength);

    /// <summary>From a tap on: (filters, input stride) each, as they are; padding is 0.</summary>
    public float* Plain(int tap) => plain.Start + ((long)tap * BackwardLength);

    /// <summary>A chunk's own gradient, before the input's scale.</summary>
    public float* Chunk(int chunk) => chunks.At(chunk * ChunkLength, ChunkLength);

    /// <summary>Takes the weights of a step.</summary>
    /// <param name="weights">(filters, channels, taps).</param>
    /// <param name="affine">The input's scale and shift.</param>
    /// <param name="threads">How many at a time.</param>
    public void Pack(ReadOnlySpan<float> weights, ChannelAffine? affine, int threads)
    {
        forward.Need((long)taps * ForwardLength);
        plain.Need((long)taps * BackwardLength);
        fixed (float* pinned = weights)
        {
            // A pointer is no variable of a lambda.
            nint from = (nint)pinned;
            Chunks.Run(threads, (chunk, _) =>
            {
                for (int channel = Chunks.Start(chunk, channels); channel < Chunks.Start(chunk + 1, channels); channel++)
                {
                    PackForward((float*)from, channel, affine?.Scale[channel] ?? 1);
                }

                for (int filter = Chunks.Start(chunk, filters); filter < Chunks.Start(chunk + 1, filters); filter++)
                {
                    PackPlain((float*)from, filter);
                }
            });
        }

        if (points is not null)
        {
            forwardPoints.Need((long)Slots * ForwardLength);
            backwardPoints.Need((long)Slots * BackwardLength);
            Chunks.Run(threads, (chunk, _) =>
            {
                for (int tap = Chunks.Start(chunk, points.PlaneTaps); tap < Chunks.Start(chunk + 1, points.PlaneTaps); tap++)
                {
                    points.TakeToPoints(forward.Start, forwardPoints.Start, tap, ForwardLength);
                    points.TakeToPoints(plain.Start, backwardPoints.Start, tap, BackwardLength);
                }
            });
        }
    }

    /// <summary>Makes room for the chunks' gradients, all zero.</summary>
    public void BeginBack(int threads)
    {
        chunks.Need(ChunkLength * Chunks.Count);
        Chunks.Run(threads, (chunk, _) => NativeMemory.Clear(Chunk(chunk), (nuint)(ChunkLength * sizeof(float))));
    }

    /// <summary>Adds up the chunks' gradients and what the background says.</summary>
    /// <param name="affine">The input's scale and shift.</param>
    /// <param name="shared">For each tap (channels, filters): what the background before scale and shift says; null where every event's turn has said it.</param>
    /// <param name="shift">For each tap (filters): what every shifted value is to be multiplied by.</param>
    /// <param name="gradient">(filters, channels, taps).</param>
    /// <param name="threads">How many at a time.</param>
    public void Finish(ChannelAffine? affine, double[]? shared, double[] shift, float* gradient, int threads)
    {
        // Slot by slot, since chunks are far from each other in memory.
        Chunks.Run(threads, (part, _) => AddChunks(Chunks.Start(part, Slots) * SlotLength, Chunks.Start(part + 1, Slots) * SlotLength));
        nint into = (nint)gradient;
        Chunks.Run(threads, (part, _) =>
        {
            using var slots = new NativeBuffer<float>();
            using var ofTaps = new NativeBuffer<float>();
            for (int channel = Chunks.Start(part, channels); channel < Chunks.Start(part + 1, channels); channel++)
            {
                float* sum = slots.Need((long)Slots * stride);
                for (int slot = 0; slot < Slots; slot++)
                {
                    float* own = chunks.At((slot * SlotLength) + ((long)channel * stride), stride);
                    new Span<float>(own, stride).CopyTo(new Span<float>(sum + ((long)slot * stride), stride));
                }

                if (points is not null)
                {
                    sum = ofTaps.Need((long)taps * stride);
                    points.TakeFromPoints(slots.Start, sum, stride);
                }

                (double scale, double offset) = affine is null ? (1, 0) : (affine.Scale[channel], affine.Shift[channel]);
                for (int filter = 0; filter < filters; filter++)
                {
                    float* own = (float*)into + ((((long)filter * channels) + channel) * taps);
                    for (int tap = 0; tap < taps; tap++)
                    {
                        double said = sum[((long)tap * stride) + filter] + (shared is null ? 0 : shared[(((tap * channels) + channel) * filters) + filter]);
                        own[tap] = (float)((scale * said) + (offset * shift[(tap * filters) + filter]));
                    }
                }
            }
        });
    }

    public void Dispose()
    {
        forward.Dispose();
        plain.Dispose();
        forwardPoints.Dispose();
        backwardPoints.Dispose();
        chunks.Dispose();
    }

    /// <summary>Adds all chunks to the first one, in order.</summary>
    private void AddChunks(long begin, long end)
    {
        for (long i = begin; i < end; i += Vector<float>.Count)
        {
            float* sum = chunks.At(i, Vector<float>.Count);
            Vector<float> all = Vector.Load(sum);
            for (int chunk = 1; chunk < Chunks.Count; chunk++)
            {
                all += Vector.Load(chunks.At((chunk * ChunkLength) + i, Vector<float>.Count));
            }

            all.Store(sum);
        }
    }

    /// <summary>All taps of a channel, times its scale.</summary>
    private void PackForward(float* weights, int channel, float scale)
    {
        float* to = forward.Start + ((long)channel * stride);
        for (int filter = 0; filter < filters; filter += Transposition.Tile)
        {
            int some = Math.Min(Transposition.Tile, filters - filter);
            Transposition.Run(weights + ((((long)filter * channels) + channel) * taps), (nint)channels * taps, to + filter, (nint)channels * stride, some, taps);
        }

        for (int tap = 0; tap < taps && scale != 1; tap++, to += (long)channels * stride)
        {
            for (int filter = 0; filter < filters; filter++)
            {
                to[filter] *= scale;
            }
        }
    }

    /// <summary>All taps of a filter.</summary>
    private void PackPlain(float* weights, int filter)
    {
        float* to = Plain(0) + ((long)filter * inputStride);
        for (int channel = 0; channel < channels; channel += Transposition.Tile)
        {
            int some = Math.Min(Transposition.Tile, channels - channel);
            Transposition.Run(weights + ((((long)filter * channels) + channel) * taps), taps, to + channel, (nint)filters * inputStride, some, taps);
        }
    }
}
