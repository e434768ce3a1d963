using System.Diagnostics;
using FsCheck;
using FsCheck.Xunit;

namespace ParticleImages.Tests.Sources;

/// <summary>Reading ahead: the same batches, a bounded number of them, errors and ends where they belong, and no thread left.</summary>
public sealed class PrefetchedBatchesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Property(MaxTest = 30)]
    public void No_batch_is_lost_doubled_or_out_of_order(byte count, byte size, byte ahead, bool isShuffled)
    {
        using var source = new LabelledEvents(row => 0, count, 4);
        EventBatches batches = source.InBatches(size + 1);
        batches = isShuffled ? batches.Shuffled(1, 30) : batches;
        Assert.Equal(Rows(batches.Epoch(1)), Rows(batches.Prefetched(ahead + 1).Epoch(1)));
    }

    [Property(MaxTest = 30)]
    public async Task The_asynchronous_forms_give_the_same_batches(byte count, byte size, byte ahead)
    {
        using var source = new LabelledEvents(row => 0, count, 4);
        EventBatches batches = source.InBatches(size + 1).Shuffled(1, 30);
        int[] expected = Rows(batches.Epoch(1));
        Assert.Equal(expected, Rows(await ToList(batches.EpochAsync(1))));
        Assert.Equal(expected, Rows(await ToList(batches.Prefetched(ahead + 1).EpochAsync(1))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void At_most_so_many_batches_are_read_ahead(int ahead)
    {
        using var source = new LabelledEvents(row => 0, 100);
        int taken = 0;
        foreach (EventBatch batch in source.InBatches(1).Prefetched(ahead).Epoch(0))
        {
            taken++;
            Thread.Sleep(1);
            Assert.InRange(source.ImageReads.Count, taken, taken + ahead);
        }

        Assert.Equal(100, taken);
    }

    [Fact]
    public void Batches_are_read_while_the_caller_works()
    {
        using var second = new ManualResetEventSlim();
        using var source = new LabelledEvents(row => 0, 2) { Reading = start => { if (start == 1) { second.Set(); } } };
        foreach (EventBatch batch in source.InBatches(1).Prefetched(1).Epoch(0))
        {
            Assert.True(second.Wait(Patience), "The second batch is read while the first is held.");
        }

        Assert.NotSame(Thread.CurrentThread, source.Reader);
    }

    [Fact]
    public async Task An_error_comes_with_its_stack_after_the_batches_before_it()
    {
        using var source = new LabelledEvents(row => 0, 10) { Reading = start => { if (start == 6) { Fail(); } } };
        EventBatches batches = source.InBatches(2).Prefetched(2);
        int taken = 0;
        var error = Assert.Throws<EventFormatException>(() =>
        {
            foreach (EventBatch batch in batches.Epoch(0))
            {
                taken++;
            }
        });
        Assert.Equal(3, taken);
        Assert.Contains(nameof(Fail), error.StackTrace, StringComparison.Ordinal);
        AssertEnded(source);
        taken = 0;
        error = await Assert.ThrowsAsync<EventFormatException>(async () =>
        {
            await foreach (EventBatch batch in batches.EpochAsync(0))
            {
                taken++;
            }
        });
        Assert.Equal(3, taken);
        Assert.Contains(nameof(Fail), error.StackTrace, StringComparison.Ordinal);
        AssertEnded(source);
        Assert.Throws<EventFormatException>(() => batches.ReadEpoch(0, (_, _, _) => { }));
        AssertEnded(source);
    }

    [Fact]
    public async Task The_thread_has_ended_when_the_caller_stops_early()
    {
        using var source = new LabelledEvents(row => 0, 1_000_000);
        EventBatches batches = source.InBatches(1).Prefetched(3);
        Assert.Equal(1, batches.Epoch(0).First().Count);
        AssertEnded(source);
        await foreach (EventBatch batch in batches.EpochAsync(0))
        {
            break;
        }

        AssertEnded(source);
        Assert.Throws<InvalidTimeZoneException>(() => batches.ReadEpoch(0, (_, _, _) => throw new InvalidTimeZoneException()));
        AssertEnded(source);
        Assert.InRange(source.ImageReads.Count, 3, 3 * 5);
    }

    [Fact]
    public async Task The_thread_has_ended_after_the_last_batch()
    {
        using var source = new LabelledEvents(row => 0, 10);
        Assert.Equal(5, source.InBatches(2).Prefetched(3).Epoch(0).Count());
        AssertEnded(source);
        Assert.Equal(5, (await ToList(source.InBatches(2).Prefetched(3).EpochAsync(0))).Count);
        AssertEnded(source);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_stops_between_reads(bool isPrefetched)
    {
        using var source = new LabelledEvents(row => 0, 1_000_000);
        EventBatches batches = isPrefetched ? source.InBatches(2).Prefetched(2) : source.InBatches(2);
        using var cancellation = new CancellationTokenSource();
        int taken = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (EventBatch batch in batches.Epoch(0, cancellation.Token))
            {
                cancellation.Cancel();
                taken++;
            }
        });
        Assert.Equal(1, taken);
        using var another = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (EventBatch batch in batches.EpochAsync(0).WithCancellation(another.Token))
            {
                await another.CancelAsync();
                taken++;
            }
        });
        Assert.Equal(2, taken);
        Assert.ThrowsAny<OperationCanceledException>(() => batches.ReadEpoch(0, (_, _, _) => taken++, cancellation.Token));
        Assert.Equal(2, taken);
    }

    [Fact]
    public void Cancelling_is_noticed_while_the_buffer_fills()
    {
        using var cancellation = new CancellationTokenSource();
        using var source = new LabelledEvents(row => 0, 1_000_000, 1000)
        {
            Reading = _ => cancellation.Cancel(),
        };
        EventBatches batches = source.InBatches(2).Shuffled(1, 500_000);
        Assert.ThrowsAny<OperationCanceledException>(() => batches.Epoch(0, cancellation.Token).First());
        Assert.InRange(source.ImageReads.Count, 1, 1);
    }

    [Fact]
    public void Cancelling_ends_the_wait_for_a_batch()
    {
        using var cancellation = new CancellationTokenSource();
        using var source = new LabelledEvents(row => 0, 10)
        {
            Reading = start =>
            {
                if (start == 2)
                {
                    // The reading goes on; who waits for it should not.
                    cancellation.Cancel();
                    Thread.Sleep(200);
                }
            },
        };
        int taken = 0;
        var clock = Stopwatch.StartNew();
        var error = Assert.ThrowsAny<OperationCanceledException>(() => source.InBatches(2).Prefetched(4).ReadEpoch(0, (_, _, _) => taken++, cancellation.Token));
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.InRange(taken, 0, 1);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Patience);
        AssertEnded(source);
    }

    [Fact]
    public void Two_sources_prefetched_at_once_do_not_disturb_each_other()
    {
        Parallel.For(0, 4, number =>
        {
            using var source = new LabelledEvents(row => 0, 500, 10);
            EventBatches batches = source.InBatches(7).Shuffled(number, 50);
            Assert.Equal(batches.RowsOf(0), Rows(batches.Prefetched(2).Epoch(0)));
        });
    }

    [Fact]
    public void Events_in_memory_are_read_by_a_prefetching_thread_and_its_consumer()
    {
        EventBatch all = ExampleEvents.Batch(500);
        EventSource source = EventSource.FromBatch(all);
        int done = 0;
        foreach (EventBatch batch in source.InBatches(7).Prefetched(2).Epoch(0))
        {
            Assert.Equal(all.Labels.Slice(done, batch.Count), source.Read(done, batch.Count).Labels);
            done += batch.Count;
        }

        Assert.Equal(500, done);
    }

    private static void Fail() => throw new EventFormatException("made for a test");

    // The thread that read is the prefetching one; it ends before the enumeration does.
    private static void AssertEnded(LabelledEvents source)
    {
        Assert.NotSame(Thread.CurrentThread, source.Reader);
        Assert.False(source.Reader!.IsAlive);
    }

    private static int[] Rows(IEnumerable<EventBatch> batches) =>
        [.. batches.SelectMany(batch => batch.Images.ToArray().Where((_, i) => i % 2 == 0)).Select(value => (int)value)];

    private static async Task<List<EventBatch>> ToList(IAsyncEnumerable<EventBatch> batches)
    {
        List<EventBatch> list = [];
        await foreach (EventBatch batch in batches)
        {
            list.Add(batch);
        }

        return list;
    }
}
