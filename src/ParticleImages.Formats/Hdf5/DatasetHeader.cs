using System.Collections;
using System.Runtime.CompilerServices;
using PureHDF;
using PureHDF.VOL.Native;
using static ParticleImages.Formats.Hdf5.Hidden;

namespace ParticleImages.Formats.Hdf5;

/// <summary>
/// What a dataset's object header says: shape, type, storage, filters, and where each chunk lies.
/// </summary>
internal sealed class DatasetHeader
{
    private readonly StructureFile file;
    private readonly long[] maximumShape;
    private readonly object layout;
    private readonly object properties;
    private readonly Lazy<Func<long, ChunkAddress>> chunkIndex;

    public DatasetHeader(NativeDataset dataset, StructureFile file)
    {
        this.file = file;
        Shape = Lengths(dataset.Space.Dimensions);
        maximumShape = dataset.Space.MaxDimensions.Select(length => (long)Math.Min(length, long.MaxValue)).ToArray();
        HasValues = dataset.Space.Type != H5DataspaceType.Null;
        Layout = dataset.Layout.Class;
        ChunkShape = Layout == H5DataLayoutClass.Chunked ? Lengths(dataset.Layout.Chunks) : [];
        FillValue = dataset.FillValue.Value;
        Element = ElementOf(dataset.Type, Get(dataset, "InternalDataType"));
        Filters = Find(dataset, "InternalFilterPipeline") is { } pipeline ? FiltersOf(pipeline) : [];
        HasExternalStorage = Find(dataset, "InternalExternalFileList") is not null;
        layout = Get(dataset, "InternalDataLayout");

        // Layout messages of versions 1 and 2 have no properties of their own.
        properties = Find(layout, "Properties") ?? layout;
        chunkIndex = new Lazy<Func<long, ChunkAddress>>(() => ChunkIndexOf(dataset));
    }

    public long[] Shape { get; }

    /// <summary>False for a null dataspace, which has neither shape nor values.</summary>
    public bool HasValues { get; }

    public ElementType Element { get; }

    public H5DataLayoutClass Layout { get; }

    /// <summary>Empty unless the dataset is chunked.</summary>
    public long[] ChunkShape { get; }

    /// <summary>The bytes of one element that was never written; null for zeros.</summary>
    public byte[]? FillValue { get; }

    public IReadOnlyList<Filter> Filters { get; }

    /// <summary>True when the values stand in raw files beside this one.</summary>
    public bool HasExternalStorage { get; }

    /// <summary>Where contiguous values begin; null when none were written yet.</summary>
    public long? ContiguousOffset => Absolute((ulong)Get(properties, "Address"));

    /// <summary>
    /// True when an index of the newer file format numbers the chunks by the largest shape allowed, in an axis other
    /// than the first; PureHDF 2.2.0 numbers them by the shape of today and would find other chunks.
    /// </summary>
    public bool HasMisnumberedChunks =>
        IndexName is "FixedArrayIndexingInformation" or "ExtensibleArrayIndexingInformation" or "ImplicitIndexingInformation"
        && Enumerable.Range(1, Math.Max(0, Shape.Length - 1)).Any(axis => maximumShape[axis] != Shape[axis]);

    /// <summary>
    /// The number of chunks up to which PureHDF 2.2.0 finds each in this kind of index: in an extensible array up to
    /// its first paged block, in a version 2 B-tree while it has at most two levels of inner nodes. Those are the
    /// indexes of datasets that may grow, in the newest file format. Behind a user block it counts the block's length twice for all but the first page of a fixed array.
    /// </summary>
    public long MostChunks => IndexName switch
    {
        "ExtensibleArrayIndexingInformation" => 131_060,
        "BTree2IndexingInformation" => 5_000,
        "FixedArrayIndexingInformation" when file.Superblock.BaseAddress != 0 => 1_024,
        _ => long.MaxValue,
    };

    /// <summary>True when chunks that stand out over the edge are stored unfiltered whatever their mask says.</summary>
    public bool LeavesEdgeChunksUnfiltered =>
        Find(properties, "Flags") is { } flags
        && (Convert.ToInt32(flags, System.Globalization.CultureInfo.InvariantCulture) & 1) != 0;

    private string? IndexName => Find(properties, "IndexingInformation")?.GetType().Name;

    /// <summary>The number of chunks along an axis.</summary>
    public long ChunksAlong(int axis) => (Shape[axis] / ChunkShape[axis]) + (Shape[axis] % ChunkShape[axis] > 0 ? 1 : 0);

    /// <summary>Looks a chunk up in the file's index.</summary>
    /// <param name="index">The chunk's number in C order.</param>
    public ChunkAddress ChunkAt(long index) => chunkIndex.Value(index);

