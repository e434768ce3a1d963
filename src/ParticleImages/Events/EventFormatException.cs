namespace ParticleImages;

/// <summary>
/// Bad data: a file that can't be read as events, or a value in it that no event can have. The message says what,
/// where, what was found, what is allowed and what to do next.
/// </summary>
public sealed class EventFormatException : IOException
{
    /// <summary>Makes an exception without a message.</summary>
    public EventFormatException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public EventFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What a library below reported.</param>
    public EventFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception that names the place.</summary>
    /// <param name="message">What is wrong, in whole sentences that name the file and dataset where it helps.</param>
    /// <param name="path">The file.</param>
    /// <param name="dataset">The dataset or array inside the file, if there is one.</param>
    /// <param name="row">The first event concerned, counted from 0 within the dataset, if one is known.</param>
    /// <param name="innerException">What a library below reported, if anything.</param>
    public EventFormatException(
        string message, string path, string? dataset = null, long? row = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Path = path;
        Dataset = dataset;
        Row = row;
    }

    /// <summary>The file, as it was given.</summary>
    public string? Path { get; }

    /// <summary>The dataset or array inside the file.</summary>
    public string? Dataset { get; }

    /// <summary>The first event concerned, counted from 0 within the dataset.</summary>
    public long? Row { get; }
}
