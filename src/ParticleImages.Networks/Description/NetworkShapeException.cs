namespace ParticleImages.Networks;

/// <summary>
/// A network that can't be built: its layers do not fit each other or their input. The message names the layer, the axis,
/// the sizes and a change that would help. A scan may catch it as «this configuration is not feasible».
/// </summary>
public sealed class NetworkShapeException : InvalidOperationException
{
    /// <summary>Makes an exception without a message.</summary>
    public NetworkShapeException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What does not fit.</param>
    public NetworkShapeException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    /// <param name="message">What does not fit.</param>
    /// <param name="innerException">Its cause.</param>
    public NetworkShapeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception that names the layer.</summary>
    /// <param name="layer">The layer's number, from 1.</param>
    /// <param name="kind">What it is, for example <c>MaxPool</c>.</param>
    /// <param name="reason">What does not fit, and what to change.</param>
    public NetworkShapeException(int layer, string kind, string reason)
        : base($"Layer {layer} ({kind}): {reason}")
    {
        Layer = layer;
    }

    /// <summary>The layer's number, from 1; that of the block around it where it is inside one; 0 when the network as a whole is meant.</summary>
    public int Layer { get; private init; }

    /// <summary>Makes an exception that names the layer by its path, for example <c>Layer 5 (Residual), branch layer 2 (MaxPool)</c>.</summary>
    internal static NetworkShapeException At(int layer, string path, string reason) => new($"{path}: {reason}") { Layer = layer };
}
