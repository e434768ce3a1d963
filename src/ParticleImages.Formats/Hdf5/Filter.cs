namespace ParticleImages.Formats.Hdf5;

/// <summary>One step that a chunk went through when it was written.</summary>
/// <param name="Identifier">Its number in the registry of HDF5 filters.</param>
/// <param name="StoredName">The name that the file gives it; often empty.</param>
/// <param name="Parameters">What the writer noted for the reader.</param>
internal readonly record struct Filter(ushort Identifier, string StoredName, uint[] Parameters)
{
    public const ushort Deflate = 1;
    public const ushort Shuffle = 2;
    public const ushort Fletcher = 3;
    public const ushort Lzf = 32000;

    /// <summary>Whether <see cref="FilterPipeline"/> can undo it.</summary>
    public bool IsKnown => Identifier is Deflate or Shuffle or Fletcher or Lzf;

    /// <summary>What people call it.</summary>
    public string Name => Identifier switch
    {
        Deflate => "gzip",
        Shuffle => "shuffle",
        Fletcher => "fletcher32",
        4 => "szip",
        5 => "nbit",
        6 => "scaleoffset",
        307 => "bzip2",
        Lzf => "lzf",
        32001 => "blosc",
        32004 => "lz4",
        32008 => "bitshuffle",
        32013 => "zfp",
        32015 => "zstd",
        32026 => "blosc2",
        _ => string.IsNullOrWhiteSpace(StoredName) ? $"filter {Identifier}" : StoredName,
    };
}
