using Xunit;

namespace ParticleImages.TestKit;

/// <summary>
/// What holds for every source of events, a file, a view or memory. To test a source inherit this class, open the source
/// in <see cref="Open"/> and say in <see cref="Expected"/> what it holds, bit for bit (four events or more).
/// </summary>
public abstract class EventSourceContract
{
    /// <summary>All events of the source, from elsewhere than the code under test.</summary>
    protected abstract EventBatch Expected { get; }

    /// <summary>Opens the source anew; the test disposes of it.</summary>
    protected abstract EventSource Open();

    [Fact]
    public void Count_size_and_name_are_known_before_anything_is_read()
    {
        using EventSource source = Open();
        Assert.True(Expected.Count >= 4, "A contract needs four events or more.");
        Assert.Equal(Expected.Count, source.Count);
        Assert.Equal(Expected.Shape, source.ImageShape);
        Assert.False(string.IsNullOrWhiteSpace(source.Name));
    }

    [Fact]
    public void The_whole_read_at_once_is_what_was_expected()
    {
        using EventSource source = Open();
        AssertPart(0, source.Read(0, source.Count));
    }

    [Fact]
    public void Any_range_is_that_part_of_the_whole_in_whatever_order_ranges_are_read()
    {
        using EventSource source = Open();
        for (int start = source.Count; start >= 0; start--)
        {
            foreach (int count in new[] { 0, 1, 2, source.Count / 2, source.Count })
            {
                int within = Math.Min(count, source.Count - start);
                AssertPart(start, within, source.Read(start, within));
            }
        }
    }

    [Fact]
    public void The_callers_buffers_receive_the_same_and_nothing_beyond()
    {
        using EventSource source = Open();
        int values = source.ImageShape.Values;
        var images = new float[4 * values];
        var labels = new int[4];
        images.AsSpan().Fill(-77);
        labels.AsSpan().Fill(-77);
        source.ReadInto(1, images.AsSpan(values, 2 * values), labels.AsSpan(1, 2));
        AssertPart(1, new EventBatch(source.ImageShape, images[values..(3 * values)], labels[1..3]));
        Assert.All(images[..values], value => Assert.Equal(-77, value));
        Assert.All(images[(3 * values)..], value => Assert.Equal(-77, value));
        Assert.Equal([-77, -77], new[] { labels[0], labels[3] });
    }

    [Fact]
    public void Labels_read_alone_are_the_labels_read_with_images()
    {
        using EventSource source = Open();
        for (int start = source.Count; start >= 0; start--)
        {
            var labels = new int[source.Count - start];
            source.ReadLabels(start, labels);
            Assert.Equal(Expected.Labels[start..].ToArray(), labels);
        }
    }

    [Fact]
    public void Batches_of_any_size_cover_all_events_once_and_in_order()
    {
        using EventSource source = Open();
        foreach (int size in new[] { 1, 3, source.Count, source.Count + 1, int.MaxValue })
        {
            int start = 0;
            foreach (EventBatch batch in source.Batches(size))
            {
                Assert.Equal(Math.Min(size, source.Count - start), batch.Count);
                AssertPart(start, batch);
                start += batch.Count;
            }

            Assert.Equal(source.Count, start);
        }
    }

