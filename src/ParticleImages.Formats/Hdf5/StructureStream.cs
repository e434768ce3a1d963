using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace ParticleImages.Formats.Hdf5;

/// <summary>What PureHDF reads a file's structure through: the handle that values are read from, too, so that both are of the same file.</summary>
/// <remarks>
/// PureHDF follows a structure by calling itself, however deep. Before each read it is looked whether the stack has room for more, since a stack that overflows ends the process and is
/// no exception. For one thread at a time. Closing the handle is the owner's.
/// </remarks>
internal sealed class StructureStream(SafeFileHandle file, StepLimit limit) : Stream
{
    private const int StepLength = 16;

    // Numbers of a few bytes follow each other: they are read together.
    private readonly byte[] window = new byte[1 << 12];
    private long windowStart;
    private int windowLength;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => RandomAccess.GetLength(file);

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new InvalidDataException("its structure leads back to itself, or is nested too deep");
        }

        limit.Spend(1 + (buffer.Length / StepLength));
        int read = buffer.Length >= window.Length ? RandomAccess.Read(file, buffer, Position) : ReadFromWindow(buffer);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin)
    {
        long position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };
        return position < 0
            ? throw new InvalidDataException($"an address leads to byte {position}")
            : Position = position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int ReadFromWindow(Span<byte> buffer)
    {
        if (Position < windowStart || Position >= windowStart + windowLength)
        {
            windowLength = 0;
            windowStart = Position;
            windowLength = RandomAccess.Read(file, window, Position);
        }

        int from = (int)(Position - windowStart);
        int length = Math.Min(buffer.Length, windowLength - from);
        window.AsSpan(from, length).CopyTo(buffer);
        return length;
    }
}
