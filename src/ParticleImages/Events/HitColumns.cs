namespace ParticleImages;

/// <summary>
/// Hits one after the other in three columns of memory, whatever kind of memory it is: arrays, a mapped file, an Arrow buffer. Several make
/// events with <see cref="HitEvents.Over"/>.
/// </summary>
/// <remarks>The memory is neither copied nor looked at here. Immutable as long as the memory's owner leaves it alone; safe to read from several threads.</remarks>
public sealed class HitColumns
{
    /// <summary>Takes memory as hits.</summary>
    /// <param name="pixels">Row × Width + column of every hit.</param>
    /// <param name="energies">The energy of every hit, finite and not 0.</param>
    /// <param name="times">The time of every hit, finite.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public HitColumns(ReadOnlyMemory<ushort> pixels, ReadOnlyMemory<float> energies, ReadOnlyMemory<float> times)
    {
        if (energies.Length != pixels.Length || times.Length != pixels.Length)
        {
            throw new ArgumentException(
                $"There are {pixels.Length} pixels, {energies.Length} energies and {times.Length} times. A hit has one of each.", nameof(pixels));
        }

        Pixels = pixels;
        Energies = energies;
        Times = times;
    }

    /// <summary>The number of hits.</summary>
    public int Count => Pixels.Length;

    /// <summary>Where: row × Width + column.</summary>
    public ReadOnlyMemory<ushort> Pixels { get; }

    /// <summary>How much; in the public files in units of 50 GeV.</summary>
    public ReadOnlyMemory<float> Energies { get; }

    /// <summary>When; in the public files in units of 50 ns.</summary>
    public ReadOnlyMemory<float> Times { get; }
}
