using ParticleImages.Formats.Hdf5;
using ParticleImages.Formats.Tests.Hdf5;
using ParticleImages.Numpy;

namespace ParticleImages.Formats.Tests;

/// <summary>Files read in batches: what stands together in them, one thread at a time, several as one.</summary>
public sealed class StreamingTests
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    [Theory]
    [InlineData("contiguous", 1)]
    [InlineData("compact", 1)]
    [InlineData("chunked-plain")]
    [InlineData("gzip")]
    [InlineData("uneven-chunks-gzip")]
    [InlineData("lzf-one-chunk")]
    public void The_events_of_a_band_of_chunks_stand_together(string name, int? together = null)
    {
        string path = ExpectedEvents.File(name);
        using EventSource source = EventFile.Open(path);
        int height = together ?? HeightOfChunks(EventFile.Describe(path).Single(dataset => dataset.Name == "/X").Storage);
        for (int row = 0; row < source.Count; row++)
        {
            int end = Math.Min(source.Count, ((row / height) + 1) * height);
            Assert.Equal(new EventGroup(end - row), source.GroupFrom(row));
        }

        static int HeightOfChunks(string storage) => int.Parse(
            storage.Split("chunks of ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void An_archive_is_read_forward_and_an_npy_file_anywhere()
    {
        using var folder = new TemporaryFolder();
        EventBatch events = ExampleEvents.Batch(10, 4, 4);
        EventFile.Save(EventSource.FromBatch(events), folder["a.npz"]);
        using EventSource archive = EventFile.Open(folder["a.npz"]);
        Assert.Equal(new EventGroup(7, isForwardOnly: true), archive.GroupFrom(3));
        NpyFile.Write(folder["X.npy"], events.Images.ToArray(), 10, 4, 4, 2);
        NpyFile.Write(folder["y.npy"], events.Labels.ToArray());
        using EventSource file = EventFile.Open(folder["X.npy"], EventLayout.Default.Labels("y.npy"));
        Assert.Equal(new EventGroup(1), file.GroupFrom(3));
    }

    [Fact]
    public void Files_of_all_formats_are_one_source_in_shuffled_prefetched_batches()
    {
        using var folder = new TemporaryFolder();
        EventBatch[] parts = [.. Enumerable.Range(1, 4).Select(seed => ExampleEvents.Batch(300 + seed, 4, 4, seed))];
        string[] paths = [folder["a.hdf5"], folder["b.npz"], folder["c.hdf5"], folder["d.npz"]];
        for (int i = 0; i < paths.Length; i++)
        {
            EventFile.Save(EventSource.FromBatch(parts[i]), paths[i]);
        }

        using EventSource events = EventFile.OpenAll(paths);
        EventBatch expected = EventSource.Concat([.. parts.Select(part => EventSource.FromBatch(part))]).Read(0, events.Count);
        EventBatches batches = events.InBatches(64).Shuffled(seed: 3, buffer: 200).Prefetched(2);
        int[] rows = batches.RowsOf(0);
        int done = 0;
        foreach (EventBatch batch in batches.Epoch(0))
        {
            for (int i = 0; i < batch.Count; i++, done++)
            {
                Assert.True(expected.Image(rows[done]).SequenceEqual(batch.Image(i), BitwiseComparer.Instance));
                Assert.Equal(expected.Labels[rows[done]], batch.Labels[i]);
            }
        }

        Assert.Equal(expected.Count, done);
        Assert.Equal(Enumerable.Range(0, expected.Count), rows.Order());
    }

    [Fact]
    public void Several_files_close_together_also_where_one_of_them_can_not_be_opened()
    {
        using var folder = new TemporaryFolder();
        EventFile.Save(EventSource.FromBatch(ExampleEvents.Batch(4, 4, 4)), folder["a.hdf5"]);
        EventSource events = EventFile.OpenAll([folder["a.hdf5"], folder["a.hdf5"]]);
        Assert.Equal(8, events.Count);
        events.Dispose();
        Assert.Throws<ObjectDisposedException>(() => events.Read(0, 8));
        Assert.Throws<FileNotFoundException>(() => EventFile.OpenAll([folder["a.hdf5"], folder["b.hdf5"]]));
        Assert.Throws<ArgumentException>("paths", () => EventFile.OpenAll([]));
        EventFile.Save(EventSource.FromBatch(ExampleEvents.Batch(4, 5, 5)), folder["c.hdf5"]);
        Assert.Throws<ArgumentException>(() => EventFile.OpenAll([folder["a.hdf5"], folder["c.hdf5"]]));
    }

    [Theory]
    [InlineData("a.hdf5")]
    [InlineData("a.npz")]
    public void Two_threads_on_one_file_are_refused_or_read_rightly(string name)
    {
        using var folder = new TemporaryFolder();
        EventBatch expected = ExampleEvents.Batch(600, 8, 8);
        EventFile.Save(EventSource.FromBatch(expected), folder[name]);
        using EventSource source = EventFile.Open(folder[name]);
        int refused = 0, read = 0;
        Parallel.For(0, 4, _ =>
        {
            for (int turn = 0; turn < 100; turn++)
            {
                try
                {
                    EventBatch batch = source.Read(turn * 5, 100);
                    Assert.True(expected.Images.Slice(turn * 5 * 128, 100 * 128).SequenceEqual(batch.Images, BitwiseComparer.Instance));
                    Interlocked.Increment(ref read);
                }
                catch (InvalidOperationException refusal)
                {
                    Assert.Contains("is being read by another thread", refusal.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref refused);
                }
            }
        });
        Assert.Equal(400, refused + read);
        Assert.Equal(600, source.Read(0, 600).Count);
    }

    [Fact]
    public void A_second_reader_is_refused_until_the_first_has_ended()
    {
        var turn = new ReadingTurn();
        using (turn.Take("events.hdf5"))
        {
            var refusal = Assert.Throws<InvalidOperationException>(() =>
            {
                using ReadingTurn.Taken second = turn.Take("events.hdf5");
            });
            Assert.StartsWith("events.hdf5 is being read by another thread.", refusal.Message, StringComparison.Ordinal);
        }

        using ReadingTurn.Taken again = turn.Take("events.hdf5");
        Assert.Throws<InvalidOperationException>(() => turn.Take("events.hdf5").Dispose());
    }

    [Theory]
    [InlineData("a.hdf5")]
    [InlineData("a.npz")]
    public void Closing_a_file_while_another_thread_reads_leaves_right_events_or_an_exception(string name)
    {
        using var folder = new TemporaryFolder();
        EventBatch expected = ExampleEvents.Batch(600, 8, 8);
        EventFile.Save(EventSource.FromBatch(expected), folder[name]);
        for (int turn = 0; turn < 20; turn++)
        {
            EventSource source = EventFile.Open(folder[name]);
            using var begun = new ManualResetEventSlim();
            var closing = new Thread(() =>
            {
                begun.Wait();
                source.Dispose();
            });
            closing.Start();
            begun.Set();

            // The message of a refusal depends on what the other thread is doing just then.
            Assert.ThrowsAny<InvalidOperationException>(() =>
            {
                for (int read = 0; read < 1_000_000; read++)
                {
                    Assert.True(expected.Images.SequenceEqual(source.Read(0, 600).Images, BitwiseComparer.Instance));
                }
            });
            closing.Join();
            Assert.Throws<ObjectDisposedException>(() => source.Read(0, 600));
        }
    }

    [Fact]
    public void A_prefetching_reader_and_its_consumer_read_one_file_opened_twice()
    {
        using var folder = new TemporaryFolder();
        EventBatch expected = ExampleEvents.Batch(600, 8, 8);
        new Hdf5Format().Save(folder["a.hdf5"], EventSource.FromBatch(expected), None, null, default);
        using EventSource ahead = EventFile.Open(folder["a.hdf5"]);
        using EventSource beside = EventFile.Open(folder["a.hdf5"]);
        int done = 0;
        foreach (EventBatch batch in ahead.InBatches(7).Prefetched(3).Epoch(0))
        {
            EventBatch same = beside.Read(done, batch.Count);
            Assert.True(same.Images.SequenceEqual(batch.Images, BitwiseComparer.Instance));
            done += batch.Count;
        }

        Assert.Equal(600, done);
    }

    // NaN equals itself here.
    private sealed class BitwiseComparer : IEqualityComparer<float>
    {
        public static BitwiseComparer Instance { get; } = new();

        public bool Equals(float x, float y) => BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y);

        public int GetHashCode(float value) => BitConverter.SingleToInt32Bits(value);
    }
}
