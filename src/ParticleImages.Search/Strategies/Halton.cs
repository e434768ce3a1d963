namespace ParticleImages.Search;

/// <summary>
/// Points that fill the unit cube evenly: Halton's sequence (Numerische Mathematik 2, 1960), each digit of each dimension permuted at random (Owen, arXiv 1706.02808).
/// Any point is computed by itself, in any number of dimensions.
/// </summary>
internal static class Halton
{
    /// <summary>Fills in a point.</summary>
    public static void Fill(Span<double> positions, long index, ulong seed)
    {
        int prime = 1;
        for (int dimension = 0; dimension < positions.Length; dimension++)
        {
            prime = NextPrime(prime);
            positions[dimension] = Digits(index, prime, SplitMix64.Mix(seed, (ulong)dimension));
        }
    }

    private static double Digits(long index, int prime, ulong seed)
    {
        double sum = 0;
        double unit = 1;

        // Also the zeros before the first digit are permuted, down to the last bit of a double.
        for (ulong place = 0; unit > 1.0 / (1L << 53); place++)
        {
            unit /= prime;
            (index, long digit) = Math.DivRem(index, prime);
            int[] permuted = new SplitMix64(SplitMix64.Mix(seed, place)).Permutation(prime);
            sum += permuted[digit] * unit;
        }

        return Math.Min(sum, Math.BitDecrement(1.0));
    }

    private static int NextPrime(int after)
    {
        int candidate = after + 1;
        while (Enumerable.Range(2, (int)Math.Sqrt(candidate) - 1).Any(divisor => candidate % divisor == 0))
        {
            candidate++;
        }

        return candidate;
    }
}
