using System.Runtime.InteropServices;

namespace ParticleImages.Voxelization.Tests;

/// <summary>Compares float32 values as bits, so that −0 differs from +0 and equal NaN are equal.</summary>
public static class Bits
{
    public static bool Same(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        MemoryMarshal.Cast<float, uint>(left).SequenceEqual(MemoryMarshal.Cast<float, uint>(right));

    public static bool Same(ReadOnlySpan<double> left, ReadOnlySpan<double> right) =>
        MemoryMarshal.Cast<double, ulong>(left).SequenceEqual(MemoryMarshal.Cast<double, ulong>(right));
}
