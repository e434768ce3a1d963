using System.Runtime.Intrinsics;

namespace ParticleImages.Networks.Engines.Lanes;

/// <summary>Which vectors a kernel computes with.</summary>
internal enum LaneWidth
{
    /// <summary><see cref="ScalarLanes"/>.</summary>
    Scalar = 1,

    /// <summary><see cref="Lanes128"/>.</summary>
    Vector128 = 4,

    /// <summary><see cref="Lanes256"/>.</summary>
    Vector256 = 8,

    /// <summary><see cref="Lanes512"/>.</summary>
    Vector512 = 16,
}

/// <summary>What this processor has.</summary>
internal static class LaneWidths
{
    /// <summary>The widest vectors that the processor computes with at once, of those that the framework's settings allow.</summary>
    public static LaneWidth Widest { get; } = Vector512.IsHardwareAccelerated ? LaneWidth.Vector512
        : Vector256.IsHardwareAccelerated ? LaneWidth.Vector256
        : Vector128.IsHardwareAccelerated ? LaneWidth.Vector128
        : LaneWidth.Scalar;
}
