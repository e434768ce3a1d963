namespace ParticleImages.Search;

/// <summary>What a configuration came to over its finished trials. Immutable.</summary>
public sealed class ConfigurationResult
{
    internal ConfigurationResult(IReadOnlyList<TrialRecord> trials, IReadOnlyList<MetricValue> values, MetricValue behind)
    {
        Trials = trials;
        Values = values;
        Behind = behind;
    }

    /// <summary>The number of the proposal.</summary>
    public int Proposal => Trials[0].Proposal;

    /// <summary>What was tried.</summary>
    public Configuration Configuration => Trials[0].Configuration;

    /// <summary>Its finished trials by repeat, at least one; those that failed or were pruned count no part.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; }

    /// <summary>
    /// For each objective the mean over <see cref="Trials"/>, with the standard error s/√n of n trials that differ by s (n − 1 degrees of freedom); of a single trial its own value and
    /// error, null where that is unknown.
    /// </summary>
    public IReadOnlyList<MetricValue> Values { get; }

    /// <summary>By how much it is worse than the best in the first objective: 0 or more, with the standard errors of both added in quadrature, which is null where one is unknown.</summary>
    public MetricValue Behind { get; }

    /// <summary>
    /// Whether it cannot be told from the best by the errors: it is worse by at most some combined standard errors. True for the best itself; null where a standard error is
    /// unknown, for which a scan repeats its trials (<see cref="Scan.Repeat"/>) or gives metrics an error.
    /// </summary>
    /// <remarks>
    /// The best of many flatters itself: of configurations that are all alike one looks best by luck. What is told from it here may still be as good; what is not told from it is worth
    /// another look before a choice. The error of two or three repeats is itself known to no better than half of it.
    /// </remarks>
    /// <param name="standardErrors">How many, 0 or more; within 2 lie about 95 % of the differences between two that are alike.</param>
    /// <returns>Whether; null where nobody knows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or NaN.</exception>
    public bool? IsLikeBest(double standardErrors = 2)
    {
        if (!(standardErrors >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(standardErrors), standardErrors, "A number of standard errors is 0 or more.");
        }

        return Behind switch
        {
            { Value: 0 } => true,
            { StandardError: { } error } => Behind.Value <= standardErrors * error,
            _ => null,
        };
    }

    /// <summary>The configuration and its values.</summary>
    public override string ToString() => $"{string.Join(", ", Values)} ({Trials.Count} {(Trials.Count == 1 ? "trial" : "trials")}): {Configuration}";
}
