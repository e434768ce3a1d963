namespace ParticleImages.Networks;

/// <summary>A saved model that can't be loaded. The message names the file, what is wrong with it and what to do.</summary>
public sealed class ModelFormatException : IOException
{
    /// <summary>Makes an exception without a message.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">Its cause.</param>
    public ModelFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
