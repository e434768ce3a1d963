using FsCheck;
using FsCheck.Xunit;

namespace ParticleImages.Tests.Sources;

/// <summary>The order of an epoch, and what the source is asked for on the way. Reading ahead has tests of its own.</summary>
public sealed class EventBatchesTests
{
    [Property]
    public void Every_event_comes_once_an_epoch_whatever_the_groups_the_buffer_and_the_batches(
        byte count, byte together, bool isForwardOnly, byte buffer, byte size, NonNegativeInt seed, byte epoch)
    {
        using var source = new LabelledEvents(row => row % 2, count, together + 1, isForwardOnly);
        EventBatches batches = source.InBatches(size + 1).Shuffled(seed.Get, buffer + 1);
        List<EventBatch> read = [.. batches.Epoch(epoch)];
        Assert.Equal(Enumerable.Range(0, count), Rows(read).Order());
        Assert.Equal(batches.RowsOf(epoch), Rows(read));
        Assert.Equal(Rows(read).Select(row => row % 2), read.SelectMany(batch => batch.Labels.ToArray()));
        Assert.Equal(batches.BatchCount, read.Count);
        Assert.All(read.SkipLast(1), batch => Assert.Equal(size + 1, batch.Count));
    }

    [Property]
    public void Every_event_comes_once_also_through_views_of_views(byte[] picked, byte together, bool isForwardOnly, byte buffer)
    {
        using var first = new LabelledEvents(row => 0, 300, together + 1, isForwardOnly);
        using var second = new LabelledEvents(row => 1, 40, 7);
        int[] rows = [.. picked.Select(row => row + 20)];
        EventSource view = EventSource.Concat([first, second.Slice(3, 0), second]).Select(rows);
        int[] order = view.InBatches(10).Shuffled(1, buffer + 1).RowsOf(0);
        Assert.Equal(Enumerable.Range(0, rows.Length), order.Order());
    }

    [Property]
    public void The_order_does_not_depend_on_the_size_of_batches(byte count, byte together, bool isForwardOnly, byte buffer, byte size, byte other)
    {
        using var source = new LabelledEvents(row => 0, count, together + 1, isForwardOnly);
        Assert.Equal(
            Rows(source.InBatches(size + 1).Shuffled(3, buffer + 1).Epoch(2)),
            Rows(source.InBatches(other + 1).Shuffled(3, buffer + 1).Epoch(2)));
    }

    [Property]
    public void What_stands_together_is_read_as_one_front_to_back_and_nothing_else_in_between(byte count, byte together, byte buffer, byte size, byte seed)
    {
        using var source = new LabelledEvents(row => 0, count, together + 1);
        Assert.Equal(count, source.InBatches(size + 1).Shuffled(seed, buffer + 1).Epoch(0).Sum(batch => batch.Count));
        int end = 0;
        foreach ((int start, int length) in source.ImageReads)
        {
            // Either the last group goes on, or it was read to its end and another begins.
            Assert.True(start == end || (start % (together + 1) == 0 && (end % (together + 1) == 0 || end == count)));
            Assert.Equal(start / (together + 1), (start + length - 1) / (together + 1));
            end = start + length;
        }

        Assert.Equal(count, source.ImageReads.Sum(read => read.Count));
    }

    [Fact]
    public void Archives_are_each_read_front_to_back_by_turns()
    {
        using var photons = new LabelledEvents(row => 0, 1000, 1000, isForwardOnly: true);
        using var electrons = new LabelledEvents(row => 1, 1000, 1000, isForwardOnly: true);
        List<EventBatch> batches = [.. photons.Concat(electrons).InBatches(100).Shuffled(seed: 1, buffer: 400).Epoch(0)];
        foreach (LabelledEvents source in new[] { photons, electrons })
        {
            Assert.Equal(source.ImageReads.OrderBy(read => read.Start), source.ImageReads);
        }

        // One after another they would come as 1000 photons, then 1000 electrons.
        Assert.All(batches.SkipLast(4), batch => Assert.InRange(batch.Labels.ToArray().Sum(), 20, 80));
    }

    [Fact]
    public void Views_of_one_archive_are_read_front_to_back_together()
    {
        // As the two classes of a file that has them in turn.
        using var source = new LabelledEvents(row => row % 2, 1000, 1000, isForwardOnly: true);
        int[] rows = [.. Enumerable.Range(0, 500).Select(row => 2 * row)];
        EventSource classes = source.Select(rows).Concat(source.Select([.. rows.Select(row => row + 1)]));
        List<EventBatch> batches = [.. classes.InBatches(100).Shuffled(seed: 1, buffer: 400).Epoch(0)];
        Assert.Equal(Enumerable.Range(0, 1000), Rows(batches).Order());
        Assert.Equal(Enumerable.Range(0, 1000), source.ImageReads.SelectMany(read => Enumerable.Range(read.Start, read.Count)));
    }

