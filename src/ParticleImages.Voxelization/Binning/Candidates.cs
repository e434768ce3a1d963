using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ParticleImages.Voxelization;

/// <summary>
/// Which of 32 values may be the energy of a hit: nineteen pixels of twenty are empty, so the search for the others is most of the
/// binning's arithmetic. The widest vectors that the hardware has, and a scalar twin that says the same.
/// </summary>
internal static class Candidates
{
    /// <summary>Values a block.</summary>
    public const int Block = 32;

    /// <summary>Bit k is set where value k is above the threshold and not 0. NaN never is; positive infinity is, and is for the caller to refuse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Above(ReadOnlySpan<float> block, float threshold)
    {
        if (block.Length < Block)
        {
            throw new ArgumentException($"A block has {Block} values; received {block.Length}.", nameof(block));
        }

        ref float first = ref MemoryMarshal.GetReference(block);
        if (Vector512.IsHardwareAccelerated)
        {
            return Above512(ref first, 0, threshold) | (Above512(ref first, 16, threshold) << 16);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            return Above256(ref first, 0, threshold) | (Above256(ref first, 8, threshold) << 8)
                | (Above256(ref first, 16, threshold) << 16) | (Above256(ref first, 24, threshold) << 24);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            uint bits = 0;
            for (int i = 0; i < Block; i += Vector128<float>.Count)
            {
                bits |= Above128(ref first, (nuint)i, threshold) << i;
            }

            return bits;
        }

        return AboveScalar(block, threshold);
    }

    /// <summary>The same without vectors.</summary>
    public static uint AboveScalar(ReadOnlySpan<float> block, float threshold)
    {
        uint bits = 0;
        for (int i = 0; i < Block; i++)
        {
            bits |= IsAbove(block[i], threshold) ? 1u << i : 0;
        }

        return bits;
    }

    // What is above 0 is not 0: one comparison for most.
    public static bool IsAbove(float value, float threshold) => value > threshold && value != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Above512(ref float block, nuint place, float threshold)
    {
        Vector512<float> vector = Vector512.LoadUnsafe(ref block, place);
        uint bits = (uint)Vector512.GreaterThan(vector, Vector512.Create(threshold)).ExtractMostSignificantBits();
        return threshold >= 0 ? bits : bits & ~(uint)Vector512.Equals(vector, Vector512<float>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Above256(ref float block, nuint place, float threshold)
    {
        Vector256<float> vector = Vector256.LoadUnsafe(ref block, place);
        uint bits = (uint)Vector256.GreaterThan(vector, Vector256.Create(threshold)).ExtractMostSignificantBits();
        return threshold >= 0 ? bits : bits & ~(uint)Vector256.Equals(vector, Vector256<float>.Zero).ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Above128(ref float block, nuint place, float threshold)
    {
        Vector128<float> vector = Vector128.LoadUnsafe(ref block, place);
        uint bits = (uint)Vector128.GreaterThan(vector, Vector128.Create(threshold)).ExtractMostSignificantBits();
        return threshold >= 0 ? bits : bits & ~(uint)Vector128.Equals(vector, Vector128<float>.Zero).ExtractMostSignificantBits();
    }
}
