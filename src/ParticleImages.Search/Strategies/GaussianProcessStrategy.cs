namespace ParticleImages.Search;

/// <summary>Proposes where the expected improvement is greatest.</summary>
internal sealed class GaussianProcessStrategy(int startUp) : ISearchStrategy
{
    /// <summary>So many observations are fitted at most, half of them the best and half the latest, so that the cost of a proposal is bounded.</summary>
    internal const int MostObservations = 150;

    private const int Candidates = 200;
    private const int Climbers = 4;
    private const int ClimbingSteps = 40;

    private static readonly HaltonStrategy StartUp = new();
    private static readonly RandomStrategy Rest = new();

    public string Identity => FormattableString.Invariant($"gaussian process, {startUp} evenly first");

    public Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed)
    {
        if (history.Proposals < startUp)
        {
            return StartUp.Propose(space, history, seed);
        }

        var random = new SplitMix64(SplitMix64.Mix(seed, (ulong)history.Proposals));
        List<Observation> all = Observation.AllOf(history, space);
        Target[] targets = Targets(all, history.Objectives.Count, ref random);
        if (targets.Length < 2)
        {
            return StartUp.Propose(space, history, seed);
        }

        double[][] places = [.. targets.Select(target => target.Positions)];
        double[] values = Standardised([.. targets.Select(target => target.Score)]);
        var process = GaussianProcess.Fit(space, places, values);
        double best = places.Min(place => process.At(place).Mean);

        // What still runs is believed to come to what is expected, so that workers beside each other do not crowd.
        double[][] open = [.. all.Where(seen => seen.IsOpen).Select(seen => seen.Positions)];
        process = open.Length == 0 ? process : process.With([.. places, .. open], [.. values, .. open.Select(place => process.At(place).Mean)]);
        return new Search(space, history, process, best).Run([.. targets.OrderBy(target => target.Score).Take(Climbers).Select(target => target.Positions)], random)
            ?? Rest.Propose(space, history, seed);
    }

    /// <summary>Places with one score each.</summary>
    private static Target[] Targets(List<Observation> all, int objectives, ref SplitMix64 random)
    {
        List<Observation> scored = [.. all.Where(seen => seen.Scores is not null)];
        if (scored.Count == 0)
        {
            return [];
        }

        double[] scores = objectives == 1 ? [.. scored.Select(seen => seen.Scores![0])] : Scalarised(scored, objectives, ref random);

        // What failed or was refused is as bad as the worst.
        double worst = scores.Max();
        int next = 0;
        Target[] targets = [.. all.Where(seen => !seen.IsOpen).Select(seen => new Target(seen.Positions, seen.Scores is null ? worst : scores[next++]))];
        if (targets.Length <= MostObservations)
        {
            return targets;
        }

        Target[] bestFirst = [.. targets.OrderBy(target => target.Score)];
        Target[] best = bestFirst[..(MostObservations / 2)];
        return [.. best, .. targets.Except(best).TakeLast(MostObservations - best.Length)];
    }

    /// <summary>Several objectives as one, with other weights at each proposal (ParEGO: Knowles, IEEE Trans. Evol. Comput. 10, 2006).</summary>
    private static double[] Scalarised(List<Observation> scored, int objectives, ref SplitMix64 random)
    {
        var weights = new double[objectives];
        for (int i = 0; i < objectives; i++)
        {
            // Even over all weights with the sum 1.
            weights[i] = -Math.Log(1 - random.Fraction());
        }

        double sum = weights.Sum();
        var scores = new double[scored.Count];
        var greatest = new double[scored.Count];
        for (int objective = 0; objective < objectives; objective++)
        {
            double low = scored.Min(seen => seen.Scores![objective]);
            double width = scored.Max(seen => seen.Scores![objective]) - low;
            for (int i = 0; i < scores.Length; i++)
            {
                double part = width == 0 ? 0 : weights[objective] / sum * (scored[i].Scores![objective] - low) / width;
                greatest[i] = Math.Max(greatest[i], part);
                scores[i] += 0.05 * part;
            }
        }

        return [.. scores.Zip(greatest, (some, most) => some + most)];
    }

    /// <summary>Mean 0 and width 1, after values far on the bad side were moved closer: one loss that exploded would flatten all the rest.</summary>
    private static double[] Standardised(double[] scores)
    {
        double[] sorted = [.. scores.Order()];
        double median = sorted[sorted.Length / 2];
        double most = median + (2 * (median - sorted[0]));
        double[] near = [.. scores.Select(score => score <= most ? score : most)];
        double mean = near.Average();
        double width = Math.Sqrt(near.Average(score => (score - mean) * (score - mean)));
        return [.. near.Select(score => width == 0 ? 0 : (score - mean) / width)];
    }

    private sealed record Target(double[] Positions, double Score);

    /// <summary>Looks for the configuration with the greatest expected improvement: first widely and around the best, then by small steps from the most promising.</summary>
    private sealed class Search(ISearchSpace space, TrialHistory history, GaussianProcess process, double best)
    {
        private readonly List<(Configuration Configuration, double[] Positions, double Gain)> found = [];

        public Proposal? Run(double[][] good, SplitMix64 random)
        {
            var positions = new double[space.Parameters.Count];
            for (int i = 0; i < Candidates; i++)
            {
                // Every second one near a good one.
                double[]? centre = i % 2 == 0 ? null : good[i / 2 % good.Length];
                for (int axis = 0; axis < positions.Length; axis++)
                {
                    positions[axis] = centre is null ? random.Fraction() : Moved(centre[axis], axis, 0.1, ref random);
                }

                Judge(positions);
            }

            foreach ((_, double[] start, double gain) in found.OrderByDescending(one => one.Gain).Take(Climbers).ToArray())
            {
                Climb(start, gain, ref random);
            }

            return found.Count == 0 ? null : new Proposal(found.MaxBy(one => one.Gain).Configuration);
        }

        private void Climb(double[] from, double gain, ref SplitMix64 random)
        {
            var positions = new double[from.Length];
            double width = 0.1;
            for (int step = 0; step < ClimbingSteps; step++)
            {
                // Along one axis or, as often, along all.
                int only = random.Below(2) == 0 ? -1 : random.Below(from.Length);
                for (int axis = 0; axis < from.Length; axis++)
                {
                    positions[axis] = only < 0 || only == axis ? Moved(from[axis], axis, width, ref random)
                        : double.IsNaN(from[axis]) ? random.Fraction()
                        : from[axis];
                }

                if (Judge(positions) is { } higher && higher > gain)
                {
                    (from, gain) = (found[^1].Positions, higher);
                }
                else
                {
                    width = Math.Max(width * 0.9, 1e-3);
                }
            }
        }

        private double Moved(double centre, int axis, double width, ref SplitMix64 random)
        {
            IParameter parameter = space.Parameters[axis];
            bool isOrdered = parameter.IsOrdered || parameter.Count is null;
            return double.IsNaN(centre) ? random.Fraction()
                : isOrdered ? NormalNumbers.NextWithin(ref random, centre, Math.Max(width, parameter.Count is { } count ? 0.5 / count : 0))
                : random.Fraction() < 0.7 ? centre
                : random.Fraction();
        }

        // The improvement of a place that is allowed and new; null elsewhere.
        private double? Judge(double[] positions)
        {
            Configuration configuration = space.At(positions);
            if (history.Contains(configuration) || space.Refusal(configuration) is not null)
            {
                return null;
            }

            double[] at = Observation.PositionsOf(configuration, space);
            (double mean, double width) = process.At(at);
            double gain = ExpectedImprovement.Log((best - mean) / width) + Math.Log(width);
            found.Add((configuration, at, gain));
            return gain;
        }
    }
}
