using System.Buffers.Binary;

namespace ParticleImages.Numpy;

/// <summary>
/// An entry of a zip archive that is checked against its CRC-32 when it was read front to back: one flipped bit in
/// an array would otherwise read as another number.
/// </summary>
internal sealed class ChecksummedStream(Stream entry, long length, uint expected) : Stream
{
    private static readonly uint[][] Tables = MakeTables();

    private uint state = uint.MaxValue;
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
        state = Update(state, buffer[..count]);
        summed += count;
        if (count > 0 && summed == length && ~state != expected)
        {
            throw new InvalidDataException($"the checksum is {~state:x8} instead of {expected:x8}");
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

    /// <summary>CRC-32 of zip (polynomial 0xEDB88320), eight bytes a step: table k holds a byte followed by k zeros.</summary>
    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint[][] tables = Tables;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[7][(byte)low] ^ tables[6][(byte)(low >> 8)]
                ^ tables[5][(byte)(low >> 16)] ^ tables[4][low >> 24]
                ^ tables[3][(byte)high] ^ tables[2][(byte)(high >> 8)]
                ^ tables[1][(byte)(high >> 16)] ^ tables[0][high >> 24];
        }

        foreach (byte value in bytes)
        {
            crc = (crc >> 8) ^ tables[0][(byte)(crc ^ value)];
        }

        return crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int k = 0; k < tables.Length; k++)
        {
            tables[k] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                uint crc = k == 0 ? value : tables[k - 1][value];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
                }

                tables[k][value] = crc;
            }
        }

        return tables;
    }
}
