namespace ParticleImages.Formats.Hdf5;

/// <summary>How much of a file's structure may be looked at for one question, so that a structure which leads back to itself ends in an error.</summary>
/// <remarks>A step is a read of PureHDF's or ours, 16 bytes of one, or what a link takes. Whole files take a step for every few bytes of their structure.</remarks>
internal sealed class StepLimit
{
    private const long Least = 1L << 22;
    private const long Most = 1L << 27;

    // What reading a leaf of an index anew takes, as PureHDF does for every chunk in some.
    private const long OfChunk = 1L << 12;

    private long left = Least;
    private long ofFiles;

    /// <summary>Whether there were more.</summary>
    public bool IsSpent => left < 0;

    /// <summary>Allows what the structure of one more file may take: larger ones may have more.</summary>
    public void Allow(long fileLength)
    {
        long steps = 2 * Math.Min(fileLength, Most);
        ofFiles = Math.Min(Most, ofFiles + steps);
        left += steps;
    }

    /// <summary>Begins another question.</summary>
    /// <param name="chunks">The chunks that will be looked up.</param>
    public void Renew(int chunks) => left = Math.Min(Most, Least + ofFiles + (OfChunk * chunks));

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
