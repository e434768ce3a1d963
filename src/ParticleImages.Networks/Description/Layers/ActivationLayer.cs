namespace ParticleImages.Networks;

/// <summary>An activation function on every value; the shape stays.</summary>
public sealed record ActivationLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public ActivationLayer(Activation function)
    {
        if (!Enum.IsDefined(function))
        {
            throw new ArgumentOutOfRangeException(
                nameof(function), function, $"The functions are {string.Join(", ", Enum.GetNames<Activation>())}.");
        }

        Function = function;
    }

    /// <summary>The function.</summary>
    public Activation Function { get; }

    /// <inheritdoc/>
    public override string Kind => Function.ToString();

    internal override (string Type, string Name) Keras => ("Activation", ActivationName.Of(Function));

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at) => input;
}
