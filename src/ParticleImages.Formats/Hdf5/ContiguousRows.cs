using Microsoft.Win32.SafeHandles;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Rows that stand in one piece. Several threads share what is large, since copying from the system's cache keeps one of them busy.</summary>
internal sealed unsafe class ContiguousRows(SafeFileHandle file, long offset, int rowLength, string path, string dataset, int threads = 1) : IRowStorage
{
    // What is read at a time where there are several threads.
    private const int PartLength = 4 << 20;

    public void ReadRows(long start, Span<byte> rows)
    {
        long from = offset + (start * rowLength);
        int parts = threads == 1 ? 1 : (int)Math.Max(1, rows.Length / (long)PartLength);
        int length = rows.Length;
        fixed (byte* pinned = rows)
        {
            // A pointer is no variable of a lambda.
            nint into = (nint)pinned;
            SeveralThreads.Run(parts, threads, part =>
            {
                int begin = (int)((long)length * part / parts);
                int end = (int)((long)length * (part + 1) / parts);
                Read(from + begin, new Span<byte>((byte*)into + begin, end - begin));
            });
        }
    }

    private void Read(long from, Span<byte> bytes)
    {
        int done = 0;
        while (done < bytes.Length)
        {
            int read = RandomAccess.Read(file, bytes[done..], from + done);
            if (read == 0)
            {
                long row = (from + done - offset) / rowLength;
                throw new EventFormatException(
                    $"{path} ends within row {row} of '{dataset}'. It was cut while open: copy it again.", path, dataset, row);
            }

            done += read;
        }
    }
}
