using System.Numerics;
using System.Runtime.CompilerServices;

namespace ParticleImages.Simulation;

/// <summary>
/// The random numbers of one event: xoshiro256** (Blackman and Vigna, arXiv 1805.01407), its 256 bits of state filled
/// by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) from the seed, the class and the event's number. An event
/// therefore needs no other event's numbers, whatever the order and the threads.
/// </summary>
internal sealed class RandomStream
{
    // 2⁶⁴ divided by the golden ratio: SplitMix64's step.
    private const ulong GoldenStep = 0x9E37_79B9_7F4A_7C15;

    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Begins the stream of an event.</summary>
    public void Restart(int seed, int label, int index)
    {
        // Each part is scrambled before the next is added, so that (seed, index) and (seed + 1, index − 1) are
        // strangers.
        ulong key = Scramble((uint)seed + GoldenStep);
        key = Scramble(key + (uint)label + GoldenStep);
        key = Scramble(key + (uint)index + GoldenStep);
        s0 = Scramble(key += GoldenStep);
        s1 = Scramble(key += GoldenStep);
        s2 = Scramble(key += GoldenStep);
        s3 = Scramble(key + GoldenStep);
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform between 0 and 1, never 0 and never 1: the middles of 2⁵² equal intervals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUnit() => ((NextBits() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextNormal() => Ziggurat.Sample(this);

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -PortableMath.Log(NextUnit());

    private static ulong Scramble(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
