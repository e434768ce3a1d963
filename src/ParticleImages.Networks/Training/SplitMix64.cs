namespace ParticleImages.Networks.Training;

/// <summary>
/// Random numbers from a seed (Steele, Lea and Flood, OOPSLA 2014), the same on every system and in every version of the framework: what is drawn for
/// an epoch or a step depends on the seed and its number alone, so a training that goes on from a checkpoint needs no state of a generator.
/// </summary>
internal struct SplitMix64(ulong state)
{
    private ulong state = state;

    /// <summary>A seed for one of many streams.</summary>
    public static ulong Mix(ulong seed, ulong stream)
    {
        var random = new SplitMix64(seed);
        random = new SplitMix64(random.Next() ^ stream);
        return random.Next();
    }

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>The numbers from 0 to a count in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    // The upper half of a product; the bias of 2⁻³² and less is far below what a training shows.
    private int Below(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);
}
