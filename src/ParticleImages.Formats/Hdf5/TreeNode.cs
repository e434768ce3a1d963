using System.Buffers.Binary;

namespace ParticleImages.Formats.Hdf5;

/// <summary>A node of a version 1 B-tree, which indexes the links of older groups and the chunks of older datasets. Source: HDF5 File Format Specification 3.0, section III.A.1.</summary>
/// <remarks>Read by us, not by PureHDF: it believes that a tree's levels end, and follows one that leads back to itself until the stack overflows.</remarks>
internal sealed class TreeNode
{
    public const int Groups = 0;
    public const int Chunks = 1;

    private readonly byte[] entries;
    private readonly int keyLength;
    private readonly int addressLength;

    private TreeNode(int level, int count, byte[] entries, int keyLength, int addressLength)
    {
        Level = level;
        Count = count;
        this.entries = entries;
        this.keyLength = keyLength;
        this.addressLength = addressLength;
    }

    /// <summary>0 where the children are what the tree is an index of; else they are nodes of one level less.</summary>
    public int Level { get; }

    /// <summary>The number of children.</summary>
    public int Count { get; }

    /// <summary>Reads a node.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">Where the node stands.</param>
    /// <param name="type"><see cref="Groups"/> or <see cref="Chunks"/>.</param>
    /// <param name="keyLength">The bytes of a key.</param>
    /// <param name="parent">The node above; null for the root.</param>
    /// <exception cref="InvalidDataException">There is no such node.</exception>
    public static TreeNode Read(StructureFile file, ulong address, int type, int keyLength, TreeNode? parent)
    {
        int addressLength = file.Superblock.AddressLength;
        int headLength = 8 + (2 * addressLength);
        byte[] head = file.BytesAt(address, headLength);
        int level = head[5];
        if (!head.AsSpan().StartsWith("TREE"u8) || head[4] != type || (parent is not null && level != parent.Level - 1))
        {
            throw new InvalidDataException($"an index has no node at address {address} where it should, or one of another level");
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(6));

        // The key behind the last child is left out: it bounds what may be added.
        byte[] entries = file.BytesAt(address + (ulong)headLength, (long)count * (keyLength + addressLength));
        return new TreeNode(level, count, entries, keyLength, addressLength);
    }

    public ReadOnlySpan<byte> Key(int child) => entries.AsSpan(child * (keyLength + addressLength), keyLength);

    public ulong Child(int child) => Superblock.Address(entries, (child * (keyLength + addressLength)) + keyLength, addressLength);
}
