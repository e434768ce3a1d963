namespace ParticleImages.Networks;

/// <summary>
/// While training sets each value to 0 with a probability and divides the others by one minus it, so that the mean stays; else does nothing.
/// </summary>
public sealed record DropoutLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="rate">The probability of 0, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1) or NaN.</exception>
    public DropoutLayer(double rate)
    {
        Rate = Required(rate, nameof(rate));
    }

    /// <summary>The probability of 0.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override string Kind => "Dropout";

    internal override (string Type, string Name) Keras => ("Dropout", "dropout");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at) => input;

    /// <summary>Checks a rate.</summary>
    internal static double Required(double rate, string parameter) => rate >= 0 && rate < 1
        ? rate
        : throw new ArgumentOutOfRangeException(parameter, rate, "A dropout rate is at least 0 and below 1.");
}
