using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Activations;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>The kernels, written once for every width. Sums that gradients and statistics are made of lose nothing to float32.</summary>
internal sealed unsafe partial class MapKernels<TLanes, TVector> : IMapKernels
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private const int Block = DropoutMask.Lanes;

    private readonly IActivationKernel activations = ActivationKernels.Of((LaneWidth)TLanes.Width);

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
            TVector part = TLanes.Zero;
            for (int i = lane; i < whole; i += Block)
            {
                TVector value = Value(TLanes.Load(x + i), affine, rectify, factor);
                value = stream is null ? value : drawn.Keep(value);
                TLanes.Store(value, h + i);
                part = TLanes.Add(part, value);
            }

            sum += TLanes.Sum(part);
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
        var s = new LaneSum<TLanes, TVector>();
        var q = new LaneSum<TLanes, TVector>();
        TVector p = TLanes.Zero;
        TVector center = TLanes.Create(about);
        TVector one = TLanes.Create(1);
        int i = 0;
        for (; i + TLanes.Width <= count; i += TLanes.Width)
        {
            TVector value = TLanes.Load(h + i);
            TVector distance = TLanes.Subtract(value, center);
            s.Add(distance);
            q.AddProduct(distance, distance);
            p = TLanes.Add(p, TLanes.And(one, TLanes.IsGreater(value, TLanes.Zero)));
        }

        (double sum, double squares, double positive) = (s.Total, q.Total, TLanes.Sum(p));
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

    public void Activate(Activation function, float* h, float* derivatives, int count) => activations.Run(function, h, derivatives, 1, count, count);

    public void Multiply(float* values, float* factors, int count)
    {
        int i = 0;
        for (; i + TLanes.Width <= count; i += TLanes.Width)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(values + i), TLanes.Load(factors + i)), values + i);
        }

        for (; i < count; i++)
        {
            values[i] *= factors[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (double Sum, double Products) SlopeSums(float* slopes, float* values, int count, float center)
    {
        var s = new LaneSum<TLanes, TVector>();
        var p = new LaneSum<TLanes, TVector>();
        TVector middle = TLanes.Create(center);
        int i = 0;
        for (; i + TLanes.Width <= count; i += TLanes.Width)
        {
            TVector slope = TLanes.Load(slopes + i);
            s.Add(slope);
            p.AddProduct(slope, TLanes.Subtract(TLanes.Load(values + i), middle));
        }

        (double sum, double products) = (s.Total, p.Total);
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
        var part = new LaneSum<TLanes, TVector>();
        var to = new SlopeVectors<TLanes, TVector>(by);
        int i = 0;
        for (; i + TLanes.Width <= count; i += TLanes.Width)
        {
            TVector slope = slopes is null ? TLanes.Zero : TLanes.Load(slopes + i);
            TVector value = TLanes.Load(h + i);
            TVector result = to.Of(slope, value);
            if (derivatives is not null)
            {
                TVector derivative = TLanes.Load(derivatives + i);
                result = TLanes.Multiply(result, derivative);
                part.AddProduct(slope, derivative);
            }
            else
            {
                part.Add(to.Through(slope, value));
            }

            TLanes.Store(result, back + i);
        }

        double through = part.Total;
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
