using System.Numerics;

namespace ParticleImages.Search;

/// <summary>
/// All configurations that a scan may try. <see cref="SearchSpace"/> is the one that fits nearly always; a space of one's own implements this.
/// Implementations are immutable; <c>SearchSpaceContract</c> in the tests says what they hold for.
/// </summary>
public interface ISearchSpace
{
    /// <summary>The axes: columns in tables, dimensions for strategies that learn. Names are unique.</summary>
    IReadOnlyList<IParameter> Parameters { get; }

    /// <summary>How many configurations there are, also those that <see cref="Refusal"/> refuses; null where there is a continuum. Never found by enumerating.</summary>
    BigInteger? Count { get; }

    /// <summary>A configuration by its number in grid order.</summary>
    /// <param name="index">From 0 to below <see cref="Count"/>.</param>
    /// <returns>The configuration; each number has another.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    /// <exception cref="InvalidOperationException">There is a continuum.</exception>
    Configuration At(BigInteger index);

    /// <summary>The configuration at a point of the unit cube. Points drawn uniformly sample the space, and the point where a configuration's values stand leads to it again.</summary>
    /// <param name="positions">A place from 0 to 1 for each of <see cref="Parameters"/>, also for those that turn out to have no value.</param>
    /// <returns>The configuration.</returns>
    /// <exception cref="ArgumentException">There are more or fewer places than parameters.</exception>
    Configuration At(ReadOnlySpan<double> positions);

    /// <summary>Why a configuration must not be tried. Asked before a trial is spent on it.</summary>
    /// <param name="configuration">Any, also one made by hand.</param>
    /// <returns>The reason; null where it may be tried.</returns>
    string? Refusal(Configuration configuration);

    /// <summary>The space in words of its own, the same for equal spaces and different ones for different spaces: by it a stored scan is known again.</summary>
    string Identity { get; }
}
