namespace ParticleImages.Search;

/// <summary>Proposes where good configurations are dense and others are not.</summary>
internal sealed class TpeStrategy(int startUp, int candidates) : ISearchStrategy
{
    // A tenth of few trials is one, from which little is learnt: on Branin's and Hartmann's functions this share did better.
    private const double GoodShare = 0.15;
    private const int MostGood = 25;

    // More of them say little more, and cost as much as the first.
    private const int MostOthers = 1000;

    // Candidates that are refused or were tried are drawn again, but in a space that is nearly exhausted not for ever.
    private const int DrawsPerCandidate = 10;

    private static readonly HaltonStrategy StartUp = new();
    private static readonly RandomStrategy Rest = new();

    public string Identity => FormattableString.Invariant($"tpe, {startUp} evenly first, {candidates} candidates");

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed)
    {
        if (history.Proposals < startUp)
        {
            return StartUp.Propose(space, history, seed);
        }

        List<Observation> all = Observation.AllOf(history, space);
        List<Observation> ranked = Ranking.BestFirst(all, MostGood);
        if (ranked.Count == 0)
        {
            return StartUp.Propose(space, history, seed);
        }

        // What failed or was refused is as bad as can be. What still runs counts as bad, too, so that workers beside each other do not crowd.
        int good = Math.Min((int)Math.Ceiling(GoodShare * ranked.Count), MostGood);
        var near = new ParzenEstimator(space, [.. ranked.Take(good).Select(seen => seen.Positions)]);
        var far = new ParzenEstimator(space, Thinned([.. ranked.Skip(good).Concat(all.Where(seen => seen.Scores is null)).Select(seen => seen.Positions)]));
        return Best(space, history, near, far, new SplitMix64(SplitMix64.Mix(seed, (ulong)history.Proposals))) ?? Rest.Propose(space, history, seed);
    }

    private static double[][] Thinned(double[][] places) => places.Length <= MostOthers
        ? places
        : [.. Enumerable.Range(0, MostOthers).Select(i => places[(long)i * places.Length / MostOthers])];

    private Proposal? Best(ISearchSpace space, TrialHistory history, ParzenEstimator near, ParzenEstimator far, SplitMix64 random)
    {
        Configuration? best = null;
        double highest = double.NegativeInfinity;
        var positions = new double[space.Parameters.Count];
        int judged = 0;
        for (int drawn = 0; judged < candidates && drawn < candidates * DrawsPerCandidate; drawn++)
        {
            near.Draw(ref random, positions);
            Configuration configuration = space.At(positions);
            if (history.Contains(configuration) || space.Refusal(configuration) is not null)
            {
                continue;
            }

            judged++;
            double[] at = Observation.PositionsOf(configuration, space);
            double gain = near.LogDensity(at) - far.LogDensity(at);
            if (best is null || gain > highest)
            {
                (best, highest) = (configuration, gain);
            }
        }

        return best is null ? null : new Proposal(best);
    }
}
