using FsCheck.Xunit;
using ParticleImages.Formats.Arrow;

namespace ParticleImages.Formats.Tests.Arrow;

public sealed class HitFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["hits.arrow"];

    public void Dispose() => folder.Dispose();

    [Property(MaxTest = 30)]
    public void Hits_that_are_saved_are_opened_bit_for_bit(byte count, byte compression)
    {
        HitEvents hits = ExampleHits.Hits(count % 40, seed: count);
        HitFile.Save(hits, File, null, (ArrowCompression)(compression % 3), default);
        using HitFile file = HitFile.Open(File);
        ExampleHits.AssertSame(hits, file.Events);
        Assert.Equal(File, file.Path);
    }

    [Fact]
    public void Events_of_any_source_are_saved_as_the_hits_found_in_them()
    {
        // 64 events to a batch; NaN, infinities and lone times are no hits.
        EventBatch batch = ExampleEvents.Batch(150, 256, 256);
        HitFile.Save(EventSource.FromBatch(batch), File);
        using HitFile file = HitFile.Open(File);
        ExampleHits.AssertSame(HitEvents.From(batch), file.Events);
        Assert.Equal("3 record batches of 22 to 64 rows, uncompressed", EventFile.Describe(File)[0].Storage);
        Assert.Equal("list<struct<pixel: uint16, energy: float32, time: float32>>", EventFile.Describe(File)[0].ElementType);
    }

    [Fact]
    public void Layers_of_more_hits_than_pixels_are_kept_in_their_order()
    {
        float[] energies = [.. Enumerable.Range(0, 2 * 50 * 6).Select(cell => cell % 3 == 0 ? 0f : cell)];
        HitEvents layers = HitEvents.FromLayers(new ImageShape(2, 3), 50, energies, [0, 1]);
        HitFile.Save(layers, File);
        using HitFile file = HitFile.Open(File);
        ExampleHits.AssertSame(layers, file.Events);
        using EventSource source = EventFile.Open(File);
        var error = Assert.Throws<EventFormatException>(() => source.Read(1, 1));
        Assert.Equal(1, error.Row);
        Assert.Contains("two hits in pixel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Uncompressed_hits_stand_where_the_file_is_mapped_and_compressed_ones_are_decoded_once()
    {
        foreach (ArrowCompression compression in Enum.GetValues<ArrowCompression>())
        {
            HitFile.Save(ExampleHits.Hits(1000, 32, 32), File, null, compression, default);
            long before = GC.GetAllocatedBytesForCurrentThread();
            using HitFile file = HitFile.Open(File);
            HitEvents hits = file.Events;
            long opened = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(hits[999].Pixels.Overlaps(hits[999].Pixels));
            Assert.True(hits[0].Count + hits[1].Count + hits[2].Count > 0);
            long used = GC.GetAllocatedBytesForCurrentThread() - before - opened;
            Assert.InRange(used, compression == ArrowCompression.None ? 0 : 10 * hits.HitCount, compression == ArrowCompression.None ? 1000 : 40 * hits.HitCount);
        }
    }

    [Theory]
    [InlineData("pixel", 1, "is in pixel 6; an image of 2 × 3 has pixels 0 to 5")]
    [InlineData("energy", 2, "has energy 0")]
    [InlineData("time", 2, "has time NaN")]
    public void A_value_that_no_hit_has_is_refused_with_its_row_when_it_is_first_used(string what, int row, string words)
    {
        Apache.Arrow.ListArray good = OtherWriter.Hits([0, 1], [1], [1], [1]);
        Apache.Arrow.ListArray bad = OtherWriter.Hits([0, 1, 3], [0, 1, 5], [1, 2, 3], [1, 2, 3]);
        bad = what switch
        {
            "pixel" => OtherWriter.Hits([0, 1, 3], [6, 1, 5], [1, 2, 3], [1, 2, 3]),
            "energy" => OtherWriter.Hits([0, 1, 3], [0, 1, 5], [1, 2, 0], [1, 2, 3]),
            _ => OtherWriter.Hits([0, 1, 3], [0, 1, 5], [1, 2, 3], [1, float.NaN, 3]),
        };
        OtherWriter.Write(
            File,
            OtherWriter.Size,
            [OtherWriter.Column("hits", good), OtherWriter.Column("labels", OtherWriter.Labels())],
            [[good, OtherWriter.Labels(0)], [bad, OtherWriter.Labels(1, 0)]]);
        using HitFile file = HitFile.Open(File);
        HitEvents hits = file.Events;
        Assert.Equal(1, hits[0].Count);
        for (int again = 0; again < 2; again++)
        {
            var error = Assert.Throws<EventFormatException>(() => hits[1].Count);
            Assert.Equal((File, row), (error.Path, error.Row));
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_closed_file_says_so_and_may_be_replaced_and_deleted()
    {
        HitFile.Save(ExampleHits.Hits(4), File);
        HitFile file = HitFile.Open(File);
        HitEvents hits = file.Events;
        Parallel.For(0, 4, _ => file.Dispose());
        Assert.Throws<ObjectDisposedException>(() => file.Events);
        Assert.Throws<ObjectDisposedException>(() => hits[0].Count + hits[1].Count + hits[2].Count + hits[3].Count);
        using (FileStream alone = new(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.True(alone.Length > 0);
        }

        System.IO.File.Delete(File);
    }

    [Fact]
    public void Hits_outlive_a_file_that_nobody_holds()
    {
        HitFile.Save(ExampleHits.Hits(400, 32, 32), File);
        Hits first = Open();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(ExampleHits.Hits(400, 32, 32)[0].Energies, first.Energies);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        Hits Open() => HitFile.Open(File).Events[0];
    }

    [Fact]
    public void Several_threads_read_the_same()
    {
        foreach (ArrowCompression compression in Enum.GetValues<ArrowCompression>())
        {
            HitEvents expected = ExampleHits.Hits(500, 16, 16);
            HitFile.Save(expected, File, null, compression, default);
            using HitFile file = HitFile.Open(File);
            HitEvents found = file.Events;
            Parallel.For(0, 8, _ => ExampleHits.AssertSame(expected, found));
        }
    }
}
