using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary>Some of the generators of <see cref="DropoutMask"/>, as many as a vector has values.</summary>
internal unsafe ref struct RandomLanes<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly TVector threshold;
    private readonly TVector one;
    private TVector a;
    private TVector b;
    private TVector c;
    private TVector d;

    public RandomLanes(uint* state, int lane, double rate)
    {
        threshold = TLanes.Create(DropoutMask.Threshold(rate));
        one = TLanes.Create(1);
        a = TLanes.Load((float*)state + lane);
        b = TLanes.Load((float*)state + DropoutMask.Lanes + lane);
        c = TLanes.Load((float*)state + (2 * DropoutMask.Lanes) + lane);
        d = TLanes.Load((float*)state + (3 * DropoutMask.Lanes) + lane);
    }

    /// <summary>The next values, or 0 where they are dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Keep(TVector values)
    {
        TVector drawn = TLanes.AddBits(a, d);
        TVector moved = TLanes.ShiftLeft(b, 9);
        c = TLanes.Xor(c, a);
        d = TLanes.Xor(d, b);
        b = TLanes.Xor(b, c);
        a = TLanes.Xor(a, d);
        c = TLanes.Xor(c, moved);
        d = TLanes.Or(TLanes.ShiftLeft(d, 11), TLanes.ShiftRight(d, 21));
        TVector number = TLanes.Or(TLanes.ShiftRight(drawn, 9), one);
        return TLanes.AndNot(values, TLanes.IsGreater(threshold, number));
    }
}
