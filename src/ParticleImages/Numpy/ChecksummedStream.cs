using ParticleImages.Storage;

namespace ParticleImages.Numpy;

/// <summary>
/// An entry of a zip archive that is checked against its CRC-32 when it was read front to back: one flipped bit in
/// an array would otherwise read as another number.
/// </summary>
internal sealed class ChecksummedStream(Stream entry, long length, uint expected) : Stream
{
    private Crc32 checksum = new();
    private long summed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = entry.Read(buffer);
        checksum.Add(buffer[..count]);
        summed += count;
        if (count > 0 && summed == length && checksum.Value != expected)
        {
            throw new InvalidDataException($"the checksum is {checksum.Value:x8} instead of {expected:x8}");
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            entry.Dispose();
        }

        base.Dispose(disposing);
    }
}
