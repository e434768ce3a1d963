using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Rows that stand in chunks, of whatever shape and filters.</summary>
/// <remarks>
/// It reads by bands: all rows that one chunk's height covers. A band that is wanted whole goes to its place at once;
/// of one that is wanted in part the rest is kept for the next range. At most <see cref="CacheLimit"/> bytes of bands
/// are kept, or a single band where that is larger.
/// </remarks>
internal sealed class ChunkedRows : IRowStorage
{
    /// <summary>Bytes of decoded bands kept for the next range: 64 MiB.</summary>
    public const long CacheLimit = 64L << 20;

    private readonly SafeFileHandle file;
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

    public ChunkedRows(SafeFileHandle file, DatasetHeader header, int rowLength, int chunkLength, string path, string dataset)
    {
        this.file = file;
        this.header = header;
        this.rowLength = rowLength;
        this.chunkLength = chunkLength;
        this.path = path;
        this.dataset = dataset;
        fileLength = RandomAccess.GetLength(file);
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
                ReadBand(band, rows[..length]);
            }
            else
            {
                kept = cache.Rent(bandLength);
                ReadBand(band, kept);
                cache.Add(band, kept);
                kept.AsSpan(skipped, length).CopyTo(rows);
            }

            start += length / rowLength;
            rows = rows[length..];
        }
    }

    private void ReadBand(long band, Span<byte> rows)
    {
        int rank = header.Shape.Length;
        Span<long> origin = stackalloc long[rank];
        Span<long> shape = stackalloc long[rank];
        header.Shape.CopyTo(shape);
        shape[0] = rows.Length / rowLength;

        // One chunk that is the whole band needs no placing.
        byte[]? buffer = chunksInBand == 1 && rows.Length == chunkLength ? null : ArrayPool<byte>.Shared.Rent(chunkLength);
        try
        {
            for (long number = 0; number < chunksInBand; number++)
            {
                bool isEdge = FindOrigin(number, shape, origin);
                Span<byte> chunk = buffer is null ? rows : buffer.AsSpan(0, chunkLength);
                ReadChunk((band * chunksInBand) + number, band * header.ChunkShape[0], isEdge, chunk);
                if (buffer is not null)
                {
                    ChunkPlacement.Place(chunk, header.ChunkShape, origin, rows, shape, header.Element.Size);
                }
            }
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
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

    private void ReadChunk(long index, long row, bool isEdge, Span<byte> chunk)
    {
        ChunkAddress address = HdfErrors.Guard(path, dataset, row, () => header.ChunkAt(index));
        if (address.Offset is not long offset)
        {
            fill.Fill(chunk);
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

        int length = (int)address.Length;
        byte[] stored = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            new ContiguousRows(file, offset, length, path, dataset).ReadRows(0, stored.AsSpan(0, length));
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
}
