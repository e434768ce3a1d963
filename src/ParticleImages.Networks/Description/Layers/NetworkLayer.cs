using System.Text.Json.Serialization;

namespace ParticleImages.Networks;

/// <summary>One layer of a description: plain data, equal when equal. How it is computed is not its business.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "layer")]
[JsonDerivedType(typeof(ConvLayer), "conv")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(BatchNormLayer), "batchNorm")]
[JsonDerivedType(typeof(MaxPoolLayer), "maxPool")]
[JsonDerivedType(typeof(FlattenLayer), "flatten")]
[JsonDerivedType(typeof(DenseLayer), "dense")]
public abstract record NetworkLayer
{
    private protected NetworkLayer()
    {
    }

    /// <summary>The layer's name in the builder, for messages.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>The layer's class and function name in Keras, for the summary.</summary>
    internal abstract (string Type, string Name) Keras { get; }

    /// <summary>The shape after the layer.</summary>
    /// <param name="input">The shape before it.</param>
    /// <param name="number">The layer's number from 1, for messages.</param>
    /// <exception cref="NetworkShapeException">The layer can't take this input.</exception>
    internal abstract FeatureShape Infer(FeatureShape input, int number);

    /// <summary>Parameters that training fits, and parameters that it does not (running statistics).</summary>
    internal virtual (long Trainable, long Fixed) Parameters(FeatureShape input) => (0, 0);

    private protected NetworkShapeException Misfit(int number, string reason) => new(number, Kind, reason);

    private protected void RequireMaps(FeatureShape input, int number)
    {
        if (input.IsFlat)
        {
            throw Misfit(number, $"it works on feature maps, but its input is a row of {input.Channels} values. Put it before Flatten.");
        }
    }
}
