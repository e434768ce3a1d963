using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ParticleImages.Networks;

/// <summary>One layer of a description: plain data, equal when equal. How it is computed is not its business.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "layer")]
[JsonDerivedType(typeof(ConvLayer), "conv")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(ChannelDropoutLayer), "channelDropout")]
[JsonDerivedType(typeof(BatchNormLayer), "batchNorm")]
[JsonDerivedType(typeof(GroupNormLayer), "groupNorm")]
[JsonDerivedType(typeof(LayerNormLayer), "layerNorm")]
[JsonDerivedType(typeof(MaxPoolLayer), "maxPool")]
[JsonDerivedType(typeof(AveragePoolLayer), "averagePool")]
[JsonDerivedType(typeof(GlobalMaxPoolLayer), "globalMaxPool")]
[JsonDerivedType(typeof(GlobalAveragePoolLayer), "globalAveragePool")]
[JsonDerivedType(typeof(ScaleLayer), "scale")]
[JsonDerivedType(typeof(ResidualLayer), "residual")]
[JsonDerivedType(typeof(BranchesLayer), "branches")]
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

    /// <summary>The layer's class and function name in Keras, for the summary; those that end in 3D have sisters of other dimensions there.</summary>
    internal abstract (string Type, string Name) Keras { get; }

    /// <summary>The lists of layers inside this one.</summary>
    internal virtual ImmutableArray<BlockPart> Parts => [];

    /// <summary>How deep blocks are nested in this layer: 0 where it is none.</summary>
    internal virtual int Depth => 0;

    /// <summary>This layer and those inside it.</summary>
    internal virtual int Count => 1;

    /// <summary>The shape after the layer.</summary>
    /// <param name="input">The shape before it.</param>
    /// <param name="at">Where the layer stands, for messages.</param>
    /// <exception cref="NetworkShapeException">The layer can't take this input.</exception>
    internal abstract FeatureShape Infer(FeatureShape input, LayerPosition at);

    /// <summary>What the layer keeps besides its numbers: names, shapes, and whether training fits them. Those inside a block are not its own.</summary>
    internal virtual IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) => [];

    /// <summary>Products of an input with a weight, for one event; those inside a block are not its own.</summary>
    internal virtual long MultiplyAdds(FeatureShape input, FeatureShape output) => 0;

    /// <summary>The fewest bins of an axis (0 time, 1 row, 2 column) before the layer that leave so many after it.</summary>
    internal virtual long Needs(int axis, long bins) => bins;

    /// <summary>Whether a property, by its name in JSON, has the value that it has when left out.</summary>
    internal virtual bool LeavesOut(string property) => false;

    private protected NetworkShapeException Misfit(LayerPosition at, string reason) =>
        NetworkShapeException.At(at.Outermost, at.PathOf(this), reason);

    private protected void RequireMaps(FeatureShape input, LayerPosition at)
    {
        if (input.IsFlat)
        {
            throw Misfit(at, $"it works on feature maps, but its input is a row of {input.Channels} values. Put it before Flatten or the global pool.");
        }
    }
}
