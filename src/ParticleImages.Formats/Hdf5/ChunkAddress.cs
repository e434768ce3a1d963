namespace ParticleImages.Formats.Hdf5;

/// <summary>Where a chunk lies in the file.</summary>
/// <param name="Offset">Its first byte, from the file's; null when the chunk was never written and holds fill values.</param>
/// <param name="Length">Its length as stored.</param>
/// <param name="FilterMask">Bit i is set when filter i of the pipeline was left out for this chunk.</param>
internal readonly record struct ChunkAddress(long? Offset, long Length, uint FilterMask);
