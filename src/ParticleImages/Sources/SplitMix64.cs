namespace ParticleImages;

/// <summary>
/// Random numbers from a seed (Steele, Lea and Flood, OOPSLA 2014), the same on every system and in every version of the framework: what is drawn for
/// an epoch or a step depends on the seed and its number alone, so that what goes on later needs no state of a generator. ParticleImages.Networks, ParticleImages.Search and ParticleImages.Plotting compile this file, too.
/// </summary>
internal struct SplitMix64(ulong state)
{
    private ulong state = state;

    /// <summary>A seed for one of many streams.</summary>
    public static ulong Mix(ulong seed, ulong stream) => new SplitMix64(new SplitMix64(seed).Next() ^ stream).Next();

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to below 1, with 53 random bits.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from 0 to one below a limit: the upper half of a product, whose bias is below 2⁻³².</summary>
    public int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);

    /// <summary>Brings values in random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <summary>The numbers from 0 to a count in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffle(order);
        return order;
    }
}
