using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace ParticleImages.Formats.Tests.Hdf5;

public sealed class Hdf5ReadingTests
{
    public static TheoryData<string> FilesOfTheExpectedValues =>
    [
        "contiguous", "chunked-plain", "gzip", "gzip-shuffle-fletcher", "lzf", "lzf-shuffle", "lzf-one-chunk",
        "auto-chunk-lzf", "split-channels-gzip", "uneven-chunks-gzip", "resizable-gzip", "unfiltered-chunks",
        "early-implicit", "latest-gzip", "latest-extensible-lzf", "latest-btree2-gzip", "latest-single-gzip",
        "latest-paged-gzip", "userblock-gzip", "linked", "X-float64-gzip", "big-endian", "big-endian-float64-gzip",
        "y-bool", "y-float64", "y-int64", "y-uint8", "y-big-endian-int16", "y-column",
    ];

    public static TheoryData<string> FilesOfIncompressibleValues => ["lzf-masked-chunks", "lzf-shuffle-masked-chunks"];

    public static TheoryData<string> FilesOfHalfPrecision => ["X-float16", "big-endian-float16-gzip"];

    [Theory]
    [MemberData(nameof(FilesOfTheExpectedValues))]
    public void Every_storage_gives_the_values_bit_for_bit(string name) => AssertHolds(name, ExpectedEvents.Images);

    [Theory]
    [MemberData(nameof(FilesOfTheExpectedValues))]
    public void Any_number_of_threads_gives_the_same(string name)
    {
        var random = new Random(name.Length);
        foreach (int threads in (int[])[1, 2, 3, 16])
        {
            using EventSource source = EventFile.Open(ExpectedEvents.File(name), threads: threads);
            for (int i = 0; i < 10; i++)
            {
                int start = random.Next(48);
                int count = i == 0 ? 48 - start : random.Next(48 - start + 1);
                ExpectedEvents.AssertSame(ExpectedEvents.Images.AsSpan(start * 2048, count * 2048), source.Read(start, count).Images);
            }
        }
    }

    [Theory]
    [MemberData(nameof(FilesOfIncompressibleValues))]
    public void Chunks_that_the_writer_left_unfiltered_give_the_values_bit_for_bit(string name) =>
        AssertHolds(name, ExpectedEvents.IncompressibleImages);

    [Theory]
    [MemberData(nameof(FilesOfHalfPrecision))]
    public void Half_precision_is_converted_by_value(string name) =>
        AssertHolds(name, [.. ExpectedEvents.Images.Select(value => (float)(Half)value)]);

    [Fact]
    public void Other_names_are_read_where_the_layout_says()
    {
        EventLayout layout = EventLayout.Default.Images("/data/images").Labels("data/labels");
        AssertHolds("other-names", ExpectedEvents.Images, layout);
    }

    [Fact]
    public void Channel_first_images_are_brought_in_order() =>
        AssertHolds("channel-first", ExpectedEvents.Images, EventLayout.Default.ChannelFirst());

    [Fact]
    public void Energies_alone_get_the_time_that_the_layout_gives()
    {
        float[] expected = [.. ExpectedEvents.Images.Select((value, i) => i % 2 == 0 ? value : 0.25f)];
        AssertHolds("energy-only", expected, EventLayout.Default.TimeAll(0.25f));
    }

