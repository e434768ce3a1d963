namespace ParticleImages;

/// <summary>The hits of one event: three spans of one length.</summary>
public readonly ref struct Hits
{
    internal Hits(ReadOnlySpan<ushort> pixels, ReadOnlySpan<float> energies, ReadOnlySpan<float> times)
    {
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
