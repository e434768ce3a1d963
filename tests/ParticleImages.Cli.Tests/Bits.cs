using System.Runtime.InteropServices;

namespace ParticleImages.Cli.Tests;

/// <summary>Values as they are stored, so that −0 differs from +0 and equal NaN are equal.</summary>
public static class Bits
{
    public static uint[] Of(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, uint>(values).ToArray();

    public static ulong[] Of(ReadOnlySpan<double> values) => MemoryMarshal.Cast<double, ulong>(values).ToArray();
}
