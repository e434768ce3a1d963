namespace ParticleImages.Search;

/// <summary>Makes what ends hopeless trials early. All see the first objective only, and only trials that report it on their way. Ready-made strategies with one are <see cref="SearchStrategy.Asha"/> and <see cref="SearchStrategy.Hyperband"/>.</summary>
public static class Pruner
{
    /// <summary>Ends a trial whose best value so far is worse than the median of what the others had reported at the same step (Golovin et al., Google Vizier, KDD 2017).</summary>
    /// <param name="warmUp">Nothing is ended before this step, 0 or more.</param>
    /// <param name="minimumTrials">Nor as long as fewer others have reported the step, at least 1.</param>
    /// <param name="interval">It is only looked at every so many steps, counted from the warm-up's end; at least 1.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static IPruner Median(int warmUp = 0, int minimumTrials = 5, int interval = 1) => Percentile(50, warmUp, minimumTrials, interval);

    /// <summary>Ends a trial whose best value so far is not among the best of what the others had reported at the same step.</summary>
    /// <remarks>The others are all that have reported that step, whatever became of them: who was ended early still counts where it had come to.</remarks>
    /// <param name="percent">How many in a hundred are the best, above 0 and below 100: with 25 only the best quarter goes on.</param>
    /// <param name="warmUp">Nothing is ended before this step, 0 or more.</param>
    /// <param name="minimumTrials">Nor as long as fewer others have reported the step, at least 1.</param>
    /// <param name="interval">It is only looked at every so many steps, counted from the warm-up's end; at least 1.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    public static IPruner Percentile(double percent, int warmUp = 0, int minimumTrials = 5, int interval = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumTrials, 1);
        return percent is > 0 and < 100
            ? new PercentilePruner(percent, minimumTrials, new JudgedSteps(warmUp, interval))
            : throw new ArgumentOutOfRangeException(nameof(percent), percent, "The best are more than 0 and less than 100 in a hundred; 50 is the median.");
    }

    /// <summary>Ends a trial that reports a value worse than a limit, or no number: a loss that has exploded.</summary>
    /// <param name="limit">The worst value that is let pass: the highest of a metric that is made small, the lowest of one that is made large. Infinite where only what is no number is ended.</param>
    /// <param name="warmUp">Nothing is ended before this step, 0 or more.</param>
    /// <param name="interval">It is only looked at every so many steps, counted from the warm-up's end; at least 1.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is NaN, or a number is too small.</exception>
    public static IPruner Threshold(double limit, int warmUp = 0, int interval = 1) => double.IsNaN(limit)
        ? throw new ArgumentOutOfRangeException(nameof(limit), limit, "No value is worse than NaN.")
        : new ThresholdPruner(limit, new JudgedSteps(warmUp, interval));

    /// <summary>
    /// Successive halving as it goes with trials that come one after the other (Li et al., MLSys 2020, in the variant that ends trials instead of pausing them): there are rungs at the steps first,
    /// first · reduction, first · reduction², …, and from each goes on who is among the best 1/reduction of those that have come there so far; the best one always does.
    /// </summary>
    /// <param name="first">The step of the lowest rung, at least 1. A trial stands there with what it reports first at that step or later.</param>
    /// <param name="reduction">At least 2.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static IPruner SuccessiveHalving(int first = 1, int reduction = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(reduction, 2);
        return new HalvingPruner(first, reduction);
    }

    /// <summary>
    /// Hyperband (Li et al., JMLR 18, 2018): successive halving in brackets with lowest rungs at first, first · reduction, … up to the last step, in case that early values mislead. A trial belongs to a bracket
    /// by its number and is compared within it; brackets that end trials earlier get more of them, so that all spend about the same.
    /// </summary>
    /// <param name="last">How many steps a whole trial has, at least <paramref name="first"/>.</param>
    /// <param name="first">The lowest rung of the first bracket, at least 1.</param>
    /// <param name="reduction">At least 2.</param>
    /// <returns>The pruner.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static IPruner Hyperband(int last, int first = 1, int reduction = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        ArgumentOutOfRangeException.ThrowIfLessThan(reduction, 2);
        return new HyperbandPruner(first, last, reduction);
    }
}
