using System.Buffers.Binary;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>Headers of hits that lie: refused before memory is taken for what is not there.</summary>
public sealed class ArrowHostileTests : IDisposable
{
    private const long MostAllocated = 8L << 20;
    private readonly TemporaryFolder folder = new();

    private string File => folder["hits.arrow"];

    public void Dispose() => folder.Dispose();

    /// <summary>Without a column of labels only offsets tell how many events there are; each would take 12 bytes.</summary>
    [Theory]
    [InlineData(int.MaxValue, false)]
    [InlineData(int.MaxValue - 40, false)]
    [InlineData(300_000_000, false)]
    [InlineData(300_000_000, true)]
    [InlineData(1300, false)]
    public void Rows_that_are_not_there_are_refused(long rows, bool isCompressed)
    {
        Apache.Arrow.ListArray hits = OtherWriter.Hits(new int[1235], [], [], []);
        OtherWriter.Write(
            File, OtherWriter.Size, [OtherWriter.Column("hits", hits)], [[hits]], compression: isCompressed ? Apache.Arrow.Ipc.CompressionCodecType.Zstd : null);
        using (HitFile whole = HitFile.Open(File, EventLayout.Default.LabelAll(0)))
        {
            Assert.Equal(1234, whole.Events.Count);
        }

        Replace(1234, rows);
        AssertRefused(EventLayout.Default.LabelAll(0));
    }

    /// <summary>One byte of the length that stands before a compressed buffer, and it says a gigabyte more.</summary>
    [Theory]
    [InlineData(ArrowCompression.Lz4)]
    [InlineData(ArrowCompression.Zstd)]
    public void A_compressed_buffer_that_says_it_is_huge_is_refused(ArrowCompression compression)
    {
        var random = new Random(1);
        float[] energies = [.. Enumerable.Range(0, 20_000).Select(_ => 1 + random.NextSingle())];
        HitEvents hits = HitEvents.FromLayers(new ImageShape(4, 5), 1, energies, new int[1000]);
        HitFile.Save(hits, File, null, compression, default);
        Replace(4L * hits.HitCount, (4L * hits.HitCount) | (1 << 30));
        AssertRefused(EventLayout.Default);
    }

    private void AssertRefused(EventLayout layout)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        EventFormatException error = Assert.Throws<EventFormatException>(() =>
        {
            using EventSource events = EventFile.Open(File, layout);
            events.Read(0, 1);
        });
        Assert.Equal(File, error.Path);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostAllocated);
    }

    private void Replace(long number, long other)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int replaced = 0;
        for (int i = 0; i <= bytes.Length - sizeof(long); i += sizeof(long))
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i)) == number)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i), other);
                replaced++;
            }
        }

        Assert.True(replaced > 0);
        System.IO.File.WriteAllBytes(File, bytes);
    }
}
