using System.Buffers.Binary;
using System.Collections;
using System.Text;
using PureHDF.VOL.Native;
using static ParticleImages.Formats.Hdf5.Hidden;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Lists what a group says under which name, and follows none of it: PureHDF would follow links in a circle, and open whatever file one names.</summary>
internal static class GroupLinks
{
    // What a link takes beside its name.
    private const int LinkSteps = 8;

    /// <summary>The links in the order in which the group, or its index, has them; of several of one name the first.</summary>
    public static OrderedDictionary<string, Link> Of(HdfObject group)
    {
        var links = new OrderedDictionary<string, Link>();
        object[] messages = [.. ((IEnumerable)Get(Get(group.Native, "Header"), "HeaderMessages")).Cast<object>().Select(message => Get(message, "Data"))];
        foreach (object message in messages)
        {
            switch (message.GetType().Name)
            {
                case "SymbolTableMessage":
                    Add(OfTable(group.File, (ulong)Get(message, "BTree1Address"), (ulong)Get(message, "LocalHeapAddress")));
                    break;
                case "LinkMessage":
                    Add([Of(message)]);
                    break;
                case "LinkInfoMessage" when (ulong)Get(message, "BTree2NameIndexAddress") != group.File.Superblock.UndefinedAddress
                    && (ulong)Get(message, "BTree2NameIndexAddress") != ulong.MaxValue:
                    Add(((IEnumerable)Call(typeof(NativeGroup), group.Native, "EnumerateLinkMessagesFromLinkInfoMessage", message)!).Cast<object>().Select(Of));
                    break;
            }
        }

        return links;

        void Add(IEnumerable<Link> more)
        {
            foreach (Link link in more)
            {
                group.File.Spend(LinkSteps + link.Name.Length);
                links.TryAdd(link.Name, link);
            }
        }
    }

    private static Link Of(object message)
    {
        var name = (string)Get(message, "LinkName");
        object target = Get(message, "LinkInfo");
        return target.GetType().Name switch
        {
            "HardLinkInfo" => new(name, (ulong)Get(target, "HeaderAddress")),
            "SoftLinkInfo" => new(name, null, (string)Get(target, "Value")),
            "ExternalLinkInfo" => new(name, null, (string)Get(target, "FullObjectPath"), (string)Get(target, "FilePath")),
            _ => new(name, null),
        };
    }

    // Groups of the older format: a tree of symbol tables, whose names stand in a heap. Source: HDF5 File Format Specification 3.0, sections III.A to III.D.
    private static IEnumerable<Link> OfTable(StructureFile file, ulong tree, ulong heap)
    {
        (int addressLength, int lengthLength) = (file.Superblock.AddressLength, file.Superblock.LengthLength);
        byte[] head = file.BytesAt(heap, 8 + (2 * lengthLength) + addressLength);
        Check(head, "HEAP"u8, heap);
        byte[] names = file.BytesAt(
            Superblock.Address(head, 8 + (2 * lengthLength), addressLength), checked((long)Superblock.Address(head, 8, lengthLength)));
        foreach (ulong table in Leaves(file, tree, lengthLength, null))
        {
            byte[] start = file.BytesAt(table, 8);
            Check(start, "SNOD"u8, table);
            int entryLength = (2 * addressLength) + 24;
            int count = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(6));
            byte[] entries = file.BytesAt(table + 8, (long)count * entryLength);
            for (int at = 0; at < entries.Length; at += entryLength)
            {
                string name = TextAt(names, Superblock.Address(entries, at, addressLength));

                // Two numbers of 4 bytes tell what the next 16 bytes hold; 2 is the path of a soft link.
                bool isSoft = BinaryPrimitives.ReadUInt32LittleEndian(entries.AsSpan(at + (2 * addressLength))) == 2;
                yield return isSoft
                    ? new Link(name, null, TextAt(names, BinaryPrimitives.ReadUInt32LittleEndian(entries.AsSpan(at + (2 * addressLength) + 8))))
                    : new Link(name, Superblock.Address(entries, at + addressLength, addressLength));
            }
        }
    }

    // A level is one less than that above, so this ends.
    private static IEnumerable<ulong> Leaves(StructureFile file, ulong address, int keyLength, TreeNode? parent)
    {
        TreeNode node = TreeNode.Read(file, address, TreeNode.Groups, keyLength, parent);
        for (int i = 0; i < node.Count; i++)
        {
            if (node.Level == 0)
            {
                yield return node.Child(i);
                continue;
            }

            foreach (ulong leaf in Leaves(file, node.Child(i), keyLength, node))
            {
                yield return leaf;
            }
        }
    }

    private static void Check(ReadOnlySpan<byte> block, ReadOnlySpan<byte> signature, ulong address)
    {
        if (!block.StartsWith(signature))
        {
            throw new InvalidDataException($"a group has no {Encoding.ASCII.GetString(signature)} at address {address} where it should");
        }
    }

    private static string TextAt(byte[] heap, ulong offset)
    {
        int length = offset < (ulong)heap.Length ? heap.AsSpan((int)offset).IndexOf((byte)0) : -1;
        return length < 0
            ? throw new InvalidDataException($"a name at {offset} stands outside its group's names")
            : Encoding.UTF8.GetString(heap, (int)offset, length);
    }
}
