using System.Buffers.Binary;
using Parquet.Meta;

namespace ParticleImages.Formats.Parquet;

/// <summary>
/// Looks through the pages of a column of one row group before they are decoded: that their sizes fit the file, their numbers of values
/// the column, and what they say of their decompressed size their values. So no header makes the decoder take memory for what is not there,
/// or read on for ever. Source: Apache Parquet format 2.11, parquet.thrift.
/// </summary>
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

    /// <summary>Where the column's pages end.</summary>
    /// <exception cref="InvalidDataException">A header does not fit what is there.</exception>
    /// <exception cref="EndOfStreamException">A header goes on behind the file's data.</exception>
    public long EndOf(ColumnMetaData column, bool isList)
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

            if (isList && head.Kind == PageType.DATA_PAGE_V2)
            {
                throw new NotSupportedException("pages of version 2 are not read in lists; write it with data_page_version='1.0'");
            }

            if (head.Compressed < 0 || head.Compressed > dataEnd - start || head.Values < 0)
            {
                throw new InvalidDataException($"a page at byte {position} says that it has {head.Compressed} bytes and {head.Values} values, and the data end at byte {dataEnd}");
            }

            CheckSizes(column, head, start, position);
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

    private void CheckSizes(ColumnMetaData column, PageHead head, long start, long position)
    {
        long most = MostBytesBeside + (MostBytesOfValue * head.Values);
        bool isCompressed = column.Codec != CompressionCodec.UNCOMPRESSED && head.IsCompressed;
        long levels = head.LevelBytes;
        long said = head.Uncompressed;
        if (levels < 0 || levels > head.Compressed || said < levels)
        {
            throw new InvalidDataException($"the levels of a page at byte {position} do not fit into it");
        }

        if (isCompressed)
        {
            said = Math.Max(said, SaidWithin(column.Codec, start + levels, head.Compressed - levels));
        }
        else if (said != head.Compressed)
        {
            throw new InvalidDataException($"a page at byte {position} is not compressed and has {head.Compressed} bytes that should be {said}");
        }

        if (said > most)
        {
            throw new InvalidDataException($"a page at byte {position} says that its {head.Values} values take {said} bytes; {most} are allowed");
        }
    }

    // Two codecs say by themselves how much they decompress to, and Parquet.Net believes them.
    private long SaidWithin(CompressionCodec codec, long start, long length)
    {
        Span<byte> head = stackalloc byte[18];
        head = head[..(int)Math.Min(head.Length, length)];
        stream.Position = start;
        stream.ReadExactly(head);
        return codec switch
        {
            CompressionCodec.SNAPPY => SnappyLength(head),
            CompressionCodec.ZSTD => ZstandardLength(head),
            CompressionCodec.GZIP or CompressionCodec.BROTLI or CompressionCodec.LZ4_RAW => 0,
            _ => throw new NotSupportedException($"it is compressed by {NameOf(codec)}; snappy, gzip, brotli, zstd and lz4_raw are read"),
        };
    }

    private static string NameOf(CompressionCodec codec) => Enum.IsDefined(codec) ? codec.ToString() : $"the unknown codec {(int)codec}";

    private static long SnappyLength(ReadOnlySpan<byte> head)
    {
        long length = 0;
        for (int i = 0; i < Math.Min(5, head.Length); i++)
        {
            length |= (long)(head[i] & 127) << (7 * i);
            if (head[i] < 128)
            {
                return length;
            }
        }

        throw new InvalidDataException("a page's snappy data have no length");
    }

    // RFC 8878, section 3.1.1: magic number, descriptor, window, dictionary, content size.
    private static long ZstandardLength(ReadOnlySpan<byte> head)
    {
        if (head.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(head) != 0xFD2FB528)
        {
            throw new InvalidDataException("a page's zstd data do not begin as such");
        }

        byte descriptor = head[4];
        bool isSingleSegment = (descriptor & 32) != 0;
        int bytes = (descriptor >> 6) switch { 0 => isSingleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        int place = 5 + (isSingleSegment ? 0 : 1) + ((descriptor & 3) switch { 3 => 4, int dictionary => dictionary });
        if (bytes == 0)
        {
            throw new NotSupportedException("a page's zstd data do not say how much they hold");
        }

        Span<byte> length = stackalloc byte[8];
        length.Clear();
        head.Slice(place, bytes).CopyTo(length);
        ulong said = BinaryPrimitives.ReadUInt64LittleEndian(length) + (bytes == 2 ? 256UL : 0);
        return (long)Math.Min(said, long.MaxValue);
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
