using System.Diagnostics;
using ParquetSharp;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>Damaged files: an error of ours or other values, in bounded time and memory, and never anything else.</summary>
public sealed class ParquetHostileTests(ITestOutputHelper output)
{
    private const int Changes = 500;
    private const long MostAllocated = 256L << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private static readonly EventBatch Events = ExampleEvents.Batch(6);
    private static readonly EventLayout Layout = EventLayout.Default.ChannelFirst();

    public static TheoryData<string> Forms => ["saved", "hits-snappy", "hits-plain", "hits-delta", "nested-snappy", "nested-zstd", "nested-gzip", "nested-brotli", "nested-lz4"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_file_cut_at_any_byte_is_refused_when_opened(string form)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Make(folder, form);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut.parquet"], whole[..length]);
            EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["cut.parquet"], LayoutOf(form)));
            Assert.Equal(folder["cut.parquet"], error.Path);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_file_with_a_changed_byte_is_refused_or_read_and_never_another_exception(string form)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Make(folder, form);
        var random = new Random(form.Length);
        int refused = 0;
        for (int i = 0; i < Changes; i++)
        {
            byte[] damaged = [.. whole];
            for (int change = random.Next(1, 3); change > 0; change--)
            {
                // As often the footer and the page headers as the data.
                int place = random.Next(2) == 0 ? random.Next(whole.Length) : whole.Length - 1 - random.Next(Math.Min(whole.Length, 900));
                damaged[place] = random.Next(3) switch { 0 => 0xFF, 1 => (byte)(damaged[place] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
            }

            refused += Refuses(folder["damaged.parquet"], damaged, LayoutOf(form), $"change {i}") ? 1 : 0;
        }

        output.WriteLine($"{form}, {whole.Length} bytes: {refused} of {Changes} refused");
        Assert.InRange(refused, 1, Changes - 1);
    }

    [Theory]
    [InlineData("saved")]
    [InlineData("nested-snappy")]
    public void Every_byte_of_the_footer_may_lie(string form)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Make(folder, form);
        int footer = BitConverter.ToInt32(whole, whole.Length - 8);
        for (int place = whole.Length - 8 - footer; place < whole.Length; place++)
        {
            foreach (byte value in new byte[] { 0xFF, (byte)(whole[place] ^ 0x80) })
            {
                byte[] damaged = [.. whole];
                damaged[place] = value;
                Refuses(folder["damaged.parquet"], damaged, LayoutOf(form), $"byte {place} as {value}");
            }
        }
    }

    [Fact]
    public void A_footer_that_says_it_is_longer_than_the_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Make(folder, "saved");
        foreach (uint length in new uint[] { int.MaxValue, uint.MaxValue, 0x80000000, (uint)whole.Length })
        {
            BitConverter.TryWriteBytes(whole.AsSpan(whole.Length - 8), length);
            File.WriteAllBytes(folder["a.parquet"], whole);
            EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["a.parquet"]));
            Assert.Contains($"{length}", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A list of 2^63 row groups, a text of 2^63 bytes, a schema of 100 000 levels, one within the other.</summary>
    [Fact]
    public void Lengths_beyond_all_measure_and_schemas_without_end_are_refused_before_memory_is_taken()
    {
        byte[] endless = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];
        byte[] deep = [0x15, 0x02, 0x19, 0xFC, 0xA0, 0x8D, 0x06, .. Enumerable.Repeat<byte[]>([0x48, 0x01, 0x61, 0x15, 0x02, 0x00], 100_000).SelectMany(element => element), 0x00];
        foreach (byte[] footer in new byte[][]
        {
            [0x15, 0x02, 0x19, 0xFC, .. endless, 0x00],
            [0x15, 0x02, 0x58, .. endless, 0x00],
            [.. Enumerable.Repeat((byte)0x1C, 100_000)],
            [0x15, 0x02],
            [],
            deep,
        })
        {
            using var folder = new TemporaryFolder();
            Assert.True(Refuses(folder["a.parquet"], [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8], EventLayout.Default, "made up"));
        }
    }

    [Fact]
    public void A_folder_an_empty_file_and_another_format_are_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["folder.parquet"]);
        File.WriteAllBytes(folder["empty.parquet"], []);
        File.WriteAllText(folder["text.parquet"], "PAR0, and more than twelve bytes of it");
        File.WriteAllText(folder["short.parquet"], "PAR1PAR1");
        foreach (string name in new[] { "folder", "empty", "text", "short" })
        {
            Assert.Throws<EventFormatException>(() => EventFile.Open(folder[$"{name}.parquet"]));
        }
    }

    private static EventLayout LayoutOf(string form) => form switch
    {
        "saved" => EventLayout.Default,
        _ when form.StartsWith("hits", StringComparison.Ordinal) => EventLayout.Default.Size(Events.Shape),
        _ => Layout,
    };

    private static byte[] Make(TemporaryFolder folder, string form)
    {
        string path = folder["whole.parquet"];
        Compression codec = form switch
        {
            "nested-zstd" => Compression.Zstd,
            "nested-gzip" => Compression.Gzip,
            "nested-brotli" => Compression.Brotli,
            "nested-lz4" => Compression.Lz4,
            "hits-plain" => Compression.Uncompressed,
            _ => Compression.Snappy,
        };
        switch (form)
        {
            case "saved":
                EventFile.Save(EventSource.FromBatch(Events), path);
                break;
            case "hits-delta":
                ParquetFiles.WriteHits(path, Events, 50, builder => builder.DisableDictionary().Encoding("event", Encoding.DeltaBinaryPacked).Encoding("column", Encoding.DeltaBinaryPacked));
                break;
            case "hits-snappy" or "hits-plain":
                ParquetFiles.WriteHits(path, Events, 50, builder => builder.Compression(codec));
                break;
            default:
                ParquetFiles.Write(
                    path,
                    4,
                    builder => builder.Compression(codec),
                    null,
                    ParquetFiles.Column("X_jets", ParquetFiles.ChannelsFirst(Events)),
                    ParquetFiles.Column("y", Events.Labels.ToArray()));
                break;
        }

        using EventSource source = EventFile.Open(path, LayoutOf(form));
        Assert.Equal(Events.Images.ToArray(), source.Read(0, 6).Images.ToArray());
        return File.ReadAllBytes(path);
    }

    private static bool Refuses(string path, byte[] file, EventLayout layout, string what)
    {
        File.WriteAllBytes(path, file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long began = Stopwatch.GetTimestamp();
        Exception? error = Record.Exception(() =>
        {
            EventFile.ReadAttributes(path);
            EventFile.Describe(path);
            using EventSource source = EventFile.Open(path, layout);
            source.Read(0, Math.Min(source.Count, 50));
        });
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(error is null or EventFormatException, $"{what}: {error}");
        Assert.True(took < MostTime, $"{what} took {took}.");
        Assert.True(allocated < MostAllocated, $"{what} allocated {allocated} bytes.");
        return error is not null;
    }
}
