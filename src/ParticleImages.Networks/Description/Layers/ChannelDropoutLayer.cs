namespace ParticleImages.Networks;

/// <summary>
/// While training sets each feature map of each event to 0 as a whole with a probability and divides the others by one minus it, so that the mean
/// stays; else does nothing. Keras' <c>SpatialDropout3D</c>, PyTorch's <c>Dropout3d</c> (Tompson et al., arXiv 1411.4280).
/// </summary>
public sealed record ChannelDropoutLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="rate">The probability of 0, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1) or NaN.</exception>
    public ChannelDropoutLayer(double rate) => Rate = DropoutLayer.Required(rate, nameof(rate));

    /// <summary>The probability of 0.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override string Kind => "ChannelDropout";

    internal override (string Type, string Name) Keras => ("SpatialDropout3D", "spatial_dropout3d");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        if (input.IsFlat)
        {
            throw Misfit(at, $"it drops feature maps, but its input is a row of {input.Channels} values. Use Dropout there.");
        }

        return input;
    }
}
