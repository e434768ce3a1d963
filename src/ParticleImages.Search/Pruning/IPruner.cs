namespace ParticleImages.Search;

/// <summary>Ends trials early that others have left behind. Implementations hold no state; <c>PrunerContract</c> in the tests says what they hold for.</summary>
public interface IPruner
{
    /// <summary>The pruner in words of its own, the same for equal pruners.</summary>
    string Identity { get; }

    /// <summary>Whether a trial should end now. Asked after each report of the first objective's metric.</summary>
    /// <param name="trial">The trial's number.</param>
    /// <param name="atStep">The step that it has just reported.</param>
    /// <param name="history">What the scan has seen so far, this report included: <see cref="TrialHistory.ReportsOf"/>.</param>
    /// <returns>Why it should end; null to let it go on.</returns>
    string? Judge(int trial, int atStep, TrialHistory history);
}
