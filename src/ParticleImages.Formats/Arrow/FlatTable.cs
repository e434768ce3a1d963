using System.Buffers.Binary;
using System.Text;

namespace ParticleImages.Formats.Arrow;

/// <summary>
/// A table of a FlatBuffer, every access held against the buffer's end. Arrow's headers are FlatBuffers, and a reader
/// generated from their schema trusts them.
/// </summary>
/// <remarks>Source: the FlatBuffers documentation, «Internals». What does not fit is an <see cref="InvalidDataException"/>.</remarks>
internal readonly struct FlatTable
{
    private readonly byte[] data;
    private readonly int position;
    private readonly int length;
    private readonly int fields;
    private readonly int fieldsLength;

    private FlatTable(byte[] data, long position)
    {
        this.data = data;
        this.position = Place(data, position, sizeof(int));
        long vtable = (long)this.position - BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(this.position));
        fields = Place(data, vtable, 2 * sizeof(ushort));
        fieldsLength = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(fields));
        length = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(fields + sizeof(ushort)));
        Place(data, vtable, fieldsLength);
        Place(data, position, length);
    }

    /// <summary>Bytes of the whole buffer.</summary>
    public int Size => data.Length;

    /// <summary>The table that a buffer begins with.</summary>
    public static FlatTable Root(byte[] data)
    {
        Place(data, 0, sizeof(uint));
        return new FlatTable(data, BinaryPrimitives.ReadUInt32LittleEndian(data));
    }

    public byte Byte(int field, byte missing = 0) => Find(field, sizeof(byte)) is { } place ? data[place] : missing;

    public short Int16(int field, short missing = 0) =>
        Find(field, sizeof(short)) is { } place ? BinaryPrimitives.ReadInt16LittleEndian(data.AsSpan(place)) : missing;

    public int Int32(int field, int missing = 0) =>
        Find(field, sizeof(int)) is { } place ? BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(place)) : missing;

    public long Int64(int field) =>
        Find(field, sizeof(long)) is { } place ? BinaryPrimitives.ReadInt64LittleEndian(data.AsSpan(place)) : 0;

    /// <summary>A table that this one leads to, or null.</summary>
    public FlatTable? Table(int field) => Find(field, sizeof(uint)) is { } place ? new FlatTable(data, Follow(place)) : null;

    /// <summary>A text, or null.</summary>
    public string? Text(int field)
    {
        ReadOnlySpan<byte> text = Vector(field, 1, out bool isThere, out _);
        return isThere ? Encoding.UTF8.GetString(text) : null;
    }

    /// <summary>Numbers or structures of one size, one after the other; empty where there are none.</summary>
    public ReadOnlySpan<byte> Vector(int field, int elementSize) => Vector(field, elementSize, out _, out _);

    /// <summary>Tables; empty where there are none.</summary>
    public IEnumerable<FlatTable> Tables(int field)
    {
        int count = Vector(field, sizeof(uint), out _, out int start).Length / sizeof(uint);
        for (int i = 0; i < count; i++)
        {
            yield return new FlatTable(data, Follow(start + (i * sizeof(uint))));
        }
    }

    private static int Place(byte[] data, long position, long length)
    {
        if (position < 0 || length < 0 || position > data.Length - length)
        {
            throw new InvalidDataException($"a header of {data.Length} bytes points to {length} bytes at {position}");
        }

        return (int)position;
    }

    private ReadOnlySpan<byte> Vector(int field, int elementSize, out bool isThere, out int start)
    {
        start = 0;
        isThere = Find(field, sizeof(uint)) is not null;
        if (!isThere)
        {
            return [];
        }

        int place = Place(data, Follow(Find(field, sizeof(uint))!.Value), sizeof(uint));
        long bytes = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(place)) * (long)elementSize;
        start = Place(data, place + sizeof(uint), bytes);
        return data.AsSpan(start, (int)bytes);
    }

    private long Follow(int place) => place + (long)BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(place));

    private int? Find(int field, int size)
    {
        int entry = (2 + field) * sizeof(ushort);
        if (entry + sizeof(ushort) > fieldsLength)
        {
            return null;
        }

        int offset = BinaryPrimitives.ReadUInt16LittleEndian(data.AsSpan(fields + entry));
        return offset == 0
            ? null
            : offset + size <= length
                ? position + offset
                : throw new InvalidDataException($"field {field} of a header lies {offset} bytes within a table of {length}");
    }
}
