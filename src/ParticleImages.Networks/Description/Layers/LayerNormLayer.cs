namespace ParticleImages.Networks;

/// <summary>
/// Layer normalization (Ba, Kiros and Hinton, arXiv 1607.06450) as Keras does it by default: each place of each event is normalized over its channels, a row
/// over its values; then a fitted scale γ and shift β a channel. The same in training and after it, at any batch size.
/// </summary>
/// <remarks>
/// ε is 10⁻³ in Keras and 10⁻⁵ in PyTorch; the variance is over n in both, and here. PyTorch's <c>LayerNorm</c> normalizes the last axes, whichever they
/// are. Over channels and places together: <see cref="GroupNormLayer"/> with one group.
/// </remarks>
public sealed record LayerNormLayer : NetworkLayer
{
    /// <summary>The default ε, Keras'.</summary>
    public const double DefaultEpsilon = 1e-3;

    /// <summary>Makes the layer.</summary>
    /// <param name="epsilon">Added to the variance before its root is taken; positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not positive, or NaN or infinite.</exception>
    public LayerNormLayer(double epsilon = DefaultEpsilon) => Epsilon = BatchNormLayer.RequiredEpsilon(epsilon, nameof(epsilon));

    /// <summary>Added to the variance before its root is taken.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Kind => "LayerNorm";

    internal override (string Type, string Name) Keras => ("LayerNormalization", "layer_normalization");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at) => input.Channels > 1
        ? input
        : throw Misfit(
            at,
            $"there is one channel in {input}, so nothing but the shift would be left of each value. Put it after a convolution, or use GroupNorm(1) for a norm over the places.");

    internal override IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) =>
        [("weight", [input.Channels], true), ("bias", [input.Channels], true)];
}
