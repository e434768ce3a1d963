using System.Runtime.CompilerServices;
using ParticleImages.Networks.Engines.Lanes;

namespace ParticleImages.Networks.Engines.Fused;

/// <summary><see cref="MapSlopes"/> in vectors.</summary>
internal readonly ref struct SlopeVectors<TLanes, TVector>(MapSlopes by)
    where TLanes : struct, ILanes<TVector>
    where TVector : unmanaged
{
    private readonly TVector direct = TLanes.Create(by.Direct);
    private readonly TVector constant = TLanes.Create(by.Constant);
    private readonly TVector linear = TLanes.Create(by.Linear);
    private readonly TVector center = TLanes.Create(by.Center);
    private readonly bool isRectified = by.IsRectified;

    /// <summary>The slopes by what came in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of(TVector slope, TVector value)
    {
        TVector result = TLanes.MultiplyAdd(linear, TLanes.Subtract(value, center), constant);
        return Through(TLanes.MultiplyAdd(direct, slope, result), value);
    }

    /// <summary>What the ReLU lets through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Through(TVector slope, TVector value) => isRectified ? TLanes.And(slope, TLanes.IsGreater(value, TLanes.Zero)) : slope;
}
