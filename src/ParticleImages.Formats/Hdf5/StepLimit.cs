namespace ParticleImages.Formats.Hdf5;

/// <summary>How much of a file's structure may be looked at for one question, so that a structure which leads back to itself ends in an error.</summary>
/// <remarks>A step is a read of PureHDF's or ours, 16 bytes of one, or what a link takes. Whole files take a step for every few bytes of their structure.</remarks>
internal sealed class StepLimit
{
    private const long Least = 1L << 22;
    private const long Most = 1L << 27;

    // PureHDF reads a page of an index, 1024 chunks, for every chunk.
    private const long OfChunk = 1L << 12;

    private long left = Least;

    /// <summary>Begins another question.</summary>
    /// <param name="fileLength">The file's bytes; larger files may have more structure.</param>
    /// <param name="chunks">The chunks that will be looked up.</param>
    public void Renew(long fileLength, int chunks) => left = Math.Min(Most, Least + (2 * Math.Min(fileLength, Most)) + (OfChunk * chunks));

    /// <summary>Counts steps.</summary>
    /// <exception cref="InvalidDataException">They are too many.</exception>
    public void Spend(long steps)
    {
        left -= steps;
        if (left < 0)
        {
            throw new InvalidDataException("its groups, links or indexes lead back to themselves, or are far more than a file of its length has");
        }
    }
}
