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

    private static Page DeltaPage(ulong block, ulong miniblocks, ulong count) =>
        new([.. Variable(block), .. Variable(miniblocks), .. Variable(count), .. Ascending, .. new byte[40]], Delta);

    private static void AssertRefused(string path, string essential)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        EventFormatException error = Assert.Throws<EventFormatException>(() => ReadAll(path, Layout));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostAllocated);
        Assert.Equal((path, "event"), (error.Path, error.Dataset));
        Assert.Contains(essential, error.Message, StringComparison.Ordinal);
    }

    private static void ReadAll(string path, EventLayout layout)
    {
        using EventSource source = EventFile.Open(path, layout);
        source.Read(0, source.Count);
    }
}
