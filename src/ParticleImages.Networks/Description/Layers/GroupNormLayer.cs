namespace ParticleImages.Networks;

/// <summary>
/// Group normalization (Wu and He, arXiv 1803.08494): each event's channels are divided, in order, into groups of equal size, and each group is
/// normalized over its channels and places; then a fitted scale γ and shift β a channel. The same in training and after it, at any batch size.
/// On a row of values a channel is a value.
/// </summary>
/// <remarks>ε is 10⁻³ in Keras and 10⁻⁵ in PyTorch; the variance is over n in both, and here.</remarks>
public sealed record GroupNormLayer : NetworkLayer
{
    /// <summary>The default ε, Keras'.</summary>
    public const double DefaultEpsilon = 1e-3;

    /// <summary>Makes the layer.</summary>
    /// <param name="groups">Groups of channels, at least 1; the number of channels is a multiple of it.</param>
    /// <param name="epsilon">Added to the variance before its root is taken; positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public GroupNormLayer(int groups, double epsilon = DefaultEpsilon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        Groups = groups;
        Epsilon = BatchNormLayer.RequiredEpsilon(epsilon, nameof(epsilon));
    }

    /// <summary>Groups of channels.</summary>
    public int Groups { get; }

    /// <summary>Added to the variance before its root is taken.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Kind => "GroupNorm";

    internal override (string Type, string Name) Keras => ("GroupNormalization", "group_normalization");

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        if (input.Channels % Groups != 0)
        {
            int[] divisors = [.. Enumerable.Range(1, Math.Min(input.Channels, 1024)).Where(count => input.Channels % count == 0)];
            throw Misfit(
                at,
                $"{input.Channels} channels can't be divided into {Groups} equal groups. The groups may be {string.Join(", ", divisors)}; or use a multiple of "
                + $"{Groups} channels before it.");
        }

        return input.Channels / Groups * input.Positions > 1
            ? input
            : throw Misfit(
                at,
                $"a group has one value of {input}, so nothing but the shift would be left of it. Use fewer groups, or put it before the maps have shrunk to one place.");
    }

    internal override IReadOnlyList<(string Name, long[] Shape, bool IsTrained)> Weights(FeatureShape input) =>
        [("weight", [input.Channels], true), ("bias", [input.Channels], true)];
}
