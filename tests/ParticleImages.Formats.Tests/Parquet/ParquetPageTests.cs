using ParquetSharp;
using static ParticleImages.Formats.Tests.Parquet.MadeParquet;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>What stands inside pages: lengths that the decoder would believe, and checksums.</summary>
public sealed class ParquetPageTests
{
    private const long MostAllocated = 4L << 20;
    private static readonly EventLayout Layout = EventLayout.Default.Size(new ImageShape(4, 4)).LabelAll(0);
    private static readonly EventBatch Events = ExampleEvents.Batch(6);

    // First value 0, smallest difference 1, four miniblocks of width 0: 0, 1, 2, 3.
    private static readonly byte[] Ascending = [0, 2, 0, 0, 0, 0];

    [Theory]
    [InlineData(128, 4)]
    [InlineData(1024, 32)]
    [InlineData(16384, 4)]
    public void Delta_blocks_of_any_usual_size_are_read(ulong block, ulong miniblocks)
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], DeltaPage(block, miniblocks, 4));
        using EventSource source = EventFile.Open(folder["a.parquet"], Layout);
        Assert.Equal(4, source.Count);
        Assert.Equal(3f, source.Read(2, 1).Images[2 * ((2 * 4) + 2)]);
    }

    /// <summary>A miniblock of 2³¹ − 8 values is 8 GB of them, or 16; and no value may be cut in parts.</summary>
    [Theory]
    [InlineData(2147483640, 1, 4)]
    [InlineData(1UL << 63, 1, 4)]
    [InlineData((1UL << 32) + 128, 4, 4)]
    [InlineData(32768, 1, 4)]
    [InlineData(128, 0, 4)]
    [InlineData(0, 4, 4)]
    [InlineData(128, 3, 4)]
    [InlineData(128, 64, 4)]
    [InlineData(128, 1UL << 63, 4)]
    [InlineData(128, 4, 5)]
    [InlineData(128, 4, 1UL << 63)]
    public void Delta_blocks_that_lie_are_refused_before_memory_is_taken(ulong block, ulong miniblocks, ulong count)
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], DeltaPage(block, miniblocks, count));
        AssertRefused(folder["a.parquet"], $"blocks of {block} and {miniblocks} miniblocks");
    }

    [Fact]
    public void A_delta_head_that_goes_on_behind_its_page_is_refused()
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], new Page([0x80, 0x80], Delta));
        AssertRefused(folder["a.parquet"], "behind its end");
    }

    /// <summary>As writers make it that do not know beforehand how much will come: a window instead of a length, and a raw block.</summary>
    [Fact]
    public void A_zstd_frame_need_not_say_its_length()
    {
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, .. BitConverter.GetBytes((16 << 3) | 1)[..3], 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], new Page(frame, Plain, Zstd, 16));
        using EventSource source = EventFile.Open(folder["a.parquet"], Layout);
        Assert.Equal(4, source.Count);
    }

    /// <summary>The first frame says that it is small; the second that it is 2 GB, and holds nothing.</summary>
    [Fact]
    public void A_second_zstd_frame_can_not_say_that_it_is_huge()
    {
        byte[] small = [0x28, 0xB5, 0x2F, 0xFD, 0x20, 16, .. BitConverter.GetBytes((16 << 3) | 1)[..3], .. new byte[16]];
        byte[] huge = [0x28, 0xB5, 0x2F, 0xFD, 0xA0, .. BitConverter.GetBytes(2_000_000_000), 1, 0, 0];
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], new Page([.. small, .. huge], Plain, Zstd, 16));
        AssertRefused(folder["a.parquet"], "2000000016");
    }

    [Theory]
    [InlineData(-2147483640, 0, 0)]
    [InlineData(5, 0, 0)]
    [InlineData(0, 4, 0)]
    [InlineData(0, 0, 4)]
    [InlineData(0, -1, 1)]
    public void A_page_of_version_2_can_not_count_other_levels_or_nulls_than_its_column_has(int nulls, int definition, int repetition)
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], new Page(new byte[16], Version2: (nulls, definition, repetition)));
        AssertRefused(folder["a.parquet"], "a page at byte 4");
    }

    /// <summary>Four values are 16 bytes; a literal of 8 leaves the rest as it was in memory.</summary>
    [Fact]
    public void A_page_whose_data_end_early_is_refused_where_the_codec_does_not_tell()
    {
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], new Page([0x80, .. new byte[8]], Plain, Lz4Raw, 16));
        AssertRefused(folder["a.parquet"], "8 bytes instead of 16");
    }

    /// <summary>gzip keeps a checksum of its own: no changed bit gives other values.</summary>
    [Fact]
    public void One_changed_bit_in_a_gzip_page_never_changes_a_value()
    {
        byte[] numbers = [.. new[] { 0, 1, 2, 3 }.SelectMany(BitConverter.GetBytes)];
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            gzip.Write(numbers);
        }

        using var folder = new TemporaryFolder();
        int refused = 0;
        for (int bit = 0; bit < 8 * packed.ToArray().Length; bit++)
        {
            byte[] damaged = packed.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            WriteHits(folder["a.parquet"], new Page(damaged, Plain, Gzip, numbers.Length));
            try
            {
                using EventSource source = EventFile.Open(folder["a.parquet"], Layout);
                Assert.Equal(4, source.Count);
                Assert.Equal(3f, source.Read(2, 1).Images[2 * ((2 * 4) + 2)]);
            }
            catch (EventFormatException)
            {
                refused++;
            }
        }

        // The rest is in the head, where the time and the system stand.
        Assert.InRange(refused, 8 * (packed.ToArray().Length - 10), 8 * packed.ToArray().Length);
    }

    [Fact]
    public void An_honest_page_is_read_with_its_checksum()
    {
        byte[] contents = [.. new[] { 0, 1, 2, 3 }.SelectMany(BitConverter.GetBytes)];
        using var folder = new TemporaryFolder();

        // zlib.crc32 of the same bytes.
        WriteHits(folder["a.parquet"], new Page(contents, Checksum: 0x278EAFA9));
        using EventSource source = EventFile.Open(folder["a.parquet"], Layout);
        Assert.Equal(4, source.Count);
    }

    /// <summary>Holds for pages that no codec checks: one changed bit in any byte of a page's data is an error that names the column.</summary>
    [Theory]
    [InlineData(Compression.Uncompressed)]
    [InlineData(Compression.Lz4)]
    [InlineData(Compression.Snappy)]
    public void One_changed_bit_in_a_page_with_a_checksum_is_always_noticed(Compression codec)
    {
        using var folder = new TemporaryFolder();
        string path = folder["a.parquet"];
        ParquetFiles.WriteHits(path, Events, 1000, builder => builder.Compression(codec).EnablePageChecksum());
        byte[] whole = File.ReadAllBytes(path);
        EventLayout layout = EventLayout.Default.Size(Events.Shape);
        using (EventSource source = EventFile.Open(path, layout))
        {
            Assert.Equal(Events.Images.ToArray(), source.Read(0, 6).Images.ToArray());
        }

        using var reader = new ParquetFileReader(path);
        int changes = 0;
        long end = 4;
        for (int column = 0; column < reader.FileMetaData.NumColumns; column++)
        {
            using RowGroupReader group = reader.RowGroup(0);
            using ColumnChunkMetaData chunk = group.MetaData.GetColumnChunkMetaData(column);

            // Columns follow each other, and the last bytes of one are the last of its page.
            end += chunk.TotalCompressedSize;
            for (int back = 1; back <= 3; back++, changes++)
            {
                byte[] damaged = [.. whole];
                damaged[end - back] ^= 0x10;
                File.WriteAllBytes(folder["damaged.parquet"], damaged);
                EventFormatException error = Assert.Throws<EventFormatException>(() => ReadAll(folder["damaged.parquet"], layout));
                Assert.Contains("checksum", error.Message, StringComparison.Ordinal);
                Assert.NotNull(error.Dataset);
            }
        }

        Assert.Equal(18, changes);
    }

    /// <summary>Pages of three values and one, the first of which holds less than it says: all of them are read, or none.</summary>
    [Theory]
    [InlineData("plain", true)]
    [InlineData("plain, short by a value", false)]
    [InlineData("plain, short by a byte", false)]
    [InlineData("split", true)]
    [InlineData("split, short by a byte", false)]
    [InlineData("dictionary", true)]
    [InlineData("dictionary, short by a value", false)]
    [InlineData("dictionary, one place of three", false)]
    [InlineData("dictionary, packed places cut", false)]
    [InlineData("levels", true)]
    [InlineData("levels of two", false)]
    [InlineData("levels of three, two values", false)]
    [InlineData("version 2, levels of two", false)]
    public void A_page_that_holds_less_than_it_says_is_refused_wherever_it_stands(string form, bool isWhole)
    {
        byte[] three = [.. new[] { 1f, 2f, 3f }.SelectMany(BitConverter.GetBytes)];
        byte[] split = [.. Enumerable.Range(0, 4).SelectMany(stream => new[] { three[stream], three[4 + stream], three[8 + stream] })];
        byte[] levelsOfThree = [2, 0, 0, 0, 3 << 1, 1];
        byte[] levelsOfTwo = [2, 0, 0, 0, 2 << 1, 1];
        var last = new Page(BitConverter.GetBytes(4f), Values: 1);
        var lastPlace = new Page([2, 1 << 1, 3], RunsOfDictionary, Values: 1);
        var dictionary = new Page([.. three, .. BitConverter.GetBytes(4f)], IsDictionary: true);
        var lastWithLevels = new Page([2, 0, 0, 0, 1 << 1, 1, .. BitConverter.GetBytes(4f)], Values: 1);
        Page[] pages = form switch
        {
            "plain" => [new(three, Values: 3), last],
            "plain, short by a value" => [new(three[..8], Values: 3), last],
            "plain, short by a byte" => [new(three[..11], Values: 3), last],
            "split" => [new(split, SplitBytes, Values: 3), last],
            "split, short by a byte" => [new(split[..11], SplitBytes, Values: 3), last],

            // Places 0, 1 and 2 of two bits each, eight at a time.
            "dictionary" => [dictionary, new([2, (1 << 1) | 1, 0b00_10_01_00, 0], RunsOfDictionary, Values: 3), lastPlace],
            "dictionary, short by a value" => [dictionary with { Contents = three }, new([2, (1 << 1) | 1, 0b00_10_01_00, 0], RunsOfDictionary, Values: 3), lastPlace],
            "dictionary, one place of three" => [dictionary, new([2, 1 << 1, 1], RunsOfDictionary, Values: 3), lastPlace],
            "dictionary, packed places cut" => [dictionary, new([2, (1 << 1) | 1], RunsOfDictionary, Values: 3), lastPlace],
            "levels" => [new([.. levelsOfThree, .. three], Values: 3), lastWithLevels],
            "levels of two" => [new([.. levelsOfTwo, .. three], Values: 3), lastWithLevels],
            "levels of three, two values" => [new([.. levelsOfThree, .. three[..8]], Values: 3), lastWithLevels],
            _ => [new([2 << 1, 1, .. three], Version2: (0, 2, 0), Values: 3), lastWithLevels],
        };
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], null, pages, isOptional: form.Contains("levels", StringComparison.Ordinal));
        if (isWhole)
        {
            using EventSource source = EventFile.Open(folder["a.parquet"], Layout);
            Assert.Equal([1f, 2f, 3f, 4f], Enumerable.Range(0, 4).Select(i => source.Read(i, 1).Images[2 * ((i * 4) + i)]));
            return;
        }

        EventFormatException error = Assert.Throws<EventFormatException>(() => ReadAll(folder["a.parquet"], Layout));
        Assert.Equal((folder["a.parquet"], "energy"), (error.Path, error.Dataset));
    }

    /// <summary>Four differences of four bits in a miniblock of 32: cut, they would be what the miniblock before held.</summary>
    [Fact]
    public void Delta_encoded_values_that_are_cut_are_refused()
    {
        byte[] head = [.. Variable(128), .. Variable(4), .. Variable(4), 0, 0, 4, 0, 0, 0];
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], new Page([.. head, 0x11, 0x01, .. new byte[14]], Delta));
        using (EventSource source = EventFile.Open(folder["a.parquet"], Layout))
        {
            Assert.Equal(4, source.Count);
        }

        foreach (int length in new[] { 0, 1, 2, 15 })
        {
            WriteHits(folder["a.parquet"], new Page([.. head, .. new byte[] { 0x11, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }[..length]], Delta));
            AssertRefused(folder["a.parquet"], "where");
        }
    }

    /// <summary>Eighty million values of eight bytes in some hundred: in a page that holds them by its codec, its runs or not at all.</summary>
    [Theory]
    [InlineData(Plain, Uncompressed)]
    [InlineData(RunsOfDictionary, Uncompressed)]
    [InlineData(Plain, Gzip)]
    [InlineData(Plain, Brotli)]
    [InlineData(Plain, Lz4Raw)]
    [InlineData(Plain, Snappy)]
    public void A_small_file_can_not_ask_for_much_memory(int encoding, int codec)
    {
        const int values = 80_000_000;
        using var folder = new TemporaryFolder();
        WriteHits(folder["a.parquet"], new Page(new byte[40], encoding, codec, 24 * values, Values: values), rows: values);
        AssertRefused(folder["a.parquet"], $"{values} rows", column: null);
        WriteHits(folder["a.parquet"], new Page(new byte[40], encoding, codec, 96_000_000, Values: 4_000_000), rows: 4_000_000);
        AssertRefused(folder["a.parquet"], "");
    }

    private static Page DeltaPage(ulong block, ulong miniblocks, ulong count) =>
        new([.. Variable(block), .. Variable(miniblocks), .. Variable(count), .. Ascending, .. new byte[40]], Delta);

    private static void AssertRefused(string path, string essential, string? column = "event")
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        EventFormatException error = Assert.Throws<EventFormatException>(() => ReadAll(path, Layout));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostAllocated);
        Assert.Equal((path, column), (error.Path, error.Dataset));
        Assert.Contains(essential, error.Message, StringComparison.Ordinal);
    }

    private static void ReadAll(string path, EventLayout layout)
    {
        using EventSource source = EventFile.Open(path, layout);
        source.Read(0, source.Count);
    }
}
