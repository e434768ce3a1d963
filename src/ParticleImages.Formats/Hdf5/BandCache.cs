namespace ParticleImages.Formats.Hdf5;

/// <summary>
/// Keeps the bands read last, so that row ranges that follow each other decode each chunk once. A band is all rows
/// that one chunk's height covers.
/// </summary>
/// <param name="limit">Bytes to keep at most; one band is kept however large it is.</param>
internal sealed class BandCache(long limit)
{
    // The band used last stands first.
    private readonly LinkedList<(long Band, byte[] Rows)> bands = [];
    private readonly Dictionary<long, LinkedListNode<(long Band, byte[] Rows)>> nodes = [];
    private long length;

    /// <summary>A band's rows if they are kept.</summary>
    public bool TryGet(long band, out byte[] rows)
    {
        if (!nodes.TryGetValue(band, out LinkedListNode<(long Band, byte[] Rows)>? node))
        {
            rows = [];
            return false;
        }

        bands.Remove(node);
        bands.AddFirst(node);
        rows = node.Value.Rows;
        return true;
    }

    /// <summary>Makes room for a band of some bytes, by forgetting those used longest ago; one of the same size is used again.</summary>
    public byte[] Rent(int bytes)
    {
        byte[]? reused = null;
        while (length + bytes > limit && bands.Last is { } last)
        {
            bands.RemoveLast();
            nodes.Remove(last.Value.Band);
            length -= last.Value.Rows.Length;
            reused = last.Value.Rows.Length == bytes ? last.Value.Rows : reused;
        }

        return reused ?? GC.AllocateUninitializedArray<byte>(bytes);
    }

    /// <summary>Keeps a band that was rented and read whole.</summary>
    public void Add(long band, byte[] rows)
    {
        nodes[band] = bands.AddFirst((band, rows));
        length += rows.Length;
    }
}
