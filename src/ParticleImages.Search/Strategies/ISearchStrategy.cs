namespace ParticleImages.Search;

/// <summary>
/// Proposes what to try next. Implementations hold no state: the same space, history and seed give the same proposal, so that an interrupted scan goes
/// on as if nothing had happened. <c>SearchStrategyContract</c> in the tests says what they hold for.
/// </summary>
public interface ISearchStrategy
{
    /// <summary>The strategy in words of its own, the same for equal strategies: by it a stored scan is known again.</summary>
    string Identity { get; }

    /// <summary>What to try next.</summary>
    /// <param name="space">All that may be tried. What <see cref="ISearchSpace.Refusal"/> refuses is never proposed.</param>
    /// <param name="history">What has been tried. <see cref="TrialHistory.Proposals"/> is the number of the proposal that is wanted.</param>
    /// <param name="seed">The scan's seed, the same at every call. What is drawn depends on it and on the proposal's number.</param>
    /// <returns>The proposal; null where the space has nothing left that was not tried.</returns>
    /// <exception cref="NotSupportedException">The space is of a kind that the strategy cannot search; the message says which it can.</exception>
    Proposal? Propose(ISearchSpace space, TrialHistory history, ulong seed);
}
