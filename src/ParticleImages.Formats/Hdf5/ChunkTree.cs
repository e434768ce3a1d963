using System.Buffers.Binary;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Where the chunks of an older dataset lie: a version 1 B-tree, ordered by where chunks begin. Source: HDF5 File Format Specification 3.0, section III.A.1.</summary>
/// <param name="file">The file.</param>
/// <param name="root">Where the tree's root stands.</param>
/// <param name="chunkShape">The chunks' length in each axis.</param>
internal sealed class ChunkTree(StructureFile file, ulong root, long[] chunkShape)
{
    // Behind the length and the filter mask, 4 bytes each: the chunk's first element in each axis, and a zero.
    private const int PlaceAt = 8;

    // The node looked at last on each level: chunks are asked for in order.
    private readonly Dictionary<int, (ulong Address, TreeNode Node)> last = [];

    private int KeyLength => PlaceAt + ((chunkShape.Length + 1) * sizeof(ulong));

    /// <summary>Looks a chunk up.</summary>
    /// <param name="chunk">Its number in each axis.</param>
    /// <param name="address">Where it lies, from the file's base address.</param>
    /// <param name="length">Its bytes as stored.</param>
    /// <param name="filterMask">The filters that were left out.</param>
    /// <returns>False when the chunk was never written.</returns>
    /// <exception cref="InvalidDataException">The tree is damaged.</exception>
    public bool TryFind(ReadOnlySpan<long> chunk, out ulong address, out uint length, out uint filterMask)
    {
        (address, length, filterMask) = (root, 0, 0);
        TreeNode? node = null;
        for (int depth = 0; ; depth++)
        {
            node = NodeAt(depth, address, node);
            int child = LastUpTo(node, chunk);
            if (child < 0)
            {
                return false;
            }

            address = node.Child(child);
            if (node.Level == 0)
            {
                length = BinaryPrimitives.ReadUInt32LittleEndian(node.Key(child));
                filterMask = BinaryPrimitives.ReadUInt32LittleEndian(node.Key(child)[sizeof(uint)..]);
                return Compare(node.Key(child), chunk) == 0;
            }
        }
    }

    private TreeNode NodeAt(int depth, ulong address, TreeNode? parent)
    {
        if (last.TryGetValue(depth, out (ulong Address, TreeNode Node) kept) && kept.Address == address)
        {
            return kept.Node;
        }

        TreeNode node = TreeNode.Read(file, address, TreeNode.Chunks, KeyLength, parent);

        // In a node out of order chunks would be missed, and be taken for some that were never written.
        for (int i = 1; i < node.Count; i++)
        {
            if (Compare(node.Key(i - 1), node.Key(i)) >= 0)
            {
                throw new InvalidDataException($"the chunks in the index at address {address} are out of order");
            }
        }

        last[depth] = (address, node);
        return node;
    }

    // The last child that begins at the chunk or before it; −1 where all begin behind.
    private int LastUpTo(TreeNode node, ReadOnlySpan<long> chunk)
    {
        int low = 0;
        int high = node.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Compare(node.Key(middle), chunk) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private int Compare(ReadOnlySpan<byte> key, ReadOnlySpan<long> chunk)
    {
        for (int axis = 0; axis < chunk.Length; axis++)
        {
            int order = PlaceOf(key, axis).CompareTo((ulong)(chunk[axis] * chunkShape[axis]));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private int Compare(ReadOnlySpan<byte> key, ReadOnlySpan<byte> other)
    {
        for (int axis = 0; axis < chunkShape.Length; axis++)
        {
            int order = PlaceOf(key, axis).CompareTo(PlaceOf(other, axis));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static ulong PlaceOf(ReadOnlySpan<byte> key, int axis) => BinaryPrimitives.ReadUInt64LittleEndian(key[(PlaceAt + (axis * sizeof(ulong)))..]);
}
