namespace ParticleImages.Formats.Parquet;

/// <summary>
/// Walks Thrift's compact protocol, in which Parquet's headers stand, and believes no length: each is held against the bytes that are
/// there. Source: Thrift compact protocol encoding, Apache Thrift.
/// </summary>
/// <param name="bytes">The header, and what follows it.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int MostNesting = 24;

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private short lastField;

    /// <summary>The kinds of values, as their numbers stand in a file.</summary>
    public enum Kind
    {
        Stop = 0,
        True = 1,
        False = 2,
        Byte = 3,
        Int16 = 4,
        Int32 = 5,
        Int64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12,
    }

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Begins a struct; the result goes to <see cref="EndStruct"/>.</summary>
    public short BeginStruct()
    {
        short outer = lastField;
        lastField = 0;
        return outer;
    }

    public void EndStruct(short outer) => lastField = outer;

    /// <summary>Reads the head of the struct's next field; false where the struct ends.</summary>
    public bool Next(out short field, out Kind kind)
    {
        byte head = ReadByte();
        kind = (Kind)(head & 15);
        field = 0;
        if (kind == Kind.Stop)
        {
            return false;
        }

        field = lastField = head >> 4 == 0 ? (short)ReadInteger() : (short)(lastField + (head >> 4));
        return true;
    }

    /// <summary>Reads an integer of 16, 32 or 64 bits.</summary>
    public long ReadInteger()
    {
        ulong zigzag = ReadVariable();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    /// <summary>Reads an integer from 0 up of as many bytes as it needs (unsigned LEB128).</summary>
    public ulong ReadVariable()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException("its header holds an integer of more than 64 bits");
    }

    /// <summary>Reads bytes as they are.</summary>
    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        ReadOnlySpan<byte> read = bytes.Slice(Position, Within((ulong)length));
        Position += length;
        return read;
    }

    /// <summary>Reads the head of a list and holds its length against the bytes that are left, of which an element takes one at least.</summary>
    public int ReadList(out Kind kind)
    {
        byte head = ReadByte();
        kind = (Kind)(head & 15);
        ulong length = head >> 4 == 15 ? ReadVariable() : (ulong)(head >> 4);
        return Within(length);
    }

    /// <summary>Passes over a value, however it is nested.</summary>
    public void Skip(Kind kind, int nesting = 0)
    {
        if (nesting > MostNesting)
        {
            throw new InvalidDataException("its header is nested too deep");
        }

        switch (kind)
        {
            case Kind.True or Kind.False:
                break;
            case Kind.Byte:
                ReadByte();
                break;
            case Kind.Int16 or Kind.Int32 or Kind.Int64:
                ReadVariable();
                break;
            case Kind.Double:
                Position += Within(sizeof(double));
                break;
            case Kind.Binary:
                int length = Within(ReadVariable());
                Position += length;
                break;
            case Kind.List or Kind.Set:
                SkipList(nesting);
                break;
            case Kind.Struct:
                short outer = BeginStruct();
                while (Next(out _, out Kind field))
                {
                    Skip(field, nesting + 1);
                }

                EndStruct(outer);
                break;
            default:
                throw new InvalidDataException($"its header holds a value of the unknown kind {(int)kind}");
        }
    }

    private void SkipList(int nesting)
    {
        int count = ReadList(out Kind element);
        for (int i = 0; i < count; i++)
        {
            // Within a list a truth value is a byte of its own.
            Skip(element is Kind.True or Kind.False ? Kind.Byte : element, nesting + 1);
        }
    }

    private byte ReadByte() => Position < bytes.Length
        ? bytes[Position++]
        : throw new EndOfStreamException("its header goes on behind its end");

    private readonly int Within(ulong length) => length <= (ulong)(bytes.Length - Position)
        ? (int)length
        : throw new EndOfStreamException($"its header says {length} where {bytes.Length - Position} bytes are left");
}
