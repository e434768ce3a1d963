namespace ParticleImages.Search;

/// <summary>At random, without replacement: over finite spaces a walk in an order that the seed makes, in a continuum point after point.</summary>
internal sealed class RandomStrategy : ISearchStrategy
{
    private const int MostRefusals = 100_000;

    public string Identity => "random";

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed)
    {
        if (space.Count is { } count && RandomOrder.Covers(count))
        {
            var order = new RandomOrder(count, seed);
            return Walk.From(space, history, count, order.At);
        }

        return Draw(space, history, new SplitMix64(SplitMix64.Mix(seed, (ulong)history.Proposals)));
    }

    /// <summary>A configuration at random that is allowed and new.</summary>
    internal static Proposal Draw(ISearchSpace space, TrialHistory history, SplitMix64 random)
    {
        var positions = new double[space.Parameters.Count];
        string? refusal = null;
        for (int refused = 0; refused < MostRefusals; refused++)
        {
            foreach (ref double position in positions.AsSpan())
            {
                position = random.Fraction();
            }

            Configuration configuration = space.At(positions);
            refusal = space.Refusal(configuration) ?? (history.Contains(configuration) ? "It was tried before." : null);
            if (refusal is null)
            {
                return new Proposal(configuration);
            }
        }

        throw new InvalidOperationException(
            $"{MostRefusals} configurations at random were all refused, the last because: {refusal} Narrow the parameters instead of refusing nearly all that they give.");
    }
}
