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
    /// <param name="at">Where the layer stands, for messages.</param>
    /// <exception cref="NetworkShapeException">The layer can't take this input.</exception>
    internal abstract FeatureShape Infer(FeatureShape input, LayerPosition at);

    /// <summary>What the layer keeps besides its numbers: names, shapes, and whether training fits them.</summary>
    internal virtual IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) => [];

    private protected NetworkShapeException Misfit(LayerPosition at, string reason) => new(at.Number, Kind, reason);

    private protected void RequireMaps(FeatureShape input, LayerPosition at)
    {
        if (input.IsFlat)
        {
            throw Misfit(at, $"it works on feature maps, but its input is a row of {input.Channels} values. Put it before Flatten.");
        }
    }
}
