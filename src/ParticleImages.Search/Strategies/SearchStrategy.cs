using System.Numerics;

namespace ParticleImages.Search;

/// <summary>How a scan searches: what proposes, how many configurations, from which seed, and what ends hopeless trials early. Immutable; verbs set a slot of a copy.</summary>
public sealed partial record SearchStrategy
{
    private SearchStrategy(ISearchStrategy method, int? trials, ulong seed)
    {
        Method = method;
        Trials = trials is not < 1
            ? trials
            : throw new ArgumentOutOfRangeException(nameof(trials), trials, "A scan tries 1 configuration or more.");
        Seed = seed;
    }

    /// <summary>What proposes.</summary>
    public ISearchStrategy Method { get; }

    /// <summary>How many configurations are tried; null for all, or for the share <see cref="Fraction"/>.</summary>
    public int? Trials { get; }

    /// <summary>Which share of a finite space is tried, above 0 and at most 1; null where <see cref="Trials"/> counts.</summary>
    public double? Fraction { get; private init; }

    /// <summary>From which everything random is made: proposals and the trials' seeds.</summary>
    public ulong Seed { get; }

    /// <summary>What ends hopeless trials early; null for nothing.</summary>
    public IPruner? Pruner { get; private init; }

    /// <summary>All configurations in grid order.</summary>
    /// <param name="seed">From which the trials' seeds are made.</param>
    /// <returns>The strategy.</returns>
    public static SearchStrategy Grid(ulong seed = 0) => new(new GridStrategy(), trials: null, seed);

    /// <summary>Configurations at random, each at most once; in a finite space all are equally likely.</summary>
    /// <param name="trials">How many, at least 1; null where a share is given.</param>
    /// <param name="fraction">A share of a finite space instead, above 0 and at most 1, rounded down as Talos does: of 1458 configurations 0.01 are 14. Less than one is refused when the scan begins.</param>
    /// <param name="seed">From which they are drawn.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentException">Neither a number nor a share is given, or both.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1, or the share is not above 0, or above 1.</exception>
    public static SearchStrategy Random(int? trials = null, double? fraction = null, ulong seed = 0) =>
        new(new RandomStrategy(), CheckAmount(trials, fraction), seed) { Fraction = fraction };

    /// <summary>A strategy of one's own.</summary>
    /// <param name="method">What proposes.</param>
    /// <param name="trials">How many configurations, at least 1; null for as many as it proposes.</param>
    /// <param name="seed">The seed that it is given.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is fewer than 1.</exception>
    public static SearchStrategy Of(ISearchStrategy method, int? trials = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(method);
        return new(method, trials, seed);
    }

    /// <summary>Sets what ends hopeless trials early.</summary>
    /// <param name="pruner">It judges after every report of the first objective's metric.</param>
    /// <returns>A copy.</returns>
    public SearchStrategy PruneBy(IPruner pruner)
    {
        ArgumentNullException.ThrowIfNull(pruner);
        return this with { Pruner = pruner };
    }

    /// <summary>Whether proposals do not depend on results, so that they may be made ahead.</summary>
    internal bool ProposesAhead => Method is GridStrategy or RandomStrategy or HaltonStrategy;

    private static int? CheckAmount(int? trials, double? fraction)
    {
        if (trials is null == fraction is null)
        {
            throw new ArgumentException("Say how many trials, or which share of the space: trials: 14 or fraction: 0.01.", nameof(trials));
        }

        return fraction is null or (> 0 and <= 1)
            ? trials
            : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A share of the space is above 0 and at most 1; 0.01 is one in a hundred.");
    }

    internal string Identity => Pruner is null ? Method.Identity : $"{Method.Identity}, pruned by {Pruner.Identity}";

    /// <summary>How many configurations of a space are tried; null for all that are proposed.</summary>
    internal long? Limit(ISearchSpace space)
    {
        if (Fraction is not { } fraction)
        {
            return Trials;
        }

        BigInteger count = space.Count ?? throw new InvalidOperationException(
            $"{fraction} of a continuum is no number of trials. Say how many trials, or give the axes without a count as ranges.");

        // In double it is exact enough for any number of trials that can be run; the product of a share in decimal digits is meant, so 0.29 of 100 are 29.
        double wanted = Math.Floor(((double)count * fraction) + 1e-9);
        return wanted >= 1
            ? (long)Math.Min(wanted, long.MaxValue)
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"{fraction} of {count} configurations is not one whole trial. Take a share of at least {Math.Ceiling(1e6 / (double)count) / 1e6}, or say how many trials."));
    }
}
