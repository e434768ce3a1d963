using System.Buffers.Binary;

namespace ParticleImages.Formats.Arrow;

/// <summary>A record batch: some rows of all columns, as its header lays them out in the file.</summary>
internal sealed class ArrowBatch
{
    private readonly byte[] nodes;
    private readonly byte[] buffers;
    private readonly byte[] views;

    private ArrowBatch(long rows, byte[] nodes, byte[] buffers, byte[] views, ArrowCompression compression, long body)
    {
        Rows = rows;
        this.nodes = nodes;
        this.buffers = buffers;
        this.views = views;
        Compression = compression;
        Body = body;
    }

    public long Rows { get; }

    public ArrowCompression Compression { get; }

    /// <summary>Where in the file the buffers begin.</summary>
    public long Body { get; }

    public int NodeCount => nodes.Length / 16;

    public int BufferCount => buffers.Length / 16;

    /// <summary>Further buffers of each column of views.</summary>
    public IEnumerable<long> Views
    {
        get
        {
            for (int i = 0; i < views.Length; i += sizeof(long))
            {
                yield return BinaryPrimitives.ReadInt64LittleEndian(views.AsSpan(i));
            }
        }
    }

    /// <summary>Reads the header of a batch and holds its buffers against the length of its body.</summary>
    /// <exception cref="InvalidDataException">They do not fit.</exception>
    public static ArrowBatch Read(FlatTable batch, long body, long bodyLength)
    {
        long rows = batch.Int64(0);
        if (rows < 0)
        {
            throw new InvalidDataException($"a record batch has {rows} rows");
        }

        byte[] buffers = batch.Vector(2, 16).ToArray();
        for (int i = 0; i < buffers.Length; i += 16)
        {
            (long start, long length) = Pair(buffers, i);
            if (start < 0 || length < 0 || start > bodyLength - length)
            {
                throw new InvalidDataException($"buffer {i / 16} of a record batch lies at {start} with {length} bytes in a body of {bodyLength}");
            }
        }

        ArrowCompression compression = ArrowCompression.None;
        if (batch.Table(3) is { } codec)
        {
            compression = (codec.Byte(0), codec.Byte(1)) switch
            {
                (0, 0) => ArrowCompression.Lz4,
                (1, 0) => ArrowCompression.Zstd,
                var (name, method) => throw new InvalidDataException($"it is compressed with codec {name}, method {method}; lz4 (0) and zstd (1) by buffer (0) are read"),
            };
        }

        return new ArrowBatch(rows, batch.Vector(1, 16).ToArray(), buffers, batch.Vector(4, sizeof(long)).ToArray(), compression, body);
    }

    /// <summary>How many values a field has in this batch, and how many of them are null.</summary>
    public (long Length, long Nulls) Node(int index) => Pair(nodes, index * 16);

    /// <summary>Where in the file a buffer stands, and its bytes.</summary>
    public (long Start, long Length) Buffer(int index)
    {
        (long start, long length) = Pair(buffers, index * 16);
        return (Body + start, length);
    }

    private static (long First, long Second) Pair(byte[] pairs, int at) =>
        (BinaryPrimitives.ReadInt64LittleEndian(pairs.AsSpan(at)), BinaryPrimitives.ReadInt64LittleEndian(pairs.AsSpan(at + 8)));
}
