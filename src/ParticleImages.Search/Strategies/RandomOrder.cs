using System.Numerics;

namespace ParticleImages.Search;

/// <summary>
/// The numbers below a count in an order that a seed makes, each once, without a list of them: a Feistel network over the next power of four, in which
/// numbers beyond the count are sent round again (Black and Rogaway, CT-RSA 2002).
/// </summary>
internal sealed class RandomOrder
{
    private const int Rounds = 6;
    private const int MostBits = 120;

    private readonly BigInteger count;
    private readonly ulong seed;
    private readonly int half;
    private readonly ulong mask;

    public RandomOrder(BigInteger count, ulong seed)
    {
        this.count = count;
        this.seed = seed;
        half = Math.Max(1, ((int)(count - 1).GetBitLength() + 1) / 2);
        mask = (1UL << half) - 1;
    }

    public static bool Covers(BigInteger count) => count.GetBitLength() <= MostBits;

    public BigInteger At(BigInteger place)
    {
        do
        {
            ulong left = (ulong)(place >> half);
            ulong right = (ulong)(place & mask);
            for (int round = 0; round < Rounds; round++)
            {
                (left, right) = (right, left ^ (Keyed(right, round) & mask));
            }

            place = ((BigInteger)left << half) | right;
        }
        while (place >= count);
        return place;
    }

    private ulong Keyed(ulong value, int round) => SplitMix64.Mix(SplitMix64.Mix(seed, (ulong)round), value);
}
