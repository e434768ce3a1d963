using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>The kernels, written once for every width. Sums are handed over to double before float32 rounds much away.</summary>
internal sealed unsafe partial class MapKernels<TLanes, TVector> : IMapKernels
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Block = DropoutMask.Lanes;

    // Values that are summed in float32: 64 a lane.
    private const int Stretch = 64 * Block;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Rectify(float* x, float* h, int count, (float Scale, float Offset) affine, bool rectify, float factor, ulong? stream, double rate)
    {
        uint* state = stackalloc uint[DropoutMask.StateWords];
        if (stream is { } seed)
        {
            DropoutMask.Begin(seed, new Span<uint>(state, DropoutMask.StateWords));
        }

        int whole = count / Block * Block;
        float* rest = stackalloc float[Block];
        new Span<float>(rest, Block).Clear();
        new Span<float>(x + whole, count - whole).CopyTo(new Span<float>(rest, Block));
        double sum = 0;
        for (int lane = 0; lane < Block; lane += TLanes.Width)
        {
            var drawn = new RandomLanes<TLanes, TVector>(state, lane, rate);
            for (int from = 0; from < whole; from += Stretch)
            {
                int to = Math.Min(from + Stretch, whole);
                TVector part = TLanes.Zero;
                for (int i = from + lane; i < to; i += Block)
                {
                    TVector value = Value(TLanes.Load(x + i), affine, rectify, factor);
                    value = stream is null ? value : drawn.Keep(value);
                    TLanes.Store(value, h + i);
                    part = TLanes.Add(part, value);
                }

                sum += TLanes.Sum(part);
            }

            TVector last = Value(TLanes.Load(rest + lane), affine, rectify, factor);
            TLanes.Store(stream is null ? last : drawn.Keep(last), rest + lane);
        }

        for (int i = whole; i < count; i++)
        {
            h[i] = rest[i - whole];
            sum += h[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Sum, double Squares, double Positive) Moments(float* h, int count, float about)
    {
        (double sum, double squares, double positive) = (0, 0, 0);
        TVector center = TLanes.Create(about);
        TVector one = TLanes.Create(1);
        int i = 0;
        while (i + TLanes.Width <= count)
        {
            int to = Math.Min(i + (64 * TLanes.Width), count);
            (TVector s, TVector q, TVector p) = (TLanes.Zero, TLanes.Zero, TLanes.Zero);
            for (; i + TLanes.Width <= to; i += TLanes.Width)
            {
                TVector value = TLanes.Load(h + i);
                TVector distance = TLanes.Subtract(value, center);
                s = TLanes.Add(s, distance);
                q = TLanes.MultiplyAdd(distance, distance, q);
                p = TLanes.Add(p, TLanes.And(one, TLanes.IsGreater(value, TLanes.Zero)));
            }

            sum += TLanes.Sum(s);
            squares += TLanes.Sum(q);
            positive += TLanes.Sum(p);
        }

        for (; i < count; i++)
        {
            double distance = h[i] - about;
            sum += distance;
            squares += distance * distance;
            positive += h[i] > 0 ? 1 : 0;
        }

        return (sum, squares, positive);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scale(float* from, float* to, int count, (float Scale, float Offset) affine)
    {
        TVector scale = TLanes.Create(affine.Scale);
        TVector offset = TLanes.Create(affine.Offset);
        int i = 0;
        for (; i + TLanes.Width <= count; i += TLanes.Width)
        {
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(from + i), scale, offset), to + i);
        }

        for (; i < count; i++)
        {
            to[i] = ScalarLanes.MultiplyAdd(from[i], affine.Scale, affine.Offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Sum, double Products) SlopeSums(float* slopes, float* values, int count, float center)
    {
        (double sum, double products) = (0, 0);
        TVector middle = TLanes.Create(center);
        int i = 0;
        while (i + TLanes.Width <= count)
        {
            int to = Math.Min(i + (64 * TLanes.Width), count);
            (TVector s, TVector p) = (TLanes.Zero, TLanes.Zero);
            for (; i + TLanes.Width <= to; i += TLanes.Width)
            {
                TVector slope = TLanes.Load(slopes + i);
                s = TLanes.Add(s, slope);
                p = TLanes.MultiplyAdd(slope, TLanes.Subtract(TLanes.Load(values + i), middle), p);
            }

            sum += TLanes.Sum(s);
            products += TLanes.Sum(p);
        }

        for (; i < count; i++)
        {
            sum += slopes[i];
            products += slopes[i] * (double)(values[i] - center);
        }

        return (sum, products);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Slopes(float* slopes, float* h, float* derivatives, int count, MapSlopes by, float* back)
    {
        double through = 0;
        var to = new SlopeVectors<TLanes, TVector>(by);
        int i = 0;
        while (i + TLanes.Width <= count)
        {
            int end = Math.Min(i + (64 * TLanes.Width), count);
            TVector part = TLanes.Zero;
            for (; i + TLanes.Width <= end; i += TLanes.Width)
            {
                TVector slope = slopes is null ? TLanes.Zero : TLanes.Load(slopes + i);
                TVector value = TLanes.Load(h + i);
                TVector result = to.Of(slope, value);
                if (derivatives is not null)
                {
                    TVector derivative = TLanes.Load(derivatives + i);
                    result = TLanes.Multiply(result, derivative);
                    part = TLanes.MultiplyAdd(slope, derivative, part);
                }
                else
                {
                    part = TLanes.Add(part, to.Through(slope, value));
                }

                TLanes.Store(result, back + i);
            }

            through += TLanes.Sum(part);
        }

        for (; i < count; i++)
        {
            float slope = slopes is null ? 0 : slopes[i];
            float derivative = derivatives is not null ? derivatives[i] : !by.IsRectified || h[i] > 0 ? 1 : 0;
            through += slope * derivative;
            back[i] = derivative == 0 ? 0 : derivative * ((by.Direct * slope) + by.Constant + (by.Linear * (h[i] - by.Center)));
        }

        return through;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value(TVector x, (float Scale, float Offset) affine, bool rectify, float factor)
    {
        TVector value = TLanes.MultiplyAdd(x, TLanes.Create(affine.Scale), TLanes.Create(affine.Offset));

        // NaN is not below 0 and stays.
        value = rectify ? TLanes.AndNot(value, TLanes.IsGreater(TLanes.Zero, value)) : value;
        return TLanes.Multiply(value, TLanes.Create(factor));
    }
}