    [Fact]
    public void Ranges_outside_the_source_are_refused()
    {
        using EventSource source = Open();
        (int Start, int Count)[] outside =
        [
            (-1, 1), (0, -1), (0, source.Count + 1), (source.Count, 1), (source.Count + 1, 0), (1, int.MaxValue),
            (int.MaxValue, int.MaxValue), (int.MinValue, 0),
        ];
        foreach ((int start, int count) in outside)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(start, count));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.Slice(start, count));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadLabels(source.Count, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadInto(-1, new float[source.ImageShape.Values], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Batches(0));
    }

    [Fact]
    public void Buffers_of_other_lengths_are_refused()
    {
        using EventSource source = Open();
        int values = source.ImageShape.Values;
        Assert.Throws<ArgumentException>(() => source.ReadInto(0, new float[values - 1], new int[1]));
        Assert.Throws<ArgumentException>(() => source.ReadInto(0, new float[values], new int[2]));
    }

    [Fact]
    public void Parts_of_the_source_hold_its_events()
    {
        using EventSource source = Open();
        AssertPart(1, source.Slice(1, source.Count - 2).Read(0, source.Count - 2));
        EventSource backwards = source.Select([.. Enumerable.Range(0, source.Count).Reverse()]);
        for (int i = 0; i < source.Count; i++)
        {
            AssertPart(source.Count - 1 - i, backwards.Read(i, 1));
        }
    }

    [Fact]
    public void Groups_follow_each_other_from_any_event_to_the_last()
    {
        using EventSource source = Open();
        int row = 0;
        while (row < source.Count)
        {
            EventGroup group = source.GroupFrom(row);
            Assert.InRange(group.Count, 1, source.Count - row);
            for (int within = 1; within < group.Count; within++)
            {
                Assert.Equal(new EventGroup(group.Count - within, group.IsForwardOnly), source.GroupFrom(row + within));
            }

            row += group.Count;
        }

        Assert.Equal(source.Count, row);
        Assert.Throws<ArgumentOutOfRangeException>(() => source.GroupFrom(source.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.GroupFrom(-1));
    }

    [Fact]
    public void An_epoch_holds_every_event_once_in_the_order_told_prefetched_or_not()
    {
        using EventSource source = Open();
        EventBatches[] ways =
        [
            source.InBatches(3),
            source.InBatches(3).Shuffled(seed: 5, buffer: 4),
            source.InBatches(source.Count).Shuffled(seed: 5, buffer: source.Count),
            source.InBatches(3).Shuffled(seed: 5, buffer: 2).Prefetched(2),
        ];
        foreach (EventBatches batches in ways)
        {
            int[] rows = batches.RowsOf(1);
            Assert.Equal(Enumerable.Range(0, source.Count), rows.Order());
            int done = 0;
            foreach (EventBatch batch in batches.Epoch(1))
            {
                for (int i = 0; i < batch.Count; i++)
                {
                    AssertPart(rows[done++], new EventBatch(batch.Shape, batch.Image(i).ToArray(), [batch.Labels[i]]));
                }
            }

            Assert.Equal(source.Count, done);
        }
    }

    [Fact]
    public void Two_sources_opened_side_by_side_are_read_by_two_threads_at_once()
    {
        using EventSource first = Open();
        using EventSource second = Open();
        EventSource[] sources = [first, second];
        Parallel.ForEach(sources, source =>
        {
            for (int start = source.Count - 1; start >= 0; start -= 3)
            {
                AssertPart(start, source.Read(start, source.Count - start));
            }
        });
    }

    [Fact]
    public void Disposing_twice_and_from_several_threads_is_harmless()
    {
        EventSource source = Open();
        source.Read(0, 1);
        Parallel.For(0, 8, _ => source.Dispose());
        source.Dispose();
    }

    [Fact]
    public void A_source_that_was_disposed_of_reads_no_more_nor_do_its_views()
    {
        EventSource source = Open();
        EventSource view = source.Slice(0, 1);
        source.Read(0, 1);
        source.Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.Read(0, 1));
        Assert.Throws<ObjectDisposedException>(() => source.ReadInto(0, new float[source.ImageShape.Values], new int[1]));
        Assert.Throws<ObjectDisposedException>(() => source.ReadLabels(0, new int[1]));
        Assert.Throws<ObjectDisposedException>(() => view.Read(0, 1));
        Assert.Contains(source.Name, Assert.Throws<ObjectDisposedException>(() => view.ReadLabels(0, new int[1])).Message, StringComparison.Ordinal);
    }

    private void AssertPart(int start, EventBatch read) => AssertPart(start, read.Count, read);

    private void AssertPart(int start, int count, EventBatch read)
    {
        int values = Expected.Shape.Values;
        Assert.Equal(count, read.Count);
        Assert.Equal(Expected.Shape, read.Shape);
        Assert.Equal(Expected.Labels.Slice(start, count).ToArray(), read.Labels.ToArray());
        Assert.Equal(Bits(Expected.Images.Slice(start * values, count * values)), Bits(read.Images));
    }

    // NaN differs from itself and −0 equals 0, so values are compared as they are stored.
    private static int[] Bits(ReadOnlySpan<float> values) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values).ToArray();
}
