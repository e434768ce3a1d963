namespace ParticleImages.Networks;

/// <summary>The mean of each feature map: the maps become one row with a value a channel.</summary>
public sealed record GlobalAveragePoolLayer : NetworkLayer
{
    /// <inheritdoc/>
    public override string Kind => "GlobalAveragePool";

    internal override (string Type, string Name) Keras => ("GlobalAveragePooling3D", "global_average_pooling3d");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        RequireMaps(input, at);
        return FeatureShape.Flat(input.Channels);
    }

    // One place is enough, whatever follows.
    internal override long Needs(int axis, long bins) => 1;
}
