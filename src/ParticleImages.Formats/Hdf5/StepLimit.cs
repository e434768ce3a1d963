namespace ParticleImages.Formats.Hdf5;

/// <summary>How much of a file's structure may be looked at for one question, so that a structure which leads back to itself ends in an error.</summary>
/// <remarks>A step is a read of PureHDF's or ours, 16 bytes of one, or what a link takes. Whole files take a step for every few bytes of their structure.</remarks>
internal sealed class StepLimit
{
    private const long Least = 1L << 22;
    private const long Most = 1L << 27;

    private long left = Least;

    /// <summary>Begins another question.</summary>
    /// <param name="fileLength">The file's bytes; larger files may have more structure.</param>
    public void Renew(long fileLength) => left = Math.Min(Most, Least + (2 * Math.Min(fileLength, Most)));

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
