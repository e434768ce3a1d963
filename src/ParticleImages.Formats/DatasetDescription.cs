namespace ParticleImages.Formats;

/// <summary>What a file says of one of its datasets or arrays.</summary>
/// <param name="Name">Its name; for HDF5 the full path.</param>
/// <param name="Shape">The length of each axis; empty for a scalar.</param>
/// <param name="ElementType">For example <c>float32</c>, <c>int64 big-endian</c>.</param>
/// <param name="Storage">How it is laid down, for example <c>contiguous</c>, <c>chunks of 3000 × 32 × 32 × 2, lzf</c>,
/// <c>3 row groups of 50000 to 65536 rows, zstd</c>.</param>
public sealed record DatasetDescription(string Name, IReadOnlyList<long> Shape, string ElementType, string Storage);