    private Func<long, ChunkAddress> ChunkIndexOf(NativeDataset dataset)
    {
        var address = (ulong)Get(properties, "Address");
        if (Absolute(address) is null)
        {
            return _ => default;
        }

        if (layout.GetType().Name != "DataLayoutMessage4")
        {
            var tree = new ChunkTree(file, address, ChunkShape);
            return index => tree.TryFind(PlaceOf(index), out ulong found, out uint length, out uint mask)
                ? new ChunkAddress(Absolute(found), length, mask)
                : default;
        }

        object description = Activator.CreateInstance(
            TypeNamed("DatasetInfo"),
            Get(dataset, "InternalDataspace"),
            Get(dataset, "InternalDataType"),
            layout,
            Get(dataset, "InternalFillValue"),
            Find(dataset, "InternalFilterPipeline"),
            Find(dataset, "InternalExternalFileList"))!;
        object chunks = Call(
            TypeNamed("H5D_Chunk"), null, "Create", Get(dataset, "Context"), null, description, default(H5DatasetAccess), default(H5DatasetCreation))!;
        Call(chunks.GetType(), chunks, "Initialize");
        return index =>
        {
            object found = Call(chunks.GetType(), chunks, "GetReadChunkInfo", (ulong)index)!;
            return new ChunkAddress(
                Absolute((ulong)Get(found, "Address")),
                checked((long)(ulong)Get(found, "Size")),
                (uint)Get(found, "FilterMask"));
        };
    }

    // A chunk's number in each axis.
    private long[] PlaceOf(long index)
    {
        var place = new long[Shape.Length];
        for (int axis = Shape.Length - 1; axis >= 0; axis--)
        {
            (index, place[axis]) = Math.DivRem(index, ChunksAlong(axis));
        }

        return place;
    }

    private long? Absolute(ulong address) =>
        address == file.Superblock.UndefinedAddress || address == ulong.MaxValue
            ? null
            : checked((long)address + file.Superblock.BaseAddress);

    private static long[] Lengths(ulong[] lengths) => [.. lengths.Select(length => checked((long)length))];

    private static IReadOnlyList<Filter> FiltersOf(object pipeline) =>
        [.. ((IEnumerable)Get(pipeline, "FilterDescriptions")).Cast<object>().Select(description => new Filter(
            (ushort)Get(description, "Identifier"),
            (string)Get(description, "Name"),
            (uint[])Get(description, "ClientData")))];

    private static ElementType ElementOf(IH5DataType type, object message)
    {
        switch (type.Class)
        {
            case H5DataTypeClass.FloatingPoint:
                return NumberOf(IsIeee(type.Size, message) ? ElementKind.Float : ElementKind.Other, "float", type.Size, message);
            case H5DataTypeClass.FixedPoint:
                bool signed = type.FixedPoint.IsSigned;
                return NumberOf(
                    IsWhole(type.Size, message) ? (signed ? ElementKind.Signed : ElementKind.Unsigned) : ElementKind.Other,
                    signed ? "int" : "uint",
                    type.Size,
                    message);
            case H5DataTypeClass.BitField:
                return NumberOf(
                    IsWhole(type.Size, message) ? ElementKind.Unsigned : ElementKind.Other, "bitfield", type.Size, message);
            case H5DataTypeClass.Enumerated:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                object enumeration = FirstProperty(message);
                ElementType basis = ElementOf(type.Enumeration.BaseType, Get(enumeration, "BaseType"));
                var names = (IEnumerable<string>)Get(enumeration, "Names");
                return basis with { Name = names.Order().SequenceEqual(["FALSE", "TRUE"]) ? "bool" : $"enumeration of {basis.Name}" };
            default:
                return new ElementType(ElementKind.Other, type.Size, false, type.Class switch
                {
                    H5DataTypeClass.String => $"text of {type.Size} bytes",
                    H5DataTypeClass.VariableLength => "variable length",
                    H5DataTypeClass.Compound => "compound",
                    var other => other.ToString().ToLowerInvariant(),
                });
        }
    }

    private static ElementType NumberOf(ElementKind kind, string name, int size, object message)
    {
        string order = Get(Get(message, "BitField"), "ByteOrder").ToString()!;
        string form = kind == ElementKind.Other ? " of an unusual form" : "";
        return new ElementType(
            order == "VaxEndian" ? ElementKind.Other : kind,
            size,
            order == "BigEndian",
            $"{name}{8 * size}{form}{(order == "BigEndian" && size > 1 ? " big-endian" : "")}");
    }

    // The binary16, binary32 and binary64 of IEEE 754: where exponent and mantissa begin, how long they are, the bias.
    private static bool IsIeee(int size, object message)
    {
        object form = FirstProperty(message);
        var found = ((byte)Get(form, "ExponentLocation"), (byte)Get(form, "ExponentSize"),
            (byte)Get(form, "MantissaLocation"), (byte)Get(form, "MantissaSize"), (uint)Get(form, "ExponentBias"));
        return IsWhole(size, message) && size switch
        {
            2 => found == (10, 5, 0, 10, 15u),
            4 => found == (23, 8, 0, 23, 127u),
            8 => found == (52, 11, 0, 52, 1023u),
            _ => false,
        };
    }

    // An integer may use fewer bits than its bytes have.
    private static bool IsWhole(int size, object message)
    {
        object form = FirstProperty(message);
        return (ushort)Get(form, "BitOffset") == 0 && (ushort)Get(form, "BitPrecision") == 8 * size;
    }

    private static object FirstProperty(object message) => ((IEnumerable)Get(message, "Properties")).Cast<object>().First();
}
