namespace ParticleImages.Search;

/// <summary>Ends a trial early: <see cref="Trial.Report(int, TrialMetrics)"/> throws it where the scan's pruner says so. The scan takes it for what it is; an objective lets it pass.</summary>
public sealed class TrialPrunedException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">The reason.</param>
    public TrialPrunedException(string message) : base(message)
    {
    }

    /// <summary>Says that the trial was pruned.</summary>
    public TrialPrunedException() : this("The trial was ended early.")
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">What led to it.</param>
    public TrialPrunedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
