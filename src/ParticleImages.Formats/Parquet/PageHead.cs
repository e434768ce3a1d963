using Parquet.Meta;

namespace ParticleImages.Formats.Parquet;

/// <summary>What the header of a page says.</summary>
/// <param name="Kind">What the page holds.</param>
/// <param name="Uncompressed">Bytes when decompressed.</param>
/// <param name="Compressed">Bytes in the file.</param>
/// <param name="Values">Values, nulls among them.</param>
/// <param name="Encoding">How they stand.</param>
/// <param name="LevelBytes">Bytes of levels that stand uncompressed before the values (pages of version 2).</param>
/// <param name="IsCompressed">False where a page of version 2 says that it is not.</param>
internal readonly record struct PageHead(
    PageType Kind, long Uncompressed, long Compressed, long Values, Encoding Encoding, long LevelBytes, bool IsCompressed)
{
    // Fields of PageHeader and, within it, of the headers of the three kinds of pages.
    private const int DataPage = 5;
    private const int DictionaryPage = 7;
    private const int DataPage2 = 8;

    /// <summary>Reads a page's header.</summary>
    public static PageHead Read(ref CompactReader reader)
    {
        var head = new PageHead((PageType)(-1), -1, -1, -1, (Encoding)(-1), 0, true);
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
                case (true, DataPage2, 5 or 6, CompactReader.Kind.Int32):
                    // A negative length must not hide behind a positive one.
                    long bytes = reader.ReadInteger();
                    head = head with { LevelBytes = bytes < 0 ? long.MinValue / 2 : head.LevelBytes + bytes };
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
