using System.Buffers.Binary;
using System.Numerics;
using Parquet.Meta;
using Parquet.Schema;

namespace ParticleImages.Formats.Parquet;

/// <summary>
/// Goes through what a page holds: as many levels and values as its header says, in as many bytes as they need. Where a page has fewer,
/// Parquet.Net leaves in their places what stood in memory before. Source: Apache Parquet format 2.11, Encodings.md.
/// </summary>
internal static class PageContents
{
    // Writers cut delta-encoded values into blocks of 128 to 1024; Parquet.Net takes memory for a part of one by its head.
    private const ulong MostOfBlock = 1 << 14;

    /// <summary>Checks a page.</summary>
    /// <param name="head">What its header says.</param>
    /// <param name="field">The column.</param>
    /// <param name="levels">The levels that stand before the contents of a page of version 2.</param>
    /// <param name="contents">The contents, decompressed.</param>
    /// <exception cref="InvalidDataException">There are fewer values than the header says, or other ones than it can hold.</exception>
    /// <exception cref="EndOfStreamException">The contents go on behind the page.</exception>
    public static void Check(PageHead head, DataField field, ReadOnlySpan<byte> levels, ReadOnlySpan<byte> contents)
    {
        long values = head.Values;
        bool isVersion2 = head.Kind == PageType.DATA_PAGE_V2;
        if (head.Kind != PageType.DICTIONARY_PAGE)
        {
            if (field.MaxRepetitionLevel > 0)
            {
                Runs.Count(LevelsOf(ref contents), BitsOf(field.MaxRepetitionLevel), values, "repetition levels");
            }

            if (field.MaxDefinitionLevel > 0)
            {
                values = Runs.Count(
                    isVersion2 ? levels : LevelsOf(ref contents), BitsOf(field.MaxDefinitionLevel), values, "definition levels", (uint)field.MaxDefinitionLevel);
            }

            if (isVersion2 && values != head.Values - head.Nulls)
            {
                throw new InvalidDataException($"a page says that {head.Nulls} of its {head.Values} values are missing, and its levels that {head.Values - values} are");
            }
        }

        CheckValues(head, field, values, contents);
    }

    private static void CheckValues(PageHead head, DataField field, long values, ReadOnlySpan<byte> contents)
    {
        if (values == 0)
        {
            return;
        }

        // Types of 8 and 16 bits are stored as 32.
        int bits = System.Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Boolean => 1,
            TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 64,
            _ => 32,
        };
        Encoding encoding = head.Kind == PageType.DICTIONARY_PAGE ? Encoding.PLAIN : head.Encoding;
        switch (encoding)
        {
            case Encoding.PLAIN_DICTIONARY or Encoding.RLE_DICTIONARY:
                // Of no bits all places are the first, and no runs are needed.
                if (contents is not [0, ..])
                {
                    Runs.Count(contents.IsEmpty ? [] : contents[1..], contents.IsEmpty ? 0 : contents[0], values, "places in the dictionary");
                }

                break;
            case Encoding.DELTA_BINARY_PACKED:
                CheckDelta(contents, values, bits);
                break;
            case Encoding.BYTE_STREAM_SPLIT when System.Type.GetTypeCode(field.ClrType) is TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16:
                // Parquet.Net takes as many streams as the type has bytes, and there are four.
                throw new NotSupportedException("it holds integers of 8 or 16 bits as split bytes (BYTE_STREAM_SPLIT)");
            default:
                long needed = ((values * bits) + 7) / 8;
                if (contents.Length < needed)
                {
                    throw new InvalidDataException($"a page has {contents.Length} bytes where its {values} values need {needed}");
                }

                break;
        }
    }

    // In a page of version 1 each kind of levels says its length first.
    private static ReadOnlySpan<byte> LevelsOf(ref ReadOnlySpan<byte> contents)
    {
        int length = contents.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(contents);
        if (length < 0 || length > contents.Length - sizeof(int))
        {
            throw new InvalidDataException($"a page's levels say that they have {length} bytes, of {contents.Length} in all");
        }

        ReadOnlySpan<byte> levels = contents.Slice(sizeof(int), length);
        contents = contents[(sizeof(int) + length)..];
        return levels;
    }

    private static int BitsOf(int mostLevel) => BitOperations.Log2((uint)mostLevel) + 1;

    // Blocks of a smallest difference, the width of every miniblock, and the miniblocks.
    private static void CheckDelta(ReadOnlySpan<byte> contents, long values, int bits)
    {
        var reader = new CompactReader(contents);
        (ulong block, ulong miniblocks, ulong count) = (reader.ReadVariable(), reader.ReadVariable(), reader.ReadVariable());
        if (block is 0 or > MostOfBlock || miniblocks == 0 || miniblocks > block || block % miniblocks != 0 || block / miniblocks % 8 != 0 || count != (ulong)values)
        {
            throw new InvalidDataException(
                $"a page has {count} delta-encoded values in blocks of {block} and {miniblocks} miniblocks; it has {values} values, and blocks of up "
                + $"to {MostOfBlock} in miniblocks of a multiple of 8 are read");
        }

        int ofMiniblock = (int)(block / miniblocks);
        reader.ReadVariable();
        for (long left = values - 1; left > 0;)
        {
            reader.ReadVariable();
            ReadOnlySpan<byte> widths = reader.ReadBytes((int)miniblocks);
            for (int i = 0; i < widths.Length && left > 0; i++, left -= ofMiniblock)
            {
                if (widths[i] > bits)
                {
                    throw new InvalidDataException($"a page has delta-encoded differences of {widths[i]} bits, of integers of {bits}");
                }

                reader.ReadBytes(ofMiniblock / 8 * widths[i]);
            }
        }
    }
}
