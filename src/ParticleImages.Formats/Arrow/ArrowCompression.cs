namespace ParticleImages.Formats.Arrow;

/// <summary>How the buffers of an Arrow file are compressed.</summary>
public enum ArrowCompression
{
    /// <summary>Not at all, the default: any event is found at once, and hits are used where they stand in the file.</summary>
    None = 0,

    /// <summary>LZ4 frames: fast.</summary>
    Lz4 = 1,

    /// <summary>Zstandard: small.</summary>
    Zstd = 2,
}
