namespace ParticleImages.Search;

/// <summary>Says that a configuration makes no sense, such as a network whose pools are larger than its input. The trial is recorded as infeasible and counts as none.</summary>
public sealed class InfeasibleTrialException : Exception
{
    /// <summary>Says why.</summary>
    /// <param name="message">The reason.</param>
    public InfeasibleTrialException(string message) : base(message)
    {
    }

    /// <summary>Says that the configuration makes no sense.</summary>
    public InfeasibleTrialException() : this("The configuration makes no sense.")
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">What led to it.</param>
    public InfeasibleTrialException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
