using System.Collections.Immutable;

namespace ParticleImages.Networks;

/// <summary>
/// factor · x + offset for every value of a channel, with numbers that are given and not fitted: the input's unit as a part of the network. The
/// numbers are rounded to float32 once. On a row of values a channel is a value.
/// </summary>
public sealed record ScaleLayer : NetworkLayer
{
    /// <summary>Makes the layer.</summary>
    /// <param name="factors">One for all channels, or one a channel; none is 0.</param>
    /// <param name="offsets">One for all channels, or one a channel, in the unit after the factor.</param>
    /// <exception cref="ArgumentException">A list is empty, or the two are of different lengths above 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or past float32's range, or a factor rounds to 0.</exception>
    public ScaleLayer(ImmutableArray<double> factors, ImmutableArray<double> offsets)
    {
        Factors = Required(factors, nameof(factors));
        Offsets = Required(offsets, nameof(offsets));
        if (factors.Any(factor => (float)factor == 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(factors), string.Join(", ", factors), "A factor of 0 in float32 would erase its channel. Use another factor, or a voxelizer without that channel.");
        }

        if (factors.Length > 1 && offsets.Length > 1 && factors.Length != offsets.Length)
        {
            throw new ArgumentException(
                $"There are {factors.Length} factors and {offsets.Length} offsets. Use one a channel of both, or a single one for all.", nameof(offsets));
        }
    }

    /// <summary>The factors: one for all channels, or one a channel.</summary>
    public ImmutableArray<double> Factors { get; }

    /// <summary>The offsets: one for all channels, or one a channel.</summary>
    public ImmutableArray<double> Offsets { get; }

    /// <inheritdoc/>
    public override string Kind => "Scale";

    internal override (string Type, string Name) Keras => ("Rescaling", "rescaling");

    /// <summary>Whether both scale by the same numbers.</summary>
    /// <param name="other">Another layer.</param>
    /// <returns>True when equal.</returns>
    public bool Equals(ScaleLayer? other) =>
        other is not null && Factors.AsSpan().SequenceEqual(other.Factors.AsSpan()) && Offsets.AsSpan().SequenceEqual(other.Offsets.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Factors.Length);
        foreach (double number in Factors.Concat(Offsets))
        {
            hash.Add(number);
        }

        return hash.ToHashCode();
    }

    internal override FeatureShape Infer(FeatureShape input, LayerPosition at)
    {
        int given = Math.Max(Factors.Length, Offsets.Length);
        return given == 1 || given == input.Channels
            ? input
            : throw Misfit(at, $"it has numbers for {given} channels, but its input has {input.Channels}. Use one a channel, or a single one for all.");
    }

    private static ImmutableArray<double> Required(ImmutableArray<double> numbers, string parameter)
    {
        if (numbers.IsDefaultOrEmpty)
        {
            throw new ArgumentException("There are no numbers. Use one for all channels, or one a channel.", parameter);
        }

        foreach (double number in numbers)
        {
            if (!float.IsFinite((float)number))
            {
                throw new ArgumentOutOfRangeException(parameter, number, "The number has to be finite in float32.");
            }
        }

        return numbers;
    }
}
