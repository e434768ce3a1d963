namespace ParticleImages.Networks;

/// <summary>What a convolution or a pool does at the ends of an axis.</summary>
public enum Padding
{
    /// <summary>
    /// The input is continued so that ⌈bins / stride⌉ places come out, as with Keras' <c>padding="same"</c>: max((places − 1) · stride + size − bins, 0)
    /// are added, the smaller half at the beginning. A convolution sees zeros there, a pool only what the input has.
    /// </summary>
    Same,

    /// <summary>
    /// Only what the input has: ⌊(bins − size) / stride⌋ + 1 places come out, as with Keras' <c>padding="valid"</c> and PyTorch's padding of 0. What does
    /// not fill a last step is dropped.
    /// </summary>
    Valid,
}
