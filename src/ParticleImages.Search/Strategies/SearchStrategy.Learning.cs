namespace ParticleImages.Search;

/// <content>Those that spread evenly, learn from what was tried, or end trials early.</content>
public sealed partial record SearchStrategy
{
    /// <summary>
    /// Configurations evenly over the space: the points of a scrambled Halton sequence (Owen, arXiv 1706.02808). A few cover each axis, and each pair of axes, better than random ones: for surveys, and where a
    /// response is drawn afterwards. In a finite space each at most once, and all if there are as many trials.
    /// </summary>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="seed">From which the sequence is scrambled.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public static SearchStrategy Halton(int trials, ulong seed = 0) => new(new HaltonStrategy(), trials, seed);

    /// <summary>
    /// The tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011), over all axes together (Falkner, Klein and Hutter, ICML 2018): proposes where the best seventh of what was tried is dense and the rest is
    /// not. For most scans from about 30 trials on: any mixture of axes, conditions, several objectives, pruned and failed trials, many workers.
    /// </summary>
    /// <remarks>
    /// Of several objectives the best are those of the first fronts. What failed or was refused counts as bad, what was pruned as worse than what was not; what still runs counts as bad until it has
    /// ended. A proposal costs some milliseconds at a thousand trials; of the others than the best a thousand are looked at, evenly over their ranks.
    /// </remarks>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="seed">From which everything is drawn.</param>
    /// <param name="startUp">How many come first from a Halton sequence, before it learns; at least 1.</param>
    /// <param name="candidates">Among how many draws the best is taken, at least 1. More search more closely around what is good already.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static SearchStrategy Tpe(int trials, ulong seed = 0, int startUp = 10, int candidates = 24)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(startUp, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        return new(new TpeStrategy(startUp, candidates), trials, seed);
    }

    /// <summary>
    /// Bayesian optimisation by a Gaussian process (Jones, Schonlau and Welch, J. Global Optim. 13, 1998; Snoek, Larochelle and Adams, NeurIPS 2012): proposes where the improvement that a smooth model expects is
    /// greatest. For few and costly trials, up to about a hundred, over numbers, up to about ten of them.
    /// </summary>
    /// <remarks>
    /// Matérn's kernel 5/2 with a length for each axis and noise, fitted anew for each proposal. Of more than 150 trials the best half and the latest are fitted, so that a proposal has a bounded cost. Of several
    /// objectives each proposal weighs others anew (ParEGO). What failed or was refused counts as the worst that was seen, what still runs as what is expected of it.
    /// </remarks>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="seed">From which everything is drawn.</param>
    /// <param name="startUp">How many come first from a Halton sequence, before it learns; at least 2.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static SearchStrategy GaussianProcess(int trials, ulong seed = 0, int startUp = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(startUp, 2);
        return new(new GaussianProcessStrategy(startUp), trials, seed);
    }

    /// <summary>
    /// Configurations at random of which most are ended early: <see cref="Random"/> with <see cref="Pruner.SuccessiveHalving"/>. For trials that report on their way, where early values tell something of late
    /// ones. What learns is pruned in the same way: <c>Tpe(60).PruneBy(Pruner.SuccessiveHalving())</c>.
    /// </summary>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="seed">From which they are drawn.</param>
    /// <param name="first">The step of the lowest rung, at least 1.</param>
    /// <param name="reduction">One in so many goes on from a rung to the next, at as many times the steps; at least 2.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static SearchStrategy Asha(int trials, ulong seed = 0, int first = 1, int reduction = 3) =>
        Random(trials, seed: seed).PruneBy(Search.Pruner.SuccessiveHalving(first, reduction));

    /// <summary>Configurations at random in brackets, of which some end trials earlier than others: <see cref="Random"/> with <see cref="Pruner.Hyperband"/>. For when it is not known how much early values tell.</summary>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="last">How many steps a whole trial has, at least <paramref name="first"/>.</param>
    /// <param name="seed">From which they are drawn.</param>
    /// <param name="first">The lowest rung of the first bracket, at least 1.</param>
    /// <param name="reduction">One in so many goes on from a rung to the next; at least 2.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static SearchStrategy Hyperband(int trials, int last, ulong seed = 0, int first = 1, int reduction = 3) =>
        Random(trials, seed: seed).PruneBy(Search.Pruner.Hyperband(last, first, reduction));

    /// <summary>
    /// Configurations at random, each at most once, from a space that shrinks, as Talos' reducers have it: after every so many proposals the parameter with the strongest correlation with the first
    /// objective loses its worst value. For large finite spaces of lists; it searches less widely than it seems, since what is dropped never comes back.
    /// </summary>
    /// <remarks>
    /// The correlation of an ordered parameter is that of its values' places, of another one the strongest of a column a value, there or not. The worst value is that with the worst mean. The last
    /// value of a parameter stays, and a continuum is never reduced. Less than all of a space is tried: the scan may end before it has the wanted number.
    /// </remarks>
    /// <param name="trials">How many, at least 1; null where a share is given.</param>
    /// <param name="fraction">A share of a finite space instead, as with <see cref="Random"/>.</param>
    /// <param name="seed">From which they are drawn.</param>
    /// <param name="byRanks">Whether ranks are correlated (Spearman) instead of the numbers (Pearson): one trial that came to an absurd loss has no weight then.</param>
    /// <param name="interval">A value is dropped after this many proposals, and again after as many more; at least 3.</param>
    /// <param name="window">By how many of the latest trials it is chosen, at least 3.</param>
    /// <param name="threshold">How strong the correlation is at least, from 0 to 1.</param>
    /// <returns>The strategy.</returns>
    /// <exception cref="ArgumentException">Neither a number nor a share is given, or both.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its limits.</exception>
    public static SearchStrategy Reducing(int? trials = null, double? fraction = null, ulong seed = 0, bool byRanks = true, int interval = 50, int window = 50, double threshold = 0.2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 3);
        return threshold is >= 0 and <= 1
            ? new(new ReducingStrategy(byRanks, interval, window, threshold), CheckAmount(trials, fraction), seed) { Fraction = fraction }
            : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A correlation is from 0 to 1.");
    }
}
