namespace ParticleImages.Networks;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, arXiv 1502.03167) of every channel over the events and places of a batch while training, with
/// running statistics else; then a fitted scale γ and shift β.
/// </summary>
/// <remarks>
/// Momentum is Keras': running = momentum · running + (1 − momentum) · batch; PyTorch's is one minus it. Keras' defaults are 0.99 and
/// 10⁻³, PyTorch's 0.9 (written 0.1) and 10⁻⁵. At 0.99 the running variance of small inputs needs hundreds of steps to
/// settle, so the default here is 0.9. The running variance is PyTorch's, the sum of squares over n − 1; a batch is normalized by the one over n.
/// </remarks>
public sealed record BatchNormLayer : NetworkLayer
{
    /// <summary>The default momentum, in Keras' convention.</summary>
    public const double DefaultMomentum = 0.9;

    /// <summary>The default ε.</summary>
    public const double DefaultEpsilon = 1e-3;

    /// <summary>Makes the layer.</summary>
    /// <param name="momentum">What remains of the running statistics at a step, at least 0 and below 1.</param>
    /// <param name="epsilon">Added to the variance before its root is taken; positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public BatchNormLayer(double momentum, double epsilon)
    {
        if (!(momentum >= 0 && momentum < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(momentum), momentum, "The momentum is Keras': at least 0 and below 1, the share that remains.");
        }

        Momentum = momentum;
        Epsilon = RequiredEpsilon(epsilon, nameof(epsilon));
    }

    /// <summary>What remains of the running statistics at a step.</summary>
    public double Momentum { get; }

    /// <summary>Added to the variance before its root is taken.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Kind => "BatchNorm";

    internal override (string Type, string Name) Keras => ("BatchNormalization", "batch_normalization");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at) => input;

    internal override IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) =>
    [
        ("weight", [input.Channels], true),
        ("bias", [input.Channels], true),
        ("running_mean", [input.Channels], false),
        ("running_var", [input.Channels], false),
    ];

    /// <summary>Checks an ε.</summary>
    internal static double RequiredEpsilon(double epsilon, string parameter) => epsilon > 0 && double.IsFinite(epsilon)
        ? epsilon
        : throw new ArgumentOutOfRangeException(parameter, epsilon, "ε is a positive number.");
}
