using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>One row of a network's summary; a block's numbers are the sums over the layers inside it.</summary>
/// <param name="Name">The layer's name as Keras numbers it, for example <c>conv3d_1</c>.</param>
/// <param name="Type">Its class in Keras, for example <c>Conv3D</c>; <c>Residual</c> and <c>Branches</c> for blocks.</param>
/// <param name="Output">The shape of one event after it.</param>
/// <param name="Parameters">All its parameters, as Keras counts: a batch norm's running statistics included.</param>
/// <param name="Trainable">Those that training fits.</param>
/// <param name="MultiplyAdds">
/// Products of an input with a weight, added up, for one event forward: of a convolution its outputs × kernel × input channels, of a dense layer inputs × outputs, of the
/// others 0.
/// </param>
public sealed record LayerSummary(string Name, string Type, FeatureShape Output, long Parameters, long Trainable, long MultiplyAdds)
{
    /// <summary>The layers inside a block, branch after branch; none for other layers.</summary>
    public ImmutableArray<LayerSummary> Inner { get; init; } = [];

    /// <summary>Values of one event after this layer and after each one inside it; in double, since nothing has checked that they can be.</summary>
    internal double Values => Output.Values + Inner.Sum(layer => layer.Values);

    /// <summary>Whether both say the same.</summary>
    /// <param name="other">Another row.</param>
    /// <returns>True when equal.</returns>
    public bool Equals(LayerSummary? other) =>
        other is not null
        && (Name, Type, Output, Parameters, Trainable, MultiplyAdds)
            == (other.Name, other.Type, other.Output, other.Parameters, other.Trainable, other.MultiplyAdds)
        && Inner.AsSpan().SequenceEqual(other.Inner.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Output, Parameters, Trainable, MultiplyAdds, Inner.Length);
}
