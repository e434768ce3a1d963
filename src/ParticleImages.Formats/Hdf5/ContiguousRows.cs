using Microsoft.Win32.SafeHandles;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Rows that stand in one piece.</summary>
internal sealed class ContiguousRows(SafeFileHandle file, long offset, int rowLength, string path, string dataset) : IRowStorage
{
    public void ReadRows(long start, Span<byte> rows)
    {
        int done = 0;
        while (done < rows.Length)
        {
            int read = RandomAccess.Read(file, rows[done..], offset + (start * rowLength) + done);
            if (read == 0)
            {
                long row = start + (done / rowLength);
                throw new EventFormatException(
                    $"{path} ends within row {row} of '{dataset}'. It was cut while open: copy it again.", path, dataset, row);
            }

            done += read;
        }
    }
}
