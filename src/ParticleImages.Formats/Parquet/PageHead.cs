using Parquet.Meta;

namespace ParticleImages.Formats.Parquet;

/// <summary>What the header of a page says.</summary>
/// <param name="Kind">What the page holds.</param>
/// <param name="Uncompressed">Bytes when decompressed.</param>
/// <param name="Compressed">Bytes in the file.</param>
/// <param name="Values">Values, nulls among them.</param>
/// <param name="Encoding">How they stand.</param>
/// <param name="Checksum">The CRC-32 of the bytes in the file, or null where the page keeps none.</param>
/// <param name="Nulls">Missing values that a page of version 2 counts; 0 for others, which don't.</param>
/// <param name="DefinitionBytes">Bytes of definition levels that stand uncompressed before the values (pages of version 2).</param>
/// <param name="RepetitionBytes">The same of repetition levels.</param>
/// <param name="IsCompressed">False where a page of version 2 says that it is not.</param>
internal readonly record struct PageHead(
    PageType Kind,
    long Uncompressed,
    long Compressed,
    long Values,
    Encoding Encoding,
    uint? Checksum,
    long Nulls,
    long DefinitionBytes,
    long RepetitionBytes,
    bool IsCompressed)
{
    // Fields of PageHeader and, within it, of the headers of the three kinds of pages.
    private const int DataPage = 5;
    private const int DictionaryPage = 7;
    private const int DataPage2 = 8;

    /// <summary>Reads a page's header.</summary>
    public static PageHead Read(ref CompactReader reader)
    {
        var head = new PageHead((PageType)(-1), -1, -1, -1, (Encoding)(-1), null, 0, 0, 0, true);
        while (reader.Next(out short field, out CompactReader.Kind kind))
        {
            switch (field, kind)
            {
                case (1, CompactReader.Kind.Int32):
                    head = head with { Kind = (PageType)reader.ReadInteger() };
                    break;
                case (2, CompactReader.Kind.Int32):
                    head = head with { Uncompressed = reader.ReadInteger() };
                    break;
                case (3, CompactReader.Kind.Int32):
                    head = head with { Compressed = reader.ReadInteger() };
                    break;
                case (4, CompactReader.Kind.Int32):
                    head = head with { Checksum = (uint)reader.ReadInteger() };
                    break;
                case (DataPage or DictionaryPage or DataPage2, CompactReader.Kind.Struct):
                    head = ReadWithin(ref reader, field, head);
                    break;
                default:
                    reader.Skip(kind);
                    break;
            }
        }

        return head;
    }

    private static PageHead ReadWithin(ref CompactReader reader, short page, PageHead head)
    {
        bool isOwn = page == head.Kind switch
        {
            PageType.DATA_PAGE => DataPage,
            PageType.DICTIONARY_PAGE => DictionaryPage,
            PageType.DATA_PAGE_V2 => DataPage2,
            _ => -1,
        };
        short outer = reader.BeginStruct();
        while (reader.Next(out short field, out CompactReader.Kind kind))
        {
            switch (isOwn, page, field, kind)
            {
                case (true, _, 1, CompactReader.Kind.Int32):
                    head = head with { Values = reader.ReadInteger() };
                    break;
                case (true, DataPage or DictionaryPage, 2, CompactReader.Kind.Int32):
                case (true, DataPage2, 4, CompactReader.Kind.Int32):
                    head = head with { Encoding = (Encoding)reader.ReadInteger() };
                    break;
                case (true, DataPage2, 2, CompactReader.Kind.Int32):
                    head = head with { Nulls = reader.ReadInteger() };
                    break;
                case (true, DataPage2, 5, CompactReader.Kind.Int32):
                    head = head with { DefinitionBytes = reader.ReadInteger() };
                    break;
                case (true, DataPage2, 6, CompactReader.Kind.Int32):
                    head = head with { RepetitionBytes = reader.ReadInteger() };
                    break;
                case (true, DataPage2, 7, CompactReader.Kind.False):
                    head = head with { IsCompressed = false };
                    break;
                default:
                    reader.Skip(kind);
                    break;
            }
        }

        reader.EndStruct(outer);
        return head;
    }
}
