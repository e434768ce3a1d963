using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>What convolutions do with rows, vectors of channels at a time.</summary>
internal static unsafe class RowKernels<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>The rows' values without the background that they stand in front of.</summary>
    public static void Deviations(SiteRows rows, float* values, float* background, int stride, float* deviations)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            float* own = background + ((long)rows.Classes[row] * stride);
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TLanes.Store(TLanes.Subtract(TLanes.Load(values + i), TLanes.Load(own + i)), deviations + i);
            }

            values += stride;
            deviations += stride;
        }

        new Span<float>(deviations, (SiteRows.Padded(rows.Count) - rows.Count) * stride).Clear();
    }

    /// <summary>output[row] = background of its class + the sum of what its entries of a block of taps point to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(SiteRows rows, int* cursors, int blockStart, int blockEnd, float* products, float* background, int stride, float* output, bool isFirst, bool isLast, bool relu)
    {
        int width = TLanes.Width;
        products -= (long)blockStart * stride;
        for (int row = 0; row < rows.Count; row++, output += stride)
        {
            float* from = isFirst ? background + ((long)rows.Classes[row] * stride) : output;
            int begin = isFirst ? rows.Starts[row] : cursors[row];
            int end = begin;
            int i = 0;
            for (; i + (2 * width) <= stride; i += 2 * width)
            {
                TVector low = TLanes.Load(from + i);
                TVector high = TLanes.Load(from + i + width);
                for (end = begin; end < rows.Starts[row + 1] && rows.Entries[end] < blockEnd; end++)
                {
                    float* product = products + ((long)rows.Entries[end] * stride) + i;
                    low = TLanes.Add(low, TLanes.Load(product));
                    high = TLanes.Add(high, TLanes.Load(product + width));
                }

                TLanes.Store(isLast && relu ? TLanes.Max(low, TLanes.Zero) : low, output + i);
                TLanes.Store(isLast && relu ? TLanes.Max(high, TLanes.Zero) : high, output + i + width);
            }

            for (; i < stride; i += width)
            {
                TVector sum = TLanes.Load(from + i);
                for (end = begin; end < rows.Starts[row + 1] && rows.Entries[end] < blockEnd; end++)
                {
                    sum = TLanes.Add(sum, TLanes.Load(products + ((long)rows.Entries[end] * stride) + i));
                }

                TLanes.Store(isLast && relu ? TLanes.Max(sum, TLanes.Zero) : sum, output + i);
            }

            if (!isLast)
            {
                cursors[row] = end;
            }
        }
    }

    /// <summary>products[entry] += slopes[row] for the entries of a block of taps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(SiteRows rows, int* cursors, int blockStart, int blockEnd, float* slopes, int stride, float* products)
    {
        int width = TLanes.Width;
        products -= (long)blockStart * stride;
        for (int row = 0; row < rows.Count; row++, slopes += stride)
        {
            int begin = blockStart == 0 ? rows.Starts[row] : cursors[row];
            int end = begin;
            int i = 0;
            for (; i + (2 * width) <= stride; i += 2 * width)
            {
                TVector low = TLanes.Load(slopes + i);
                TVector high = TLanes.Load(slopes + i + width);
                for (end = begin; end < rows.Starts[row + 1] && rows.Entries[end] < blockEnd; end++)
                {
                    float* product = products + ((long)rows.Entries[end] * stride) + i;
                    TLanes.Store(TLanes.Add(TLanes.Load(product), low), product);
                    TLanes.Store(TLanes.Add(TLanes.Load(product + width), high), product + width);
                }
            }

            for (; i < stride; i += width)
            {
                TVector slope = TLanes.Load(slopes + i);
                for (end = begin; end < rows.Starts[row + 1] && rows.Entries[end] < blockEnd; end++)
                {
                    float* product = products + ((long)rows.Entries[end] * stride) + i;
                    TLanes.Store(TLanes.Add(TLanes.Load(product), slope), product);
                }
            }

            cursors[row] = end;
        }
    }

    /// <summary>output[row] = background of its class + the sum over its entries and the few channels of the input of deviation × the tap's weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Direct(SiteRows rows, int shift, float* deviations, int inputStride, int channels, float* weights, float* background, int stride, float* output, bool relu)
    {
        int width = TLanes.Width;
        int mask = (1 << shift) - 1;
        for (int row = 0; row < rows.Count; row++, output += stride)
        {
            float* from = background + ((long)rows.Classes[row] * stride);
            int begin = rows.Starts[row];
            int end = rows.Starts[row + 1];
            int i = 0;
            for (; i + (4 * width) <= stride; i += 4 * width)
            {
                TVector a = TLanes.Load(from + i);
                TVector b = TLanes.Load(from + i + width);
                TVector c = TLanes.Load(from + i + (2 * width));
                TVector d = TLanes.Load(from + i + (3 * width));
                for (int entry = begin; entry < end; entry++)
                {
                    int code = rows.Entries[entry];
                    float* deviation = deviations + ((long)(code & mask) * inputStride);
                    float* weight = weights + ((long)(code >> shift) * channels * stride) + i;
                    for (int channel = 0; channel < channels; channel++, weight += stride)
                    {
                        TVector value = TLanes.Create(deviation[channel]);
                        a = TLanes.MultiplyAdd(value, TLanes.Load(weight), a);
                        b = TLanes.MultiplyAdd(value, TLanes.Load(weight + width), b);
                        c = TLanes.MultiplyAdd(value, TLanes.Load(weight + (2 * width)), c);
                        d = TLanes.MultiplyAdd(value, TLanes.Load(weight + (3 * width)), d);
                    }
                }

                TLanes.Store(relu ? TLanes.Max(a, TLanes.Zero) : a, output + i);
                TLanes.Store(relu ? TLanes.Max(b, TLanes.Zero) : b, output + i + width);
                TLanes.Store(relu ? TLanes.Max(c, TLanes.Zero) : c, output + i + (2 * width));
                TLanes.Store(relu ? TLanes.Max(d, TLanes.Zero) : d, output + i + (3 * width));
            }

            for (; i < stride; i += width)
            {
                TVector sum = TLanes.Load(from + i);
                for (int entry = begin; entry < end; entry++)
                {
                    int code = rows.Entries[entry];
                    float* deviation = deviations + ((long)(code & mask) * inputStride);
                    float* weight = weights + ((long)(code >> shift) * channels * stride) + i;
                    for (int channel = 0; channel < channels; channel++, weight += stride)
                    {
                        sum = TLanes.MultiplyAdd(TLanes.Create(deviation[channel]), TLanes.Load(weight), sum);
                    }
                }

                TLanes.Store(relu ? TLanes.Max(sum, TLanes.Zero) : sum, output + i);
            }
        }
    }

    /// <summary>The weights' gradient of <see cref="Direct"/>: gradient[tap, channel] += deviation × slopes[row]; a tap's takes tapLength.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DirectGradient(SiteRows rows, int shift, float* deviations, int inputStride, int channels, float* slopes, int stride, float* gradient, long tapLength)
    {
        int width = TLanes.Width;
        int mask = (1 << shift) - 1;
        for (int row = 0; row < rows.Count; row++, slopes += stride)
        {
            int end = rows.Starts[row + 1];
            int i = 0;
            for (; i + (2 * width) <= stride; i += 2 * width)
            {
                TVector low = TLanes.Load(slopes + i);
                TVector high = TLanes.Load(slopes + i + width);
                for (int entry = rows.Starts[row]; entry < end; entry++)
                {
                    int code = rows.Entries[entry];
                    float* deviation = deviations + ((long)(code & mask) * inputStride);
                    float* own = gradient + ((code >> shift) * tapLength) + i;
                    for (int channel = 0; channel < channels; channel++, own += stride)
                    {
                        TVector value = TLanes.Create(deviation[channel]);
                        TLanes.Store(TLanes.MultiplyAdd(value, low, TLanes.Load(own)), own);
                        TLanes.Store(TLanes.MultiplyAdd(value, high, TLanes.Load(own + width)), own + width);
                    }
                }
            }

            for (; i < stride; i += width)
            {
                TVector slope = TLanes.Load(slopes + i);
                for (int entry = rows.Starts[row]; entry < end; entry++)
                {
                    int code = rows.Entries[entry];
                    float* deviation = deviations + ((long)(code & mask) * inputStride);
                    float* own = gradient + ((code >> shift) * tapLength) + i;
                    for (int channel = 0; channel < channels; channel++, own += stride)
                    {
                        TLanes.Store(TLanes.MultiplyAdd(TLanes.Create(deviation[channel]), slope, TLanes.Load(own)), own);
                    }
                }
            }
        }
    }

    /// <summary>The slopes by the input's rows of <see cref="Direct"/>, from weights of (taps, filters, input stride).</summary>
    public static void DirectSlopes(SiteRows rows, int shift, float* weights, int filters, float* slopes, int stride, float* inputSlopes, int inputStride)
    {
        int mask = (1 << shift) - 1;
        for (int row = 0; row < rows.Count; row++, slopes += stride)
        {
            for (int entry = rows.Starts[row]; entry < rows.Starts[row + 1]; entry++)
            {
                int code = rows.Entries[entry];
                float* weight = weights + ((long)(code >> shift) * filters * inputStride);
                float* into = inputSlopes + ((long)(code & mask) * inputStride);
                for (int i = 0; i < inputStride; i += TLanes.Width)
                {
                    TVector sum = TLanes.Load(into + i);
                    for (int filter = 0; filter < filters; filter++)
                    {
                        sum = TLanes.MultiplyAdd(TLanes.Create(slopes[filter]), TLanes.Load(weight + ((long)filter * inputStride) + i), sum);
                    }

                    TLanes.Store(sum, into + i);
                }
            }
        }
    }

    /// <summary>to = scale · from + shift, or a copy.</summary>
    public static void Apply(ChannelAffine? affine, float* from, int stride, float* to)
    {
        if (affine is null)
        {
            new Span<float>(from, stride).CopyTo(new Span<float>(to, stride));
            return;
        }

        fixed (float* scale = affine.Scale, shift = affine.Shift)
        {
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(scale + i), TLanes.Load(from + i), TLanes.Load(shift + i)), to + i);
            }
        }
    }

    /// <summary>sums[class] += factor × rows.</summary>
    public static void AddByClass(SiteRows rows, float* values, int stride, float factor, float* sums)
    {
        TVector times = TLanes.Create(factor);
        for (int row = 0; row < rows.Count; row++, values += stride)
        {
            float* sum = sums + ((long)rows.Classes[row] * stride);
            for (int i = 0; i < stride; i += TLanes.Width)
            {
                TLanes.Store(TLanes.MultiplyAdd(times, TLanes.Load(values + i), TLanes.Load(sum + i)), sum + i);
            }
        }
    }

    /// <summary>The product of two vectors.</summary>
    public static float Dot(float* left, float* right, int length)
    {
        TVector sum = TLanes.Zero;
        for (int i = 0; i < length; i += TLanes.Width)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(left + i), TLanes.Load(right + i), sum);
        }

        return TLanes.Sum(sum);
    }
}
