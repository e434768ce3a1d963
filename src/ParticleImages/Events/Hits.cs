namespace ParticleImages;

/// <summary>The hits of one event: three spans of one length.</summary>
public readonly ref struct Hits
{
    /// <summary>
    /// Takes spans as the hits of an event, without copying them: of arrays, of unmanaged memory, of an Arrow buffer. Values are taken as they
    /// are; a voxelizer passes over hits whose energy is 0 or whose energy or time is not finite.
    /// </summary>
    /// <param name="pixels">Row × Width + column of every hit.</param>
    /// <param name="energies">The energy of every hit.</param>
    /// <param name="times">The time of every hit.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Hits(ReadOnlySpan<ushort> pixels, ReadOnlySpan<float> energies, ReadOnlySpan<float> times)
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

    /// <summary>
    /// Where: row × Width + column. Of an image's hits ascending, each at most once; of others as they were given.
    /// </summary>
    public ReadOnlySpan<ushort> Pixels { get; }

    /// <summary>How much, finite and not 0; in the public files in units of 50 GeV.</summary>
    public ReadOnlySpan<float> Energies { get; }

    /// <summary>When, finite; in the public files in units of 50 ns. For a detector with layers the layer's number, from 0.</summary>
    public ReadOnlySpan<float> Times { get; }
}
