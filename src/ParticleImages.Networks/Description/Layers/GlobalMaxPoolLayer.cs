namespace ParticleImages.Networks;

/// <summary>The largest value of each feature map: the maps become one row with a value a channel.</summary>
public sealed record GlobalMaxPoolLayer : NetworkLayer
{
    /// <inheritdoc/>
    public override string Kind => "GlobalMaxPool";

    internal override (string Type, string Name) Keras => ("GlobalMaxPooling3D", "global_max_pooling3d");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        RequireMaps(input, at);
        return FeatureShape.Flat(input.Channels);
    }

    // One place is enough, whatever follows.
    internal override long Needs(int axis, long bins) => 1;
}
