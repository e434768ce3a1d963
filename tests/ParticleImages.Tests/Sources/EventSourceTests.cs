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
