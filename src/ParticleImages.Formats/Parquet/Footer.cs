using System.Buffers.Binary;

namespace ParticleImages.Formats.Parquet;

/// <summary>
/// Looks through a file's footer before anything is made of it: Parquet.Net takes memory for the lengths it reads, and calls itself
/// for every level of a schema. Source: Apache Parquet format 2.11, File Format and parquet.thrift.
/// </summary>
internal static class Footer
{
    // A signature at both ends, and the footer's length before the second.
    private const int LeastLength = 12;
    private const int MostDepth = 64;

    // Some hundred thousand columns and row groups; a damaged length is mostly more.
    private const uint MostLength = 1 << 28;
    private const int SchemaField = 2;
    private const int ChildrenField = 5;

    /// <summary>Checks that there is a whole footer.</summary>
    /// <returns>Where it starts: data lie before it.</returns>
    /// <exception cref="EventFormatException">The file is cut or damaged.</exception>
    public static long Check(Stream stream, string path) => ParquetErrors.Guard(path, null, null, () => EndOfData(stream, path));

    private static long EndOfData(Stream stream, string path)
    {
        long length = stream.Length;
        Span<byte> tail = stackalloc byte[8];
        if (length >= LeastLength)
        {
            stream.Position = length - tail.Length;
            stream.ReadExactly(tail);
        }

        if (length < LeastLength || !tail[4..].SequenceEqual("PAR1"u8))
        {
            string encrypted = tail[4..].SequenceEqual("PARE"u8) ? "Its footer is encrypted, which is not read: decrypt it." : "Copy or download it again.";
            throw new EventFormatException(
                $"{path} is no whole Parquet file: its {length} bytes do not end with PAR1. It is truncated, or was never finished. {encrypted}", path);
        }

        Span<byte> head = stackalloc byte[4];
        stream.Position = 0;
        stream.ReadExactly(head);
        if (!head.SequenceEqual("PAR1"u8))
        {
            throw new EventFormatException(
                $"{path} is no whole Parquet file: it ends with PAR1 and begins with the bytes {Convert.ToHexString(head)}. It is damaged: copy or download it again.", path);
        }

        uint footer = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (footer > length - LeastLength)
        {
            throw new EventFormatException(
                $"{path} is no whole Parquet file: it has {length} bytes, and its last say that the footer alone has {footer}. Copy or download it again.", path);
        }

        if (footer > MostLength)
        {
            throw new EventFormatException(
                $"{path} says in its last bytes that its footer has {footer} bytes; up to {MostLength} are read. The file is damaged: copy or download it again.", path);
        }

        var bytes = new byte[footer];
        stream.Position = length - tail.Length - footer;
        stream.ReadExactly(bytes);
        Check(bytes);
        return length - tail.Length - footer;
    }

    private static void Check(byte[] bytes)
    {
        var whole = new CompactReader(bytes);
        HeaderShape.Check(ref whole, HeaderShape.File);
        var reader = new CompactReader(bytes);
        bool hasSchema = false;
        while (reader.Next(out short field, out CompactReader.Kind kind))
        {
            if (field == SchemaField && kind == CompactReader.Kind.List)
            {
                CheckSchema(ref reader);
                hasSchema = true;
            }
            else
            {
                reader.Skip(kind);
            }
        }

        if (!hasSchema)
        {
            throw new InvalidDataException("its footer has no schema");
        }
    }

    // The schema's tree stands as a list: every element says how many of those behind it are its children.
    private static void CheckSchema(ref CompactReader reader)
    {
        int count = reader.ReadList(out CompactReader.Kind kind);
        var open = new Stack<long>();
        for (int i = 0; i < count; i++)
        {
            long children = 0;
            if (kind != CompactReader.Kind.Struct)
            {
                throw new InvalidDataException("its schema is no list of elements");
            }

            short outer = reader.BeginStruct();
            while (reader.Next(out short field, out CompactReader.Kind value))
            {
                if (field == ChildrenField && value == CompactReader.Kind.Int32)
                {
                    children = reader.ReadInteger();
                }
                else
                {
                    reader.Skip(value);
                }
            }

            reader.EndStruct(outer);
            Place(open, children, i == 0);
        }

        if (count == 0 || open.Count > 0)
        {
            throw new InvalidDataException("its schema ends before all that it lists");
        }
    }

    private static void Place(Stack<long> open, long children, bool isRoot)
    {
        if (!isRoot)
        {
            if (open.Count == 0)
            {
                throw new InvalidDataException("its schema lists more than it holds");
            }

            open.Push(open.Pop() - 1);
        }

        if (children is < 0 or > int.MaxValue || open.Count >= MostDepth)
        {
            throw new InvalidDataException("its schema is no tree, or one too deep");
        }

        open.Push(children);
        while (open.Count > 0 && open.Peek() == 0)
        {
            open.Pop();
        }
    }
}
