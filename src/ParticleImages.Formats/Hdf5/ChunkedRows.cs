using System.Buffers;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Rows that stand in chunks, of whatever shape and filters.</summary>
/// <remarks>
/// It reads by bands: all rows that one chunk's height covers. A band that is wanted whole goes to its place at once;
/// of one that is wanted in part the rest is kept for the next range. At most <see cref="CacheLimit"/> bytes of bands
/// are kept, or a single band where that is larger. Chunks are found one after the other, and read and decoded on several
/// threads, each with a chunk as stored and one or two while it is decoded.
/// </remarks>
internal sealed unsafe class ChunkedRows : IRowStorage
{
    /// <summary>Bytes of decoded bands kept for the next range: 64 MiB.</summary>
    public const long CacheLimit = 64L << 20;

    // Chunks whose places are looked up before any is read.
    private const int MostAddresses = 1 << 12;

    private readonly StructureFile file;
    private readonly long fileLength;
    private readonly DatasetHeader header;
    private readonly string path;
    private readonly string dataset;
    private readonly FilterPipeline pipeline;
    private readonly FillValue fill;
    private readonly BandCache cache = new(CacheLimit);
    private readonly int rowLength;
    private readonly int chunkLength;
    private readonly long chunksInBand;
    private readonly int threads;

    public ChunkedRows(StructureFile file, DatasetHeader header, (int Row, int Chunk) lengths, int threads, string path, string dataset)
    {
        this.file = file;
        this.header = header;
        (rowLength, chunkLength) = lengths;
        this.threads = threads;
        this.path = path;
        this.dataset = dataset;
        fileLength = RandomAccess.GetLength(file.Handle);
        pipeline = new FilterPipeline(header.Filters);
        fill = new FillValue(header.FillValue);
        chunksInBand = 1;
        for (int axis = 1; axis < header.Shape.Length; axis++)
        {
            chunksInBand = checked(chunksInBand * header.ChunksAlong(axis));
        }
    }

    public void ReadRows(long start, Span<byte> rows)
    {
        long height = header.ChunkShape[0];
        while (!rows.IsEmpty)
        {
            long band = start / height;
            long first = band * height;
            int bandLength = checked((int)Math.Min(height, header.Shape[0] - first) * rowLength);
            int skipped = (int)(start - first) * rowLength;
            int length = Math.Min(rows.Length, bandLength - skipped);
            if (cache.TryGet(band, out byte[] kept))
            {
                kept.AsSpan(skipped, length).CopyTo(rows);
            }
            else if (length == bandLength)
            {
                length = WholeBands(band, length, rows.Length);
                ReadBands(band, rows[..length]);
            }
            else
            {
                ChunkAddress[] addresses = Find(band, 1);
                if (Array.TrueForAll(addresses, address => address.Offset is null))
                {
                    fill.Fill(rows[..length]);
                }
                else
                {
                    kept = cache.Rent(bandLength);
                    ReadTogether(addresses, band, kept);
                    cache.Add(band, kept);
                    kept.AsSpan(skipped, length).CopyTo(rows);
                }
            }

            start += length / rowLength;
            rows = rows[length..];
        }
    }

    // The length of a band and of those behind it that are wanted whole and not kept: what can be decoded side by side.
    private int WholeBands(long band, int length, int wanted)
    {
        long height = header.ChunkShape[0];
        int all = length;
        while (all < wanted && !cache.TryGet(++band, out _))
        {
            long next = Math.Min(height, header.Shape[0] - (band * height)) * rowLength;
            if (next > wanted - all)
            {
                break;
            }

            all += (int)next;
        }

        return all;
    }

    private void ReadBands(long first, Span<byte> rows)
    {
        long bandLength = header.ChunkShape[0] * rowLength;
        long bands = (rows.Length + bandLength - 1) / bandLength;

        // Not by the number of threads: what is looked up before it is read decides which of two errors comes out.
        int most = (int)Math.Min(Math.Max(1, MostAddresses / chunksInBand), bands);
        for (long done = 0; done < bands; done += most)
        {
            most = (int)Math.Min(most, bands - done);
            long begin = done * bandLength;
            ReadTogether(Find(first + done, most), first + done, rows.Slice((int)begin, (int)Math.Min(most * bandLength, rows.Length - begin)));
        }
    }

    // Where the chunks of some bands lie, before memory is taken for what they say that they hold.
    private ChunkAddress[] Find(long first, int bands)
    {
        var addresses = new ChunkAddress[bands * chunksInBand];
        return file.Ask(
            path,
            dataset,
            first * header.ChunkShape[0],
            () =>
            {
                for (int i = 0; i < addresses.Length; i++)
                {
                    long index = (first * chunksInBand) + i;
                    long row = (first + (i / chunksInBand)) * header.ChunkShape[0];
                    addresses[i] = HdfErrors.Guard(path, dataset, row, () => header.ChunkAt(index));
                    CheckAddress(addresses[i], row);
                }

                return addresses;
            },
            addresses.Length);
    }

