namespace ParticleImages.Formats.Hdf5;

/// <summary>Where a dataset's rows come from: one piece, chunks, or fill values.</summary>
internal interface IRowStorage
{
    /// <summary>Reads whole rows as the file stores their elements, in C order.</summary>
    /// <param name="start">The first row, within the dataset.</param>
    /// <param name="rows">Receives the bytes of whole rows, within the dataset.</param>
    /// <exception cref="EventFormatException">The rows can't be read.</exception>
    void ReadRows(long start, Span<byte> rows);
}