    [Fact]
    public void A_constant_label_stands_for_labels_that_are_missing()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("bad-no-y"), EventLayout.Default.LabelAll(1));
        Assert.All(source.Read(0, source.Count).Labels.ToArray(), label => Assert.Equal(1, label));
    }

    [Fact]
    public void Values_that_no_detector_gives_are_read_as_stored()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("bad-nan"));
        float[] images = source.Read(0, source.Count).Images.ToArray();
        Assert.Contains(images, float.IsNaN);
        Assert.Contains(images, float.IsInfinity);
        Assert.Contains(images.Where((_, i) => i % 2 == 0), energy => energy < 0);
    }

    [Fact]
    public void Chunks_that_were_never_written_hold_the_fill_value()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("fill-value"));
        int values = source.ImageShape.Values;
        ReadOnlySpan<float> images = source.Read(0, source.Count).Images;
        ExpectedEvents.AssertSame(ExpectedEvents.Images.AsSpan(0, 10 * values), images[..(10 * values)]);
        Assert.Equal(-1, images[(10 * values)..].IndexOfAnyExcept(-1.5f));
    }

    /// <summary>Their chunks would take 390 MB each, of which the dataset has room for 8 KB.</summary>
    [Fact]
    public void Chunks_that_were_never_written_take_no_memory_however_far_they_stand_out()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("wide-chunks"), threads: 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        EventBatch all = source.Read(0, 4);
        Assert.Equal(-1, all.Images.IndexOfAnyExcept(-1.5f));
        Assert.Equal(-1, source.Read(1, 2).Images.IndexOfAnyExcept(-1.5f));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Filters_are_undone_in_any_order_also_where_nothing_could_be_compressed()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("gzip-before-shuffle"));
        using EventSource raw = EventFile.Open(ExpectedEvents.File("gzip-before-shuffle"), EventLayout.Default.Images("/raw").ChannelLast());
        ExpectedEvents.AssertSame(raw.Read(0, 2).Images, source.Read(0, 2).Images);
        Assert.Equal("chunks of 2 × 32 × 32 × 2, gzip, shuffle", EventFile.Describe(ExpectedEvents.File("gzip-before-shuffle")).Single(dataset => dataset.Name == "/X").Storage);
    }

    [Fact]
    public void Contiguous_values_that_were_never_written_are_the_fill_value()
    {
        EventLayout layout = EventLayout.Default.Images("energies").TimeAll(0);
        using EventSource source = EventFile.Open(ExpectedEvents.File("fill-value"), layout);
        Assert.Equal(2.5f, source.Read(5, 1).Energy(0, 31, 31));
    }

    [Fact]
    public void Values_within_the_header_are_read()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("compact"));
        ExpectedEvents.AssertSame(ExpectedEvents.Images.AsSpan(0, 4 * 2048), source.Read(0, 4).Images);
        ExpectedEvents.AssertSame(ExpectedEvents.Images.AsSpan(2 * 2048, 2048), source.Read(2, 1).Images);
    }

    [Fact]
    public void Labels_are_read_although_the_images_are_damaged()
    {
        using EventSource source = EventFile.Open(ExpectedEvents.File("bad-corrupt-chunk"));
        var labels = new int[source.Count];
        source.ReadLabels(0, labels);
        Assert.Equal(ExpectedEvents.Labels, labels);
    }

    [Theory]
    [MemberData(nameof(FilesOfTheExpectedValues))]
    public void Slices_of_any_size_follow_each_other_to_the_whole(string name)
    {
        foreach (int size in (int[])[1, 5, 7, 16, 47])
        {
            using EventSource source = EventFile.Open(ExpectedEvents.File(name));
            var images = new List<float>();
            foreach (EventBatch batch in source.Batches(size))
            {
                images.AddRange(batch.Images);
            }

            ExpectedEvents.AssertSame(ExpectedEvents.Images, images.ToArray());
        }
    }

    [Property(MaxTest = 60)]
    public Property Any_range_in_any_order_is_the_range_of_the_whole() => Prop.ForAll(
        Gen.Elements("contiguous", "gzip", "uneven-chunks-gzip", "auto-chunk-lzf", "big-endian", "latest-paged-gzip").ToArbitrary(),
        Gen.Zip(Gen.Choose(0, ExpectedEvents.Count), Gen.Choose(0, ExpectedEvents.Count)).ListOf().ToArbitrary(),
        (name, ranges) =>
        {
            using EventSource source = EventFile.Open(ExpectedEvents.File(name));
            foreach ((int one, int other) in ranges)
            {
                (int start, int end) = (Math.Min(one, other), Math.Max(one, other));
                EventBatch batch = source.Read(start, end - start);
                ExpectedEvents.AssertSame(ExpectedEvents.Images.AsSpan(start * 2048, (end - start) * 2048), batch.Images);
                Assert.Equal(ExpectedEvents.Labels[start..end], batch.Labels.ToArray());
            }
        });

    [Fact]
    public void Two_sources_of_one_file_are_read_side_by_side()
    {
        string path = ExpectedEvents.File("lzf");
        using EventSource one = EventFile.Open(path);
        using EventSource other = EventFile.Open(path);
        Parallel.ForEach([one, other], source => ExpectedEvents.AssertSame(ExpectedEvents.Images, source.Read(0, 48).Images));
    }

    [Fact]
    public void A_closed_source_says_that_it_is_closed()
    {
        EventSource source = EventFile.Open(ExpectedEvents.File("gzip"));
        source.Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.Read(0, 1));
    }

    private static void AssertHolds(string name, float[] images, EventLayout? layout = null)
    {
        string path = ExpectedEvents.File(name);
        using EventSource source = EventFile.Open(path, layout);
        Assert.Equal(path, source.Name);
        Assert.Equal(ImageShape.Crop32, source.ImageShape);
        Assert.Equal(ExpectedEvents.Count, source.Count);
        EventBatch batch = source.Read(0, source.Count);
        ExpectedEvents.AssertSame(images, batch.Images);
        Assert.Equal(ExpectedEvents.Labels, batch.Labels.ToArray());
    }
}
