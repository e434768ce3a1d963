using ParticleImages.Storage;
using Parquet.Meta;
using Parquet.Schema;

namespace ParticleImages.Formats.Parquet;

/// <summary>
/// Looks through the pages of a column of one row group before they are decoded: that their sizes fit the file, their numbers of values
/// the column, what they say of their decompressed size their values, that what they hold is what their checksums say, where they have
/// any, and that it is whole. So no header makes the decoder take memory for what is not there, read on for ever, or leave values out.
/// Source: Apache Parquet format 2.11, parquet.thrift.
/// </summary>
/// <remarks>For one thread at a time.</remarks>
/// <param name="stream">The file.</param>
/// <param name="dataEnd">Where the file's data end.</param>
internal sealed class Pages(Stream stream, long dataEnd)
{
    // A page's header holds its statistics; of numbers they are short.
    private const int HeaderLength = 1 << 12;
    private const int LongestHeader = 1 << 20;

    // What a value may take at most: two levels and eight bytes, as wastefully as an encoding can.
    private const long MostBytesOfValue = 24;
    private const long MostBytesBeside = 4096;

    private byte[] window = [];
    private byte[] stored = [];
    private byte[] decompressed = [];

    /// <summary>Where the column's pages end.</summary>
    /// <param name="column">What the footer says of the column in the row group.</param>
    /// <param name="field">The column, which says what levels its pages have.</param>
    /// <exception cref="InvalidDataException">A header does not fit what is there.</exception>
    /// <exception cref="EndOfStreamException">A header goes on behind the file's data.</exception>
    public long EndOf(ColumnMetaData column, DataField field)
    {
        long position = StartOf(column);
        bool hasDictionary = false;
        for (long values = 0; values < column.NumValues;)
        {
            PageHead head = ReadHead(position, out long start);
            if (head.Kind is not (PageType.DATA_PAGE or PageType.DATA_PAGE_V2 or PageType.DICTIONARY_PAGE))
            {
                throw new InvalidDataException($"a page at byte {position} is of the unknown kind {(int)head.Kind}");
            }

            if (field.MaxRepetitionLevel > 0 && head.Kind == PageType.DATA_PAGE_V2)
            {
                throw new NotSupportedException("pages of version 2 are not read in lists; write it with data_page_version='1.0'");
            }

            if (head.Compressed < 0 || head.Compressed > dataEnd - start || head.Values < 0 || head.Nulls < 0 || head.Nulls > head.Values)
            {
                throw new InvalidDataException($"a page at byte {position} says that it has {head.Compressed} bytes and {head.Values} values, {head.Nulls} of them missing, and the data end at byte {dataEnd}");
            }

            if (head.Kind == PageType.DICTIONARY_PAGE)
            {
                if (hasDictionary)
                {
                    throw new InvalidDataException($"a second dictionary stands at byte {position}");
                }

                hasDictionary = true;
            }
            else
            {
                CheckEncoding(head, hasDictionary, position);
                values += head.Values;
            }

            if (values > column.NumValues || head.Values > column.NumValues)
            {
                throw new InvalidDataException($"its pages hold more than the {column.NumValues} values of the footer");
            }

            CheckContents(column.Codec, head, field, start, position);
            position = start + head.Compressed;
        }

        return position;
    }

    private long StartOf(ColumnMetaData column)
    {
        long[] places = [column.DataPageOffset, column.DictionaryPageOffset ?? 0, column.IndexPageOffset ?? 0];
        long start = places.Where(place => place != 0).DefaultIfEmpty().Min();
        return start >= 4 && start < dataEnd
            ? start
            : throw new InvalidDataException($"it starts at byte {start}, and the data stand from byte 4 to {dataEnd}");
    }

