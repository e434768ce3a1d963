using PureHDF;
using PureHDF.VOL.Native;

namespace ParticleImages.Formats.Hdf5;

/// <summary>One dataset, readable by ranges of rows; a row is all that stands under one index of the first axis.</summary>
/// <remarks>For one thread at a time, as long as its file is open.</remarks>
internal sealed class Hdf5Dataset
{
    // All of them are looked up before one is read.
    private const int MostChunksInBand = 1 << 20;

    private readonly string path;
    private readonly StructureFile file;
    private readonly IRowStorage rows;

    /// <summary>Takes a dataset that was found.</summary>
    /// <param name="dataset">Its header.</param>
    /// <param name="name">The path by which it was found.</param>
    /// <param name="path">The file that was opened, for messages.</param>
    /// <param name="file">The file that holds it; another where an external link leads there.</param>
    /// <param name="threads">How many decode chunks.</param>
    /// <exception cref="EventFormatException">It is stored in a way that is not read.</exception>
    public Hdf5Dataset(NativeDataset dataset, string name, string path, StructureFile file, int threads)
    {
        this.path = path;
        this.file = file;
        Name = name;
        Header = HdfErrors.Guard(path, name, null, () => new DatasetHeader(dataset, file));
        CheckReadable();
        RowLength = LengthOf(Header.Shape.AsSpan(1), "row");
        rows = HdfErrors.Guard(path, name, null, () => StorageOf(dataset, threads));
    }

    /// <summary>The full path within the file.</summary>
    public string Name { get; }

    public DatasetHeader Header { get; }

    /// <summary>Bytes a row, as stored.</summary>
    public int RowLength { get; }

    /// <summary>Rows that are decoded together, from each multiple of this number on: a chunk's height, 1 where there are no chunks.</summary>
    public long RowsTogether => Header.Layout == H5DataLayoutClass.Chunked ? Header.ChunkShape[0] : 1;

    /// <summary>Reads whole rows as stored; the range lies within the dataset.</summary>
    public void ReadRows(long start, Span<byte> destination) => rows.ReadRows(start, destination);

    private void CheckReadable()
    {
        if (!Header.HasValues || Header.Shape.Length == 0)
        {
            throw Refusal("is a single value", "Name a dataset with one row an event");
        }

        if (Header.Layout == H5DataLayoutClass.VirtualStorage)
        {
            throw Refusal(
                "is virtual, a view over other files",
                "Open those files and join them with Concat, or write real values with h5repack -l CONTI");
        }

        if (Header.HasExternalStorage)
        {
            throw Refusal("keeps its values in raw files beside it", "Write one file with h5repack -l CONTI");
        }

        if (Header.Filters.Where(filter => !filter.IsKnown).ToArray() is [var unknown, ..])
        {
            throw Refusal(
                $"is compressed with {unknown.Name}; gzip, lzf, shuffle and fletcher32 are read",
                "Rewrite it with h5repack -f GZIP=4");
        }

        if (Header.Element.IsNumber)
        {
            CheckShuffle();
            CheckFillValue();
        }
    }

    // One of another length would fill a row out of step with its elements.
    private void CheckFillValue()
    {
        if (Header.FillValue is { Length: > 0 } value && value.Length != Header.Element.Size)
        {
            throw Refusal(
                $"has elements of {Header.Element.Size} bytes, and a fill value of {value.Length} for those that were never written",
                "The file is damaged: copy it again");
        }
    }

    // The element size stands twice in the file; undoing a shuffle by another than the writer's gives plausible nonsense.
    private void CheckShuffle()
    {
        foreach (Filter shuffle in Header.Filters.Where(filter => filter.Identifier == Filter.Shuffle))
        {
            if (shuffle.Parameters is not [var size, ..] || size != Header.Element.Size)
            {
                throw Refusal(
                    $"has elements of {Header.Element.Size} bytes, and a shuffle filter for elements of another size "
                    + $"({string.Join(", ", shuffle.Parameters)})",
                    "The file is damaged: copy it again");
            }
        }
    }

    private void CheckChunks()
    {
        if (Header.HasMisnumberedChunks)
        {
            throw Refusal(
                "may grow in another axis than the first and has a chunk index of the newest file format, which is not read",
                "Rewrite it with h5repack --low=0 --high=1, or without growing axes");
        }

        Int128 chunks = 1;
        for (int axis = 0; axis < Header.Shape.Length; axis++)
        {
            chunks *= Header.ChunksAlong(axis);
            if (chunks > Header.MostChunks)
            {
                throw Refusal(
                    $"has more than {Header.MostChunks} chunks in an index of the newest file format, and may grow or stands behind a user block; so "
                    + "many are not read there",
                    "Rewrite it in larger chunks with h5repack -l CHUNK=…, or with --low=0 --high=1");
            }
        }

        chunks = 1;
        for (int axis = 1; axis < Header.Shape.Length; axis++)
        {
            chunks *= Header.ChunksAlong(axis);
            if (chunks > MostChunksInBand)
            {
                throw Refusal(
                    $"has its rows cut into more than {MostChunksInBand} chunks each ({string.Join(" × ", Header.ChunkShape)} elements a chunk)",
                    "Rewrite it in larger chunks with h5repack -l CHUNK=…");
            }
        }
    }

    private IRowStorage StorageOf(NativeDataset dataset, int threads)
    {
        switch (Header.Layout)
        {
            case H5DataLayoutClass.Contiguous when Header.ContiguousOffset is long offset:
                CheckWithinFile(offset);
                return new ContiguousRows(file.Handle, offset, RowLength, path, Name, threads);
            case H5DataLayoutClass.Contiguous:
                return new FillValue(Header.FillValue);
            case H5DataLayoutClass.Compact:
                return new MemoryRows(dataset.Read<byte[]>(), RowLength);
            case H5DataLayoutClass.Chunked:
                int chunkLength = LengthOf(Header.ChunkShape, "chunk");
                CheckChunks();
                LengthOf([Math.Clamp(Header.ChunkShape[0], 1, Math.Max(1, Header.Shape[0])), .. Header.Shape.AsSpan(1)], "row of chunks");
                return new ChunkedRows(file, Header, (RowLength, chunkLength), threads, path, Name);
            default:
                throw Refusal($"is stored as {Header.Layout}, which is not read", "Rewrite it with h5repack");
        }
    }

    private void CheckWithinFile(long offset)
    {
        long length = RandomAccess.GetLength(file.Handle);
        if (offset < 0 || offset > length || Header.Shape[0] > (length - offset) / RowLength)
        {
            throw Refusal(
                $"would stand beyond the file's end ({Header.Shape[0]} rows of {RowLength} bytes from byte {offset}, of {length})",
                "The file is damaged: copy it again");
        }
    }

    private int LengthOf(ReadOnlySpan<long> shape, string what)
    {
        Int128 length = Header.Element.Size;
        foreach (long axis in shape)
        {
            length *= axis;
            if (axis < 1 || length > Array.MaxLength)
            {
                throw Refusal(
                    $"has a {what} of {string.Join(" × ", shape.ToArray())} elements; from 1 byte to 2 GiB are read",
                    "Rewrite it in smaller chunks of whole rows with h5repack -l CHUNK=…");
            }
        }

        return (int)length;
    }

    private EventFormatException Refusal(string what, string nextStep) =>
        new($"'{Name}' of {path} {what}. {nextStep}.", path, Name);
}
