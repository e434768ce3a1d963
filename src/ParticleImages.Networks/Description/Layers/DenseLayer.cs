namespace ParticleImages.Networks;

/// <summary>Every output is a weighted sum of all inputs plus a bias.</summary>
public sealed record DenseLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="units">Outputs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="units"/> is below 1.</exception>
    public DenseLayer(int units)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        Units = units;
    }

    /// <summary>Outputs.</summary>
    public int Units { get; }

    /// <inheritdoc/>
    public override string Kind => "Dense";

    internal override (string Type, string Name) Keras => ("Dense", "dense");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at) => input.IsFlat
        ? FeatureShape.Flat(Units)
        : throw Misfit(at, $"it takes a row of values, but its input is feature maps {input}. Put Flatten before it.");

    internal override IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) =>
        [("weight", [Units, input.Channels], true), ("bias", [Units], true)];

    internal override long MultiplyAdds(FeatureShape input, FeatureShape output) => (long)Units * input.Channels;
}
