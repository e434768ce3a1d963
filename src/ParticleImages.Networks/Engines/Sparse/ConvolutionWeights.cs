using System.Numerics;
using System.Runtime.InteropServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>A convolution's weights as kernels want them, and their gradient back into the order of the description: (filters, channels, taps).</summary>
internal sealed unsafe class ConvolutionWeights(int channels, int inputStride, int filters, int stride, int taps) : IDisposable
{
    private readonly NativeBuffer<float> forward = new();
    private readonly NativeBuffer<float> backward = new();
    private readonly NativeBuffer<float> chunks = new();

    /// <summary>For each tap (channels, stride), with the input's scale in them.</summary>
    public float* Forward => forward.Start;

    /// <summary>For each tap (filters, input stride), as they are; padding is 0.</summary>
    public float* Backward => backward.Start;

    /// <summary>Rows of a chunk's gradient of one tap.</summary>
    private int Rows { get; } = SiteRows.Padded(channels);

    public long Bytes => forward.Bytes + backward.Bytes + chunks.Bytes;

    public void Pack(ReadOnlySpan<float> weights, ChannelAffine? affine, int threads)
    {
        float* there = forward.Need((long)taps * channels * stride);
        float* back = backward.Need((long)taps * filters * inputStride);
        fixed (float* pinned = weights)
        {
            // A pointer is no variable of a lambda.
            float* from = pinned;
            (nint There, nint Back, nint From) at = ((nint)there, (nint)back, (nint)from);
            Chunks.Run(threads, (chunk, _) =>
            {
                for (int tap = Chunks.Start(chunk, taps); tap < Chunks.Start(chunk + 1, taps); tap++)
                {
                    PackTap((float*)at.From, tap, affine?.Scale, (float*)at.There, (float*)at.Back);
                }
            });
        }
    }

    /// <summary>A chunk's own gradient, for each tap (channels padded, stride), before the input's scale.</summary>
    public float* Chunk(int chunk) => chunks.At(chunk * ChunkLength, ChunkLength);

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
        nint into = (nint)gradient;
        Chunks.Run(threads, (part, _) =>
        {
            float* row = stackalloc float[stride];
            for (int channel = Chunks.Start(part, channels); channel < Chunks.Start(part + 1, channels); channel++)
            {
                (double scale, double offset) = affine is null ? (1, 0) : (affine.Scale[channel], affine.Shift[channel]);
                for (int tap = 0; tap < taps; tap++)
                {
                    AddChunks((((long)tap * Rows) + channel) * stride, row);
                    float* gradient = (float*)into + ((long)channel * taps) + tap;
                    for (int filter = 0; filter < filters; filter++)
                    {
                        double said = row[filter] + (shared is null ? 0 : shared[(((tap * channels) + channel) * filters) + filter]);
                        gradient[(long)filter * channels * taps] = (float)((scale * said) + (offset * shift[(tap * filters) + filter]));
                    }
                }
            }
        });
    }

    public void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
        chunks.Dispose();
    }

    private long ChunkLength => (long)taps * Rows * stride;

    /// <summary>Where a tap's gradient begins in a chunk's.</summary>
    public long TapStart(int tap) => (long)tap * Rows * stride;

    /// <summary>The sum of a row of all chunks, in order.</summary>
    private void AddChunks(long start, float* sum)
    {
        for (int i = 0; i < stride; i += Vector<float>.Count)
        {
            Vector<float> all = Vector.Load(chunks.At(start + i, Vector<float>.Count));
            for (int chunk = 1; chunk < Chunks.Count; chunk++)
            {
                all += Vector.Load(chunks.At((chunk * ChunkLength) + start + i, Vector<float>.Count));
            }

            all.Store(sum + i);
        }
    }

    private void PackTap(float* weights, int tap, float[]? scale, float* there, float* back)
    {
        there += (long)tap * channels * stride;
        back += (long)tap * filters * inputStride;
        for (int filter = 0; filter < filters; filter++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float weight = weights[((((long)filter * channels) + channel) * taps) + tap];
                back[((long)filter * inputStride) + channel] = weight;
                there[((long)channel * stride) + filter] = scale is null ? weight : weight * scale[channel];
            }
        }
    }
}