    private void ReadTogether(ChunkAddress[] addresses, long first, Span<byte> rows)
    {
        // Chunks that were never written are not made: one may be far larger than the part of it that lies within the dataset.
        if (Array.Exists(addresses, address => address.Offset is null))
        {
            fill.Fill(rows);
        }

        int length = rows.Length;
        fixed (byte* start = rows)
        {
            // A pointer is no variable of a lambda.
            nint pinned = (nint)start;
            SeveralThreads.Run(addresses.Length, threads, i =>
            {
                if (addresses[i].Offset is not long offset)
                {
                    return;
                }

                long band = i / chunksInBand;
                long begin = band * header.ChunkShape[0] * rowLength;
                var ofBand = new Span<byte>((byte*)pinned + begin, (int)Math.Min(header.ChunkShape[0] * rowLength, length - begin));
                ReadChunk(addresses[i], offset, first + band, i % chunksInBand, ofBand);
            });
        }
    }

    // Decodes a chunk to its place in its band.
    private void ReadChunk(ChunkAddress address, long offset, long band, long number, Span<byte> rows)
    {
        int rank = header.Shape.Length;
        Span<long> origin = stackalloc long[rank];
        Span<long> shape = stackalloc long[rank];
        header.Shape.CopyTo(shape);
        shape[0] = rows.Length / rowLength;
        bool isEdge = FindOrigin(number, shape, origin);
        long row = band * header.ChunkShape[0];

        // One chunk that is the whole band needs no placing.
        if (chunksInBand == 1 && rows.Length == chunkLength)
        {
            Decode(address, offset, row, isEdge, rows);
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(chunkLength);
        try
        {
            Span<byte> chunk = buffer.AsSpan(0, chunkLength);
            Decode(address, offset, row, isEdge, chunk);
            ChunkPlacement.Place(chunk, header.ChunkShape, origin, rows, shape, header.Element.Size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Where a chunk of the band begins, and whether it stands out over the dataset's edge.
    private bool FindOrigin(long number, ReadOnlySpan<long> shape, Span<long> origin)
    {
        bool isEdge = shape[0] < header.ChunkShape[0];
        origin[0] = 0;
        for (int axis = shape.Length - 1; axis > 0; axis--)
        {
            (number, long place) = Math.DivRem(number, header.ChunksAlong(axis));
            origin[axis] = place * header.ChunkShape[axis];
            isEdge |= origin[axis] + header.ChunkShape[axis] > shape[axis];
        }

        return isEdge;
    }

    private void CheckAddress(ChunkAddress address, long row)
    {
        if (address.Offset is not long offset)
        {
            return;
        }

        if (offset < 0 || address.Length < 0 || address.Length > fileLength - offset || address.Length > Array.MaxLength)
        {
            throw new EventFormatException(
                $"The chunk of '{dataset}' that begins with row {row} would stand beyond the end of {path} "
                + $"({address.Length} bytes from {offset}, of {fileLength}). The file is damaged: copy it again.",
                path,
                dataset,
                row);
        }

        if (pipeline.MostDecoded(address.Length) < chunkLength)
        {
            throw new EventFormatException(
                $"The chunk of '{dataset}' in {path} that begins with row {row} would hold {chunkLength} bytes in {address.Length} stored ones, "
                + "which its compression can't. The file is damaged: copy it again.",
                path,
                dataset,
                row);
        }
    }

    private void Decode(ChunkAddress address, long offset, long row, bool isEdge, Span<byte> chunk)
    {
        int length = (int)address.Length;
        byte[] stored = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            ReadStored(offset, row, stored.AsSpan(0, length));
            uint mask = isEdge && header.LeavesEdgeChunksUnfiltered ? uint.MaxValue : address.FilterMask;
            pipeline.Decode(stored, length, mask, chunk);
        }
        catch (InvalidDataException exception)
        {
            throw new EventFormatException(
                $"The chunk of '{dataset}' in {path} that begins with row {row} is damaged: {exception.Message} "
                + "Copy the file again; the rows of other chunks can still be read.",
                path,
                dataset,
                row,
                exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    private void ReadStored(long offset, long row, Span<byte> stored)
    {
        for (int done = 0; done < stored.Length;)
        {
            int read = RandomAccess.Read(file.Handle, stored[done..], offset + done);
            if (read == 0)
            {
                throw new EventFormatException(
                    $"{path} ends within the chunk of '{dataset}' that begins with row {row}. It was cut while open: copy it again.", path, dataset, row);
            }

            done += read;
        }
    }
}
