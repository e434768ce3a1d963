namespace ParticleImages.Tests.Sources;

public sealed class EventSourceTests
{
    [Fact]
    public void Only_images_of_one_size_follow_each_other()
    {
        EventSource first = EventSource.FromBatch(ExampleEvents.Batch(4, 5, 4), "first");
        EventSource second = EventSource.FromBatch(ExampleEvents.Batch(4, 4, 5), "second");
        var error = Assert.Throws<ArgumentException>(() => first.Concat(second));
        Assert.Contains("5 × 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("4 × 5", error.Message, StringComparison.Ordinal);
        Assert.Equal("first + first", first.Concat(first).Name);
    }

    [Fact]
    public void More_events_than_an_int_counts_are_refused()
    {
        var half = new LabelledEvents(row => 0, (int.MaxValue / 2) + 1);
        Assert.Throws<ArgumentException>(() => half.Concat(half));
    }

    [Fact]
    public void Many_sources_are_one_with_the_first_few_in_its_name()
    {
        EventBatch batch = ExampleEvents.Batch(40);
        EventSource whole = EventSource.FromBatch(batch);
        EventSource joined = EventSource.Concat([.. Enumerable.Range(0, 8).Select(part => whole.Slice(part * 5, 5))]);
        Assert.Equal(batch.Images, joined.Read(0, 40).Images);
        Assert.Equal(batch.Labels[13..28], joined.Read(13, 15).Labels);
        Assert.Equal("events in memory + events in memory + events in memory and 5 more", joined.Name);
        Assert.Throws<ArgumentException>("sources", () => EventSource.Concat([]));
        Assert.Throws<ArgumentNullException>("sources", () => EventSource.Concat([whole, null!]));
        Assert.Throws<ArgumentException>("sources", () => EventSource.Concat([whole, EventSource.FromBatch(ExampleEvents.Batch(4, 9, 9))]));
    }

    [Fact]
    public void Sources_are_closed_with_what_they_were_joined_to_only_where_it_owns_them()
    {
        using var source = new LabelledEvents(row => 0, 10);
        EventSource.Concat([source, source]).Dispose();
        Assert.False(source.IsDisposed);
        EventSource.Concat([source, source], leaveOpen: false).Dispose();
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public void A_part_of_a_source_follows_its_groups_as_far_as_they_are_read_forward()
    {
        var source = new LabelledEvents(row => 0, 100, together: 10);
        Assert.Equal(7, source.Slice(3, 50).GroupFrom(0).Count);
        Assert.Equal(3, source.Slice(20, 3).GroupFrom(0).Count);
        EventSource some = source.Select([1, 3, 4, 9, 12, 13, 11, 10, 19, 19]);
        Assert.Equal([4, 2, 1, 2, 1], Groups(some));
        Assert.Equal([5, 10, 10, 5], Groups(source.Slice(5, 25).Concat(source.Slice(60, 5))));
        Assert.Equal([7, 93], Groups(new LabelledEvents(row => 0, 7, 100, true).Concat(new LabelledEvents(row => 0, 93, 100, true))));

        static List<int> Groups(EventSource source)
        {
            List<int> counts = [];
            for (int row = 0; row < source.Count; row += counts[^1])
            {
                counts.Add(source.GroupFrom(row).Count);
            }

            return counts;
        }
    }

    [Fact]
    public void A_row_outside_can_not_be_selected()
    {
        EventSource source = EventSource.FromBatch(ExampleEvents.Batch(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Select([0, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Select([-1]));
    }

    [Fact]
    public void Empty_sources_read_as_empty_batches()
    {
        EventSource source = EventSource.FromBatch(ExampleEvents.Batch(4));
        foreach (EventSource empty in new[] { source.Select([]), source.Slice(4, 0), source.Slice(0, 0).Concat(source.Slice(2, 0)) })
        {
            Assert.Equal(0, empty.Count);
            Assert.Equal(0, empty.Read(0, 0).Count);
            Assert.Empty(empty.Batches(10));
        }
    }

    [Fact]
    public void Runs_of_neighbours_are_read_at_once()
    {
        var source = new LabelledEvents(row => row % 2, 1000);
        source.Select([5, 6, 7, 20, 21, 3]).Read(0, 6);
        Assert.Equal([(5, 3), (20, 2), (3, 1)], source.ImageReads);
    }

    [Fact]
    public void Batches_are_read_only_when_they_are_reached()
    {
        var source = new LabelledEvents(row => 0, 1000);
        Assert.Equal(10, source.Batches(10).First().Count);
        Assert.Equal([(0, 10)], source.ImageReads);
    }

    [Fact]
    public void A_batch_larger_than_an_array_is_refused_before_memory_is_taken()
    {
        var source = new LabelledEvents(row => 0, int.MaxValue);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(0, int.MaxValue));
        Assert.Contains("Read in parts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_does_not_look_at_its_labels_is_found_out()
    {
        var source = new LabelledEvents(row => row == 7 ? 2 : 0, 10);
        Assert.Equal(7, source.Read(0, 7).Count);
        Assert.Equal(7, Assert.Throws<EventFormatException>(() => source.Read(5, 5)).Row);
        Assert.Equal(7, Assert.Throws<EventFormatException>(() => source.ReadLabels(0, new int[10])).Row);
        Assert.Equal(7, Assert.Throws<EventFormatException>(() => source.ReadInto(7, new float[2], new int[1])).Row);
        Assert.Throws<EventFormatException>(() => HitEvents.From(source));
    }

    [Fact]
    public void Disposing_of_a_view_leaves_its_source_open()
    {
        var source = new LabelledEvents(row => 0, 10);
        source.Slice(0, 5).Dispose();
        source.Select([1]).Dispose();
        source.Concat(source).Dispose();
        Assert.False(source.IsDisposed);
        source.Dispose();
        Assert.True(source.IsDisposed);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(7, 3)]
    [InlineData(6, 3)]
    [InlineData(2, 100)]
    public void Reading_in_parts_gives_all_events_in_order(int count, int size)
    {
        EventBatch batch = ExampleEvents.Batch(count);
        var images = new List<float>();
        var labels = new List<int>();
        EventSource.FromBatch(batch).ReadInParts(size, (start, imagesOfPart, labelsOfPart) =>
        {
            Assert.Equal(labels.Count, start);
            Assert.InRange(labelsOfPart.Length, 1, size);
            images.AddRange(imagesOfPart);
            labels.AddRange(labelsOfPart);
        });
        Assert.Equal(batch.Labels.ToArray(), labels);
        Assert.Equal(batch.Images.ToArray(), images);
    }

    [Fact]
    public void Reading_in_parts_stops_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        int parts = 0;
        Assert.Throws<OperationCanceledException>(() => EventSource.FromBatch(ExampleEvents.Batch(9)).ReadInParts(
            2,
            (_, _, _) =>
            {
                parts++;
                cancellation.Cancel();
            },
            cancellation.Token));
        Assert.Equal(1, parts);
        Assert.Throws<ArgumentOutOfRangeException>("size", () => EventSource.FromBatch(ExampleEvents.Batch(9)).ReadInParts(0, (_, _, _) => { }));
    }
}
