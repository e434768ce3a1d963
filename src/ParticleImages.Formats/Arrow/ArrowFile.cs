using System.Buffers.Binary;

namespace ParticleImages.Formats.Arrow;

/// <summary>An open Arrow file: its columns, and where in the file the rows of each record batch are.</summary>
/// <remarks>
/// The headers are read here and not by Apache.Arrow, which trusts them: every place and length is held against the
/// file before it is used. Source: Arrow columnar format 1.5, «Serialization and interprocess communication».
/// </remarks>
internal sealed class ArrowFile : IDisposable
{
    private const int Continuation = -1;
    private const byte SchemaHeader = 1;
    private const byte BatchHeader = 3;

    private readonly List<ArrowBatch> batches = [];
    private readonly List<int> firstRows = [];
    private ArrowSchema? schema;
    private long rows;

    private ArrowFile(ArrowBytes bytes) => Bytes = bytes;

    public string Path => Bytes.Path;

    public ArrowBytes Bytes { get; }

    public ArrowSchema Schema => schema!;

    public IReadOnlyList<ArrowBatch> Batches => batches;

    /// <summary>Rows of all batches.</summary>
    public int Rows => (int)rows;

    /// <summary>What a file in Arrow's file form begins and ends with.</summary>
    public static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    /// <summary>Opens a file in either form.</summary>
    /// <exception cref="EventFormatException">It is truncated, damaged, or of a kind that is not read here.</exception>
    public static ArrowFile Open(string path)
    {
        var file = new ArrowFile(new ArrowBytes(path));
        try
        {
            file.ReadHeaders();
            return file;
        }
        catch (InvalidDataException exception)
        {
            file.Dispose();
            throw new EventFormatException(
                $"{path} can't be read as Arrow: {exception.Message}. The file is damaged, or holds what is not read here: copy it "
                + "again, or rewrite it with pyarrow.feather.write_feather.",
                path,
                innerException: exception);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether these bytes begin a stream: a message that is a schema.</summary>
    public static bool BeginsStream(ReadOnlySpan<byte> head)
    {
        if (head.Length < 16 || BinaryPrimitives.ReadInt32LittleEndian(head) != Continuation
            || BinaryPrimitives.ReadInt32LittleEndian(head[4..]) < 8)
        {
            return false;
        }

        try
        {
            FlatTable message = FlatTable.Root(head[8..].ToArray());
            return message.Byte(1) == SchemaHeader && message.Int16(0) is >= 3 and <= 4;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The batch that a row stands in.</summary>
    public int BatchOf(int row)
    {
        int found = firstRows.BinarySearch(row);
        found = found < 0 ? ~found - 1 : found;

        // Batches without rows begin where the next one does.
        while (Batches[found].Rows == 0 || row - firstRows[found] >= Batches[found].Rows)
        {
            found++;
        }

        return found;
    }

    /// <summary>The first row of a batch.</summary>
    public int FirstRow(int batch) => firstRows[batch];

    /// <summary>A column by its name; null where there is none.</summary>
    /// <exception cref="EventFormatException">Several columns have the name.</exception>
    public int? Find(string name)
    {
        int? found = null;
        for (int i = 0; i < Schema.Fields.Count; i++)
        {
            if (Schema.Fields[i].Name == name)
            {
                found = found is null
                    ? i
                    : throw new EventFormatException($"{Path} has several columns '{name}'. Name the columns differently.", Path, name);
            }
        }

        return found;
    }

    public void Dispose() => Bytes.Dispose();

    private void ReadHeaders()
    {
        Span<byte> head = stackalloc byte[8];
        if (Bytes.Length < 8)
        {
            throw Truncated();
        }

        Bytes.Read(0, head);
        if (head.StartsWith(Magic))
        {
            ReadFooter();
        }
        else
        {
            ReadStream();
        }
    }

    private void ReadFooter()
    {
        const int tailLength = sizeof(int) + 6;
        if (Bytes.Length < 8 + tailLength)
        {
            throw Truncated();
        }

        byte[] tail = Bytes.Read(Bytes.Length - tailLength, tailLength);
        int footerLength = BinaryPrimitives.ReadInt32LittleEndian(tail);
        long footerStart = Bytes.Length - tailLength - footerLength;
        if (!tail.AsSpan(sizeof(int)).SequenceEqual(Magic))
        {
            throw Truncated();
        }

        if (footerLength < 8 || footerStart < 8)
        {
            throw new InvalidDataException($"its footer of {footerLength} bytes does not fit into a file of {Bytes.Length}");
        }

        FlatTable footer = FlatTable.Root(Bytes.Read(footerStart, footerLength));
        int version = footer.Int16(0);
        schema = ArrowSchema.Read(footer.Table(1) ?? throw new InvalidDataException("its footer has no schema"), version);

        // Batches that stand within each other could say of a small file that it is a large one.
        long end = 8;
        ReadOnlySpan<byte> blocks = footer.Vector(3, 24);
        var places = new List<(long Start, int Header, long Body)>();
        for (int i = 0; i < blocks.Length; i += 24)
        {
            places.Add((
                BinaryPrimitives.ReadInt64LittleEndian(blocks[i..]),
                BinaryPrimitives.ReadInt32LittleEndian(blocks[(i + 8)..]),
                BinaryPrimitives.ReadInt64LittleEndian(blocks[(i + 16)..])));
        }

        foreach ((long start, int header, long body) in places)
        {
            if (start < end || header < 8 || body < 0 || start > footerStart - header || body > footerStart - start - header)
            {
                throw new InvalidDataException(
                    $"record batch {batches.Count} with a header of {header} and a body of {body} bytes at {start} does not fit between {end} and {footerStart}");
            }

            end = start + header + body;
            Add(ReadMessage(start, header), start + header, body);
        }
    }

    // A header is preceded by its length, and in files since 2019 that by a mark.
    private FlatTable ReadMessage(long start, int length)
    {
        byte[] bytes = Bytes.Read(start, length);
        int prefix = BinaryPrimitives.ReadInt32LittleEndian(bytes) == Continuation ? 8 : 4;
        int size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(prefix - 4));
        return size > 0 && size <= length - prefix
            ? FlatTable.Root(bytes[prefix..(prefix + size)])
            : throw new InvalidDataException($"a header of {length} bytes says that it has {size}");
    }

    private void ReadStream()
    {
        Span<byte> prefix = stackalloc byte[8];
        for (long start = 0; start < Bytes.Length;)
        {
            if (Bytes.Length - start < 8)
            {
                throw Truncated();
            }

            Bytes.Read(start, prefix);
            int size = BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(prefix) != Continuation || size < 0)
            {
                throw new InvalidDataException($"no message of a stream begins at byte {start}");
            }

            if (size == 0)
            {
                break;
            }

            if (size > Bytes.Length - start - 8)
            {
                throw Truncated();
            }

            FlatTable message = FlatTable.Root(Bytes.Read(start + 8, size));
            long body = start + 8 + size;
            long bodyLength = message.Int64(3);
            if (bodyLength < 0)
            {
                throw new InvalidDataException($"the message at byte {start} has a body of {bodyLength} bytes");
            }

            if (bodyLength > Bytes.Length - body)
            {
                throw Truncated();
            }

            if (message.Byte(1) == SchemaHeader && schema is null)
            {
                schema = ArrowSchema.Read(message.Table(2) ?? throw new InvalidDataException("its schema is missing"), message.Int16(0));
            }
            else if (message.Byte(1) == BatchHeader)
            {
                Add(message, body, bodyLength);
            }

            start = body + bodyLength;
        }

        if (schema is null)
        {
            throw new InvalidDataException("it has no schema");
        }
    }

    private void Add(FlatTable message, long body, long bodyLength)
    {
        if (message.Byte(1) != BatchHeader || message.Table(2) is not { } header)
        {
            throw new InvalidDataException($"message {batches.Count} is no record batch");
        }

        ArrowBatch batch = ArrowBatch.Read(header, body, bodyLength);
        firstRows.Add((int)rows);
        batches.Add(batch);
        if (batch.Rows > int.MaxValue - rows)
        {
            throw new InvalidDataException($"it says that it holds more than {int.MaxValue} rows");
        }

        rows += batch.Rows;
    }

    private EventFormatException Truncated() => new(
        $"{Path} is truncated: {Bytes.Length} bytes, and its end is missing. It may be what an interrupted copy or program left: copy or make it again.", Path);
}