    [Property]
    public void In_whatever_order_a_view_has_its_events_each_group_is_read_once_from_front_to_back(byte count, byte together, byte buffer, int seed)
    {
        using var source = new LabelledEvents(row => 0, count + 1, together + 1);
        int[] rows = [.. Enumerable.Range(0, count + 1)];
        new Random(seed).Shuffle(rows);
        List<EventBatch> batches = [.. source.Select(rows).InBatches(10).Shuffled(seed: 1, buffer + 1).Epoch(0)];
        Assert.Equal(Enumerable.Range(0, count + 1), Rows(batches).Order());
        int[] read = [.. source.ImageReads.SelectMany(read => Enumerable.Range(read.Start, read.Count))];
        int[] groups = [.. read.Select(row => row / (together + 1))];
        Assert.Equal(groups.Distinct().Count(), 1 + groups.Zip(groups.Skip(1), (one, next) => one == next ? 0 : 1).Sum());
        Assert.All(read.Zip(read.Skip(1)).Where(pair => pair.First / (together + 1) == pair.Second / (together + 1)), pair => Assert.Equal(pair.First + 1, pair.Second));
    }

    [Fact]
    public void A_source_that_grows_is_an_error_and_no_endless_reading()
    {
        var count = 10;
        using var source = new LabelledEvents(row => 0, 10) { CountNow = () => count };
        using IEnumerator<EventBatch> epoch = source.InBatches(4).Epoch(0).GetEnumerator();
        Assert.True(epoch.MoveNext());
        count = 20;
        Assert.True(epoch.MoveNext());
        Assert.Contains("does not change", Assert.Throws<InvalidOperationException>(() => epoch.MoveNext()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_is_pinned_so_that_it_is_the_same_on_any_machine_and_in_any_version()
    {
        using var grouped = new LabelledEvents(row => 0, 12, 3);
        Assert.Equal(Pinned.Grouped, grouped.InBatches(5).Shuffled(seed: 7, buffer: 4).RowsOf(3));
        using var archive = new LabelledEvents(row => 0, 12, 12, isForwardOnly: true);
        Assert.Equal(Pinned.Archive, archive.InBatches(5).Shuffled(seed: 7, buffer: 4).RowsOf(3));
        using var single = new LabelledEvents(row => 0, 12);
        Assert.Equal(Pinned.Single, single.InBatches(5).Shuffled(seed: 7, buffer: 4).RowsOf(3));
    }

    [Fact]
    public void Seed_and_epoch_both_make_another_order_and_one_enumeration_is_as_the_next()
    {
        using var source = new LabelledEvents(row => 0, 1000, 10);
        EventBatches batches = source.InBatches(100).Shuffled(seed: 1, buffer: 200);
        IEnumerable<EventBatch> epoch = batches.Epoch(0);
        Assert.Equal(Rows(epoch), Rows(epoch));
        Assert.NotEqual(batches.RowsOf(0), batches.RowsOf(1));
        Assert.NotEqual(batches.RowsOf(0), batches.Shuffled(seed: 2, buffer: 200).RowsOf(0));
        Assert.NotEqual(batches.RowsOf(1), batches.Shuffled(seed: 2, buffer: 200).RowsOf(0));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 24)]
    public void With_a_buffer_of_all_events_every_order_is_about_as_frequent(int together, int buffer)
    {
        // 24 orders of 4 events, 24 000 times: each 1000 times with a standard deviation of 31; chi squared of 23 degrees of freedom.
        using var source = new LabelledEvents(row => 0, 4, together);
        EventBatches batches = source.InBatches(4).Shuffled(seed: 11, buffer);
        int[] counts = [.. Enumerable.Range(0, 24_000).Select(epoch => string.Join(' ', batches.RowsOf(epoch))).CountBy(order => order).Select(order => order.Value)];
        Assert.Equal(24, counts.Length);
        Assert.InRange(counts.Sum(count => Math.Pow(count - 1000, 2) / 1000), 5, 60);
    }

    [Fact]
    public void Without_a_shuffle_every_epoch_is_the_source_front_to_back()
    {
        using var source = new LabelledEvents(row => 0, 10, 4);
        EventBatches batches = source.InBatches(3);
        Assert.Equal(Enumerable.Range(0, 10), Rows(batches.Epoch(5)));
        Assert.Equal(Enumerable.Range(0, 10), batches.RowsOf(5));
        Assert.Equal(4, batches.BatchCount);
    }

    [Fact]
    public void Verbs_make_copies_and_the_last_call_wins()
    {
        using var source = new LabelledEvents(row => 0, 100, 10);
        EventBatches inOrder = source.InBatches(10);
        EventBatches shuffled = inOrder.Shuffled(1, 20);
        Assert.Equal(Enumerable.Range(0, 100), inOrder.RowsOf(0));
        Assert.NotEqual(inOrder.RowsOf(0), shuffled.RowsOf(0));
        Assert.Equal(inOrder.Shuffled(2, 30).RowsOf(0), shuffled.Shuffled(2, 30).RowsOf(0));
        Assert.Equal(shuffled.RowsOf(0), shuffled.Prefetched(3).RowsOf(0));
    }

    [Fact]
    public void Nothing_is_read_before_a_batch_is_asked_for()
    {
        using var source = new LabelledEvents(row => 0, 100);
        IEnumerable<EventBatch> epoch = source.InBatches(10).Prefetched(2).Epoch(0);
        source.InBatches(10).Shuffled(1, 50).RowsOf(0);
        Assert.Empty(source.ImageReads);
        Assert.Equal(10, epoch.Count());
    }

    [Fact]
    public void Kept_batches_have_arrays_of_their_own()
    {
        using var source = new LabelledEvents(row => 0, 100, 5);
        List<EventBatch> kept = [.. source.InBatches(10).Shuffled(1, 20).Prefetched(1).Epoch(0)];
        Assert.Equal(Enumerable.Range(0, 100), Rows(kept).Order());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Reading_into_the_same_buffers_gives_the_same_batches_and_tells_where_they_begin(int ahead)
    {
        using var source = new LabelledEvents(row => row % 2, 103, 5);
        EventBatches batches = source.InBatches(10).Shuffled(1, 20);
        batches = ahead == 0 ? batches : batches.Prefetched(ahead);
        List<int> rows = [], labels = [];
        batches.ReadEpoch(4, (start, images, labelsOfPart) =>
        {
            Assert.Equal(rows.Count, start);
            for (int i = 0; i < images.Length; i += 2)
            {
                rows.Add((int)images[i]);
            }

            labels.AddRange(labelsOfPart);
        });
        Assert.Equal(batches.RowsOf(4), rows);
        Assert.Equal(rows.Select(row => row % 2), labels);
    }

    [Fact]
    public void Reading_into_the_same_buffers_allocates_nothing_by_the_batch()
    {
        using EventSource source = EventSource.FromBatch(ExampleEvents.Batch(2000, 16, 16));
        EventBatches batches = source.InBatches(10);
        long before = 0, after = 0;
        batches.ReadEpoch(0, (start, _, _) =>
        {
            before = start == 100 ? GC.GetAllocatedBytesForCurrentThread() : before;
            after = GC.GetAllocatedBytesForCurrentThread();
        });

        // 189 batches of 20 KB would be 3.9 MB.
        Assert.InRange(after - before, 0, 100_000);
    }

    [Fact]
    public void Epochs_of_no_events_have_no_batches()
    {
        using var source = new LabelledEvents(row => 0, 0);
        Assert.Empty(source.InBatches(3).Epoch(0));
        Assert.Empty(source.InBatches(3).Shuffled(1, 3).Epoch(0));
        Assert.Empty(source.InBatches(3).Shuffled(1, 3).Prefetched(2).Epoch(0));
        Assert.Empty(source.InBatches(3).Shuffled(1, 3).RowsOf(0));
        Assert.Equal(0, source.InBatches(3).BatchCount);
    }

    [Fact]
    public void Bad_input_is_refused_where_it_is_said()
    {
        using var source = new LabelledEvents(row => 0, 10);
        using var huge = new LabelledEvents(row => 0, int.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>("size", () => source.InBatches(0));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => huge.InBatches(int.MaxValue));
        EventBatches batches = source.InBatches(1);
        Assert.Throws<ArgumentOutOfRangeException>("seed", () => batches.Shuffled(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("buffer", () => batches.Shuffled(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("buffer", () => huge.InBatches(1).Shuffled(0, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("batches", () => batches.Prefetched(0));
        Assert.Throws<ArgumentOutOfRangeException>("epoch", () => batches.Epoch(-1));
        Assert.Throws<ArgumentOutOfRangeException>("epoch", () => batches.EpochAsync(-1));
        Assert.Throws<ArgumentOutOfRangeException>("epoch", () => batches.ReadEpoch(-1, (_, _, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>("epoch", () => batches.RowsOf(-1));
        Assert.Throws<ArgumentNullException>("part", () => batches.ReadEpoch(0, null!));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new EventGroup(0));
    }

    [Fact]
    public void A_source_whose_groups_leave_it_is_found_out()
    {
        using var source = new EndlessGroups();
        Assert.Contains("2 are allowed", Assert.Throws<InvalidOperationException>(() => source.GroupFrom(8)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => source.InBatches(3).Shuffled(1, 3).Epoch(0).Count());
    }

    // Every event's image holds its row.
    private static int[] Rows(IEnumerable<EventBatch> batches) =>
        [.. batches.SelectMany(batch => batch.Images.ToArray().Where((_, i) => i % 2 == 0)).Select(value => (int)value)];

    private sealed class EndlessGroups : EventSource
    {
        public override string Name => "endless groups";

        public override int Count => 10;

        public override ImageShape ImageShape { get; } = new(1, 1);

        protected override void ReadImages(int start, Span<float> images) => images.Clear();

        protected override void ReadLabelsCore(int start, Span<int> labels) => labels.Clear();

        protected override EventGroup GroupFromCore(int row) => new(100);
    }

    // Computed by a second implementation, in Python.
    private static class Pinned
    {
        public static readonly int[] Grouped = [0, 1, 5, 2, 3, 10, 9, 6, 7, 8, 11, 4];
        public static readonly int[] Archive = [2, 3, 0, 1, 5, 8, 4, 6, 9, 10, 11, 7];
        public static readonly int[] Single = [4, 2, 1, 10, 0, 8, 5, 6, 11, 3, 9, 7];
    }
}
