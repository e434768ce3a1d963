using System.Buffers.Binary;
using Parquet.Schema;

namespace ParticleImages.Formats.Parquet;

/// <summary>
/// The first numbers of delta-encoded values: how they are cut into blocks and miniblocks. Parquet.Net takes memory for a miniblock by them.
/// Source: Apache Parquet format 2.11, Encodings.md, «Delta Encoding».
/// </summary>
internal static class DeltaHead
{
    // Writers use 128 to 1024.
    private const ulong MostOfBlock = 1 << 14;

    /// <summary>What stands behind the levels of a page of version 1, each kind of which says its length first.</summary>
    public static ReadOnlySpan<byte> BehindLevels(ReadOnlySpan<byte> page, DataField field)
    {
        for (int kinds = (field.MaxRepetitionLevel > 0 ? 1 : 0) + (field.MaxDefinitionLevel > 0 ? 1 : 0); kinds > 0; kinds--)
        {
            int length = page.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(page);
            if (length < 0 || length > page.Length - sizeof(int))
            {
                throw new InvalidDataException($"a page's levels say that they have {length} bytes, of {page.Length} in all");
            }

            page = page[(sizeof(int) + length)..];
        }

        return page;
    }

    /// <summary>Checks the head.</summary>
    /// <param name="values">The encoded values of a page.</param>
    /// <param name="most">As many values as there may be.</param>
    /// <param name="position">Where in the file the page stands.</param>
    /// <exception cref="InvalidDataException">No values are cut so.</exception>
    /// <exception cref="EndOfStreamException">The head goes on behind the page.</exception>
    public static void Check(ReadOnlySpan<byte> values, long most, long position)
    {
        var reader = new CompactReader(values);
        (ulong block, ulong miniblocks, ulong count) = (reader.ReadVariable(), reader.ReadVariable(), reader.ReadVariable());
        if (block is 0 or > MostOfBlock || miniblocks == 0 || miniblocks > block || block % miniblocks != 0 || block / miniblocks % 8 != 0 || count > (ulong)most)
        {
            throw new InvalidDataException(
                $"a page at byte {position} has {count} delta-encoded values in blocks of {block} and {miniblocks} miniblocks; it has {most} values, and blocks of up "
                + $"to {MostOfBlock} in miniblocks of a multiple of 8 are read");
        }
    }
}
