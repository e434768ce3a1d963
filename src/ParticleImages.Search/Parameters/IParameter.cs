namespace ParticleImages.Search;

/// <summary>
/// One axis of a search space: a name, and values that stand along the unit interval. Strategies know nothing else of it. Implementations are immutable;
/// <c>ParameterContract</c> in the tests says what they hold for.
/// </summary>
/// <remarks>
/// A finite axis divides the interval into as many equal cells as it has values, in its own order; a continuous one maps it, for example by its logarithm.
/// </remarks>
public interface IParameter
{
    /// <summary>The name: the column in tables, the key in files. Not empty, unique in a space.</summary>
    string Name { get; }

    /// <summary>How many values there are, at least 1; null for a continuum.</summary>
    long? Count { get; }

    /// <summary>Whether neighbouring values are alike, as numbers are; false where the order means nothing, as of names.</summary>
    bool IsOrdered { get; }

    /// <summary>The value at a place along the axis.</summary>
    /// <param name="position">From 0 to 1.</param>
    /// <returns>The value.</returns>
    ParameterValue At(double position);

    /// <summary>Where a value stands: <see cref="At"/> of it is the value again, of a continuum but for rounding. A finite axis answers with the middle of the value's cell.</summary>
    /// <param name="value">One of the axis.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentException">The axis has no such value.</exception>
    double PositionOf(ParameterValue value);
}
