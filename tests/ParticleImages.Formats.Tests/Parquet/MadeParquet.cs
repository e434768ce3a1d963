using System.Text;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>A Parquet file made byte by byte, so that its headers may say what no writer would write. Source: Apache Parquet format 2.11.</summary>
internal static class MadeParquet
{
    public const int Plain = 0;
    public const int Delta = 5;
    public const int RunsOfDictionary = 8;
    public const int SplitBytes = 9;
    public const int Uncompressed = 0;
    public const int Snappy = 1;
    public const int Gzip = 2;
    public const int Brotli = 4;
    public const int Zstd = 6;
    public const int Lz4Raw = 7;

    /// <summary>A table of four hits, an event each, that reads as such unless a page or the footer lies.</summary>
    /// <param name="path">The file.</param>
    /// <param name="events">The page of the events' numbers; null for an honest one.</param>
    /// <param name="energies">The pages of the energies; null for an honest one.</param>
    /// <param name="isOptional">Whether energies may be missing, and so have levels.</param>
    /// <param name="rows">How many rows the footer says that there are.</param>
    public static void WriteHits(string path, Page? events, Page[]? energies = null, bool isOptional = false, long rows = 4)
    {
        byte[] numbers = [.. new[] { 0, 1, 2, 3 }.SelectMany(BitConverter.GetBytes)];
        byte[] floats = [.. new[] { 1f, 2f, 3f, 4f }.SelectMany(BitConverter.GetBytes)];
        (string Name, int Type, Page[] Pages)[] columns =
        [
            ("event", 1, [events ?? new Page(numbers)]),
            ("row", 1, [new Page(numbers)]),
            ("column", 1, [new Page(numbers)]),
            ("energy", 4, energies ?? [new Page(floats)]),
            ("time", 4, [new Page(floats)]),
        ];
        List<byte> file = [.. "PAR1"u8];
        var chunks = new List<byte[]>();
        foreach ((string name, int type, Page[] pages) in columns)
        {
            int start = file.Count;
            file.AddRange(pages.SelectMany(page => page.Bytes()));
            int length = file.Count - start;
            chunks.Add(Struct((2, Integer(start)), (3, Struct(
                (1, Integer(type)), (2, List(Integer(pages[^1].Encoding))), (3, List(Text(name))), (4, Integer(pages[^1].Codec)),
                (5, Integer(rows)), (6, Integer(length)), (7, Integer(length)), (9, Integer(start))))));
        }

        byte[][] schema = [Struct((4, Text("schema")), (5, Integer(columns.Length))), .. columns.Select(column => Struct((1, Integer(column.Type)), (3, Integer(isOptional && column.Name == "energy" ? 1 : 0)), (4, Text(column.Name))))];
        byte[] footer = Struct((1, Integer(2)), (2, List(schema)), (3, Integer(rows)), (4, List(Struct((1, List([.. chunks])), (2, Integer(file.Count)), (3, Integer(rows))))));

        // A value begins with its kind, which is the field's and not the value's.
        file.AddRange(footer[1..]);
        file.AddRange(BitConverter.GetBytes(footer.Length - 1));
        file.AddRange("PAR1"u8);
        File.WriteAllBytes(path, [.. file]);
    }

    /// <summary>An integer from 0 up in as many bytes as it needs.</summary>
    public static byte[] Variable(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 128));
        }

        return [.. bytes, (byte)value];
    }

    private static byte[] Integer(long value) => [5, .. Variable(((ulong)value << 1) ^ (ulong)(value >> 63))];

    private static byte[] Text(string text) => [8, .. Variable((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] List(params byte[][] elements) =>
        [9, (byte)(0xF0 | elements[0][0]), .. Variable((ulong)elements.Length), .. elements.SelectMany(element => element[1..])];

    private static byte[] Struct(params (byte Field, byte[] Value)[] fields)
    {
        List<byte> bytes = [12];
        byte last = 0;
        foreach ((byte field, byte[] value) in fields)
        {
            bytes.Add((byte)(((field - last) << 4) | value[0]));
            bytes.AddRange(value[1..]);
            last = field;
        }

        return [.. bytes, 0];
    }

    /// <summary>A page and what its header says of it; what is null is said as it is.</summary>
    public sealed record Page(
        byte[] Contents,
        int Encoding = Plain,
        int Codec = Uncompressed,
        int? Length = null,
        uint? Checksum = null,
        (int Nulls, int Definition, int Repetition)? Version2 = null,
        int Values = 4,
        bool IsDictionary = false)
    {
        public byte[] Bytes()
        {
            List<(byte Field, byte[] Value)> header = [(1, Integer(IsDictionary ? 2 : Version2 is null ? 0 : 3)), (2, Integer(Length ?? Contents.Length)), (3, Integer(Contents.Length))];
            if (Checksum is { } sum)
            {
                header.Add((4, Integer((int)sum)));
            }

            header.Add((IsDictionary, Version2) switch
            {
                (true, _) => (7, Struct((1, Integer(Values)), (2, Integer(Encoding)))),
                (_, var (nulls, definition, repetition)) =>
                    (8, Struct((1, Integer(Values)), (2, Integer(nulls)), (3, Integer(Values)), (4, Integer(Encoding)), (5, Integer(definition)), (6, Integer(repetition)))),
                _ => (5, Struct((1, Integer(Values)), (2, Integer(Encoding)), (3, Integer(3)), (4, Integer(3)))),
            });
            return [.. Struct([.. header])[1..], .. Contents];
        }
    }
}