    private void CheckContents(CompressionCodec codec, PageHead head, DataField field, long start, long position)
    {
        // Parquet.Net passes over levels only where the column has some, whatever the header says.
        long levels = head.DefinitionBytes;
        if (levels < 0 || levels > Math.Min(head.Compressed, head.Uncompressed) || head.RepetitionBytes != 0 || (levels > 0 && field.MaxDefinitionLevel == 0))
        {
            throw new InvalidDataException($"the levels of a page at byte {position} do not fit into it, or into the column");
        }

        if (!head.IsCompressed)
        {
            codec = CompressionCodec.UNCOMPRESSED;
        }

        ReadOnlyMemory<byte> contents = Stored(start, (int)head.Compressed);
        if (head.Checksum is { } expected && Crc32.Of(contents.Span) is var found && found != expected)
        {
            throw new InvalidDataException($"a page at byte {position} has the checksum {found:x8} instead of {expected:x8}");
        }

        ReadOnlyMemory<byte> packed = contents[(int)levels..];
        CheckSize(codec, head, packed, position);
        PageContents.Check(head, field, contents.Span[..(int)levels], PageCodec.Decompress(codec, packed, (int)(head.Uncompressed - levels), ref decompressed));
    }

    private static void CheckSize(CompressionCodec codec, PageHead head, ReadOnlyMemory<byte> compressed, long position)
    {
        long most = MostBytesBeside + (MostBytesOfValue * head.Values);
        long said = head.Uncompressed;
        if (codec != CompressionCodec.UNCOMPRESSED)
        {
            // Where frames don't say how much is in them, their blocks are taken for full.
            long block = PageCodec.BlockOf(codec);
            long bound = PageCodec.LengthOf(codec, compressed.Span);
            said = bound > said + (block == 0 ? 0 : block * (1 + (said / block))) ? bound : said;
            most = Math.Min(most, MostBytesBeside + (PageCodec.MostExpansion(codec) * compressed.Length));
        }
        else if (said != head.Compressed)
        {
            throw new InvalidDataException($"a page at byte {position} is not compressed and has {head.Compressed} bytes that should be {said}");
        }

        if (said > most)
        {
            throw new InvalidDataException($"a page at byte {position} says that its {head.Values} values take {said} bytes, of {compressed.Length} compressed; {most} are allowed");
        }
    }

    private ReadOnlyMemory<byte> Stored(long start, int length)
    {
        if (stored.Length < length)
        {
            stored = GC.AllocateUninitializedArray<byte>(length);
        }

        stream.Position = start;
        stream.ReadExactly(stored, 0, length);
        return stored.AsMemory(0, length);
    }

    private static void CheckEncoding(PageHead head, bool hasDictionary, long position)
    {
        bool usesDictionary = head.Encoding is Encoding.PLAIN_DICTIONARY or Encoding.RLE_DICTIONARY;
        if (usesDictionary && !hasDictionary)
        {
            throw new InvalidDataException($"a page at byte {position} refers to a dictionary that is not there");
        }

        // Truth values as runs (RLE) are read wrongly by Parquet.Net 6.1.0, so they are refused.
        if (!usesDictionary && head.Encoding is not (Encoding.PLAIN or Encoding.DELTA_BINARY_PACKED or Encoding.BYTE_STREAM_SPLIT))
        {
            throw new NotSupportedException($"a page at byte {position} has the encoding {head.Encoding}");
        }
    }

    private PageHead ReadHead(long position, out long start)
    {
        for (int length = HeaderLength; ; length = LongestHeader)
        {
            length = (int)Math.Min(length, dataEnd - position);
            if (window.Length < length)
            {
                window = new byte[length];
            }

            stream.Position = position;
            Span<byte> bytes = window.AsSpan(0, length);
            stream.ReadExactly(bytes);
            try
            {
                var whole = new CompactReader(bytes);
                HeaderShape.Check(ref whole, HeaderShape.Page);
                var reader = new CompactReader(bytes);
                PageHead head = PageHead.Read(ref reader);
                start = position + reader.Position;
                return head;
            }
            catch (EndOfStreamException) when (length == HeaderLength && dataEnd - position > HeaderLength)
            {
                // A header that is longer than most.
            }
        }
    }
}
