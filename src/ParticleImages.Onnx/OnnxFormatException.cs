namespace ParticleImages.Onnx;

/// <summary>An ONNX file that can't be loaded. The message names the file, what is wrong with it and what to do.</summary>
public sealed class OnnxFormatException : IOException
{
    /// <summary>Makes an exception without a message.</summary>
    public OnnxFormatException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public OnnxFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">Its cause.</param>
    public OnnxFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
