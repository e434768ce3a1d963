namespace ParticleImages.Formats.Hdf5;

/// <summary>Rows held in memory: those small enough to stand in the header ("compact").</summary>
internal sealed class MemoryRows(byte[] values, int rowLength) : IRowStorage
{
    public void ReadRows(long start, Span<byte> rows) =>
        values.AsSpan(checked((int)(start * rowLength)), rows.Length).CopyTo(rows);
}
