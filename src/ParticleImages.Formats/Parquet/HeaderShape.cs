namespace ParticleImages.Formats.Parquet;

/// <summary>
/// What kinds of values Parquet's headers hold. Parquet.Net goes by a field's number and not by its kind, and at the end of a header reads on for
/// ever; so a header whose fields are not of their kinds is refused before. Source: Apache Parquet format 2.11, parquet.thrift.
/// </summary>
internal static class HeaderShape
{
    public const string File = "File";
    public const string Page = "Page";

    private const int MostNesting = 16;

    // Field numbers with i for integers, b for bytes, t for truth values, y for a single byte, a name for a struct, [ before what a list holds,
    // and ! for what only encrypted or geographic files have.
    private static readonly Dictionary<string, Dictionary<int, string>> Structs = new Dictionary<string, string>
    {
        [File] = "1:i 2:[Element 3:i 4:[Group 5:[Pair 6:b 7:[Order 8:! 9:!",
        ["Element"] = "1:i 2:i 3:i 4:b 5:i 6:i 7:i 8:i 9:i 10:Logical",
        ["Logical"] = "1:Empty 2:Empty 3:Empty 4:Empty 5:Decimal 6:Empty 7:Time 8:Time 10:Integer 11:Empty 12:Empty 13:Empty 14:Empty 15:Empty 16:! 17:! 18:!",
        ["Empty"] = "",
        ["Decimal"] = "1:i 2:i",
        ["Time"] = "1:t 2:Unit",
        ["Unit"] = "1:Empty 2:Empty 3:Empty",
        ["Integer"] = "1:y 2:t",
        ["Group"] = "1:[Chunk 2:i 3:i 4:[Sorting 5:i 6:i 7:i",
        ["Sorting"] = "1:i 2:t 3:t",
        ["Chunk"] = "1:b 2:i 3:Column 4:i 5:i 6:i 7:i 8:! 9:!",
        ["Column"] = "1:i 2:[i 3:[b 4:i 5:i 6:i 7:i 8:[Pair 9:i 10:i 11:i 12:Statistics 13:[Encoding 14:i 15:i 16:Sizes 17:!",
        ["Statistics"] = "1:b 2:b 3:i 4:i 5:b 6:b 7:t 8:t",
        ["Encoding"] = "1:i 2:i 3:i",
        ["Sizes"] = "1:i 2:[i 3:[i",
        ["Pair"] = "1:b 2:b",
        ["Order"] = "1:Empty",
        [Page] = "1:i 2:i 3:i 4:i 5:Data 6:Empty 7:Dictionary 8:Data2",
        ["Data"] = "1:i 2:i 3:i 4:i 5:Statistics",
        ["Dictionary"] = "1:i 2:i 3:t",
        ["Data2"] = "1:i 2:i 3:i 4:i 5:i 6:i 7:t 8:Statistics",
    }.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split(':')).ToDictionary(field => int.Parse(field[0], System.Globalization.CultureInfo.InvariantCulture), field => field[1]));

    /// <summary>Goes through a header.</summary>
    /// <exception cref="InvalidDataException">A field is not of its kind, or fields do not ascend.</exception>
    /// <exception cref="EndOfStreamException">The header goes on behind its end.</exception>
    public static void Check(ref CompactReader reader, string name, int nesting = 0)
    {
        if (nesting > MostNesting)
        {
            throw new InvalidDataException("its header is nested too deep");
        }

        Dictionary<int, string> fields = Structs[name];
        short outer = reader.BeginStruct();
        int last = 0;
        while (reader.Next(out short field, out CompactReader.Kind kind))
        {
            if (field <= last)
            {
                throw new InvalidDataException($"the fields of its header do not ascend ({name})");
            }

            last = field;
            if (fields.TryGetValue(field, out string? wanted))
            {
                CheckValue(ref reader, wanted, kind, nesting);
            }
            else
            {
                SkipUnknown(ref reader, kind);
            }
        }

        reader.EndStruct(outer);
    }

    private static void CheckValue(ref CompactReader reader, string wanted, CompactReader.Kind kind, int nesting)
    {
        if (wanted == "!")
        {
            throw new NotSupportedException("it is encrypted, or has columns of places on Earth");
        }

        bool isList = wanted[0] == '[';
        string element = isList ? wanted[1..] : wanted;
        if (isList != (kind == CompactReader.Kind.List))
        {
            throw new InvalidDataException("a field of its header is not of its kind");
        }

        int count = isList ? reader.ReadList(out kind) : 1;
        bool isKind = element switch
        {
            "i" => kind is CompactReader.Kind.Int16 or CompactReader.Kind.Int32 or CompactReader.Kind.Int64,
            "b" => kind is CompactReader.Kind.Binary,
            "t" => kind is CompactReader.Kind.True or CompactReader.Kind.False,
            "y" => kind is CompactReader.Kind.Byte,
            _ => kind is CompactReader.Kind.Struct,
        };
        if (!isKind && count > 0)
        {
            throw new InvalidDataException("a field of its header is not of its kind");
        }

        for (int i = 0; i < count; i++)
        {
            if (kind == CompactReader.Kind.Struct)
            {
                Check(ref reader, element, nesting + 1);
            }
            else
            {
                reader.Skip(kind);
            }
        }
    }

    // Parquet.Net passes over these wrongly: it takes no byte for a truth value in a list, and knows neither sets nor maps.
    private static void SkipUnknown(ref CompactReader reader, CompactReader.Kind kind)
    {
        if (kind is CompactReader.Kind.List or CompactReader.Kind.Set or CompactReader.Kind.Map or CompactReader.Kind.Struct)
        {
            throw new NotSupportedException("its header has fields that are unknown here");
        }

        reader.Skip(kind);
    }
}
