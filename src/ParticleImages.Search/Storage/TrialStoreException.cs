namespace ParticleImages.Search;

/// <summary>A store of trials cannot do what is asked: it belongs to another scan, was written by a newer version, can grow no further, or is no store. What is in it is as it was.</summary>
public sealed class TrialStoreException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What, where, and what to do.</param>
    public TrialStoreException(string message) : base(message)
    {
    }

    /// <summary>Says that the store failed.</summary>
    public TrialStoreException() : this("The store of trials failed.")
    {
    }

    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What, where, and what to do.</param>
    /// <param name="innerException">What led to it.</param>
    public TrialStoreException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
