namespace ParticleImages.Formats.Hdf5;

/// <summary>What elements hold that were never written.</summary>
/// <param name="element">The bytes of one element; null for zeros.</param>
internal sealed class FillValue(byte[]? element) : IRowStorage
{
    public void ReadRows(long start, Span<byte> rows) => Fill(rows);

    /// <summary>Fills whole elements.</summary>
    public void Fill(Span<byte> elements)
    {
        if (element is null || element.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            elements.Clear();
            return;
        }

        // What is filled already is copied, twice as much at each turn.
        element.CopyTo(elements);
        for (int filled = element.Length; filled < elements.Length; filled *= 2)
        {
            elements[..Math.Min(filled, elements.Length - filled)].CopyTo(elements[filled..]);
        }
    }
}
