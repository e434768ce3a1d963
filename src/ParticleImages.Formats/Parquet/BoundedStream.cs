namespace ParticleImages.Formats.Parquet;

/// <summary>
/// A file that ends where it is told to. Parquet.Net reads pages until it has the values that a header promises; this keeps it within the
/// pages that were looked through.
/// </summary>
internal sealed class BoundedStream(FileStream file) : Stream
{
    /// <summary>Nothing is read from this place on; to begin with none.</summary>
    public long End { get; set; } = long.MaxValue;

    public override bool CanRead => file.CanRead;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(Span<byte> buffer) =>
        file.Read(buffer[..(int)Math.Clamp(End - file.Position, 0, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // At an end Parquet.Net takes the −1 for a byte that is to be followed by another, and never stops.
    public override int ReadByte() => file.Position < End && file.ReadByte() is >= 0 and int value
        ? value
        : throw new EndOfStreamException("a header goes on behind its page");

    // The data are awaited anyhow, and a file that is read at once needs no other thread.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
