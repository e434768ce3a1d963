using ParticleImages.Formats.Tests.Damage;

namespace ParticleImages.Formats.Tests.Parquet;

/// <summary>Footers that lie: an error of ours or other values, in bounded time and memory, and never anything else.</summary>
public sealed class ParquetHostileTests
{
    [Theory]
    [InlineData("saved")]
    [InlineData("lists, Snappy")]
    public void Every_byte_of_the_footer_may_lie(string form)
    {
        using var folder = new TemporaryFolder();
        ReferenceFile file = Whole(form);
        byte[] whole = file.Bytes;
        int footer = BitConverter.ToInt32(whole, whole.Length - 8);
        for (int place = whole.Length - 8 - footer; place < whole.Length; place++)
        {
            foreach (byte value in new byte[] { 0xFF, (byte)(whole[place] ^ 0x80) })
            {
                byte[] damaged = [.. whole];
                damaged[place] = value;
                File.WriteAllBytes(folder["damaged.parquet"], damaged);
                BoundedReading.Refuses(folder["damaged.parquet"], file.Layout, $"byte {place} as {value}");
            }
        }
    }

    [Fact]
    public void A_footer_that_says_it_is_longer_than_the_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = Whole("saved").Bytes;
        foreach (uint length in new uint[] { int.MaxValue, uint.MaxValue, 0x80000000, (uint)whole.Length })
        {
            BitConverter.TryWriteBytes(whole.AsSpan(whole.Length - 8), length);
            File.WriteAllBytes(folder["a.parquet"], whole);
            EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["a.parquet"]));
            Assert.Contains($"{length}", error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A file of more than 2 GiB, nearly all of it holes, whose end says that all is footer.</summary>
    [Fact]
    public void A_footer_of_gigabytes_is_refused_before_it_is_read()
    {
        const uint footer = 0x90000000;
        using var folder = new TemporaryFolder();
        using (FileStream stream = File.Create(folder["a.parquet"]))
        {
            stream.Write("PAR1"u8);
            stream.SetLength(footer + 12L);
            stream.Seek(-8, SeekOrigin.End);
            stream.Write(BitConverter.GetBytes(footer));
            stream.Write("PAR1"u8);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        EventFormatException error = Assert.Throws<EventFormatException>(() => EventFile.Open(folder["a.parquet"]));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        Assert.Contains($"{footer} bytes", error.Message, StringComparison.Ordinal);
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
            File.WriteAllBytes(folder["a.parquet"], [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8]);
            Assert.True(BoundedReading.Refuses(folder["a.parquet"], EventLayout.Default, "made up"));
        }
    }

    private static ReferenceFile Whole(string form) => ReferenceFile.Of("Parquet").Single(file => file.Name == form);
}
