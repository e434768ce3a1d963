namespace ParticleImages.Networks;

/// <summary>Feature maps become one row of values, channel by channel.</summary>
public sealed record FlattenLayer : NetworkLayer
{
    /// <inheritdoc/>
    public override string Kind => "Flatten";

    internal override (string Type, string Name) Keras => ("Flatten", "flatten");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        RequireMaps(input, at);
        return input.Values <= int.MaxValue
            ? FeatureShape.Flat((int)input.Values)
            : throw Misfit(at, $"{input.Values} values an event are too many. Pool or crop before.");
    }
}
