using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace ParticleImages;

/// <summary>
/// How a source's events are read in batches, epoch after epoch: in order or shuffled, when they are asked for or ahead
/// on a thread of their own. Made by <see cref="EventSource.InBatches"/>.
/// </summary>
/// <remarks>
/// <para>
/// An immutable description: every verb sets one slot of a copy (the last call wins). <see cref="Epoch"/>,
/// <see cref="EpochAsync"/> and <see cref="ReadEpoch"/> read, as often as they are called; each enumeration reads anew.
/// </para>
/// <para>
/// The description itself is safe to use from several threads; its source is read by one thread at a time. While prefetched batches
/// are enumerated that is the thread which reads ahead: neither the source nor another view of its file may be read beside it, open the
/// file a second time for that. Once the enumeration has ended, or was left, that thread has ended, too.
/// </para>
/// <example><code>
/// EventBatches batches = events.InBatches(256).Shuffled(seed: 7, buffer: 10_000).Prefetched(2);
/// foreach (EventBatch batch in batches.Epoch(3)) { … }
/// </code></example>
/// </remarks>
public sealed class EventBatches
{
    private readonly EventSource source;
    private readonly (int Seed, int Buffer)? shuffle;
    private readonly int ahead;

    private EventBatches(EventSource source, int size, (int Seed, int Buffer)? shuffle, int ahead)
    {
        this.source = source;
        this.shuffle = shuffle;
        this.ahead = ahead;
        Size = size;
    }

    internal EventBatches(EventSource source, int size)
        : this(source, size, null, 0)
    {
    }

    /// <summary>Events a batch; the last of an epoch may be smaller.</summary>
    public int Size { get; }

    /// <summary>Batches an epoch.</summary>
    public int BatchCount => (int)(((long)source.Count + Size - 1) / Size);

    /// <summary>
    /// Shuffles so that what a file decodes as one, its groups, is decoded once an epoch: the groups come in random order into a
    /// buffer, and every event of a batch is drawn from the buffer at random, the next one read taking its place.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Each event comes exactly once an epoch. The order follows from the seed, the epoch's number, the buffer and the source's groups
    /// (<see cref="EventSource.GroupFrom"/>) alone: it is the same on any machine, for any size of batches, prefetched or not.
    /// </para>
    /// <para>
    /// The larger the buffer, the better the mixing; one of all events gives every order with about the same probability. Where every event
    /// can be read alone at no higher cost (memory, npy, contiguous HDF5) the order is that of a whole shuffle with any buffer, and none is kept.
    /// A single npz archive is read front to back: where it holds its classes one after another, only a buffer of about all its events mixes them.
    /// Several archives as one source are read by turns.
    /// </para>
    /// </remarks>
    /// <param name="seed">0 or more.</param>
    /// <param name="buffer">Events kept to draw from, at least 1; at most as many as there are. An event of 32 × 32 pixels takes 8 KB.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The seed is negative, the buffer below 1, or what it would keep of this source is more than an array holds.
    /// </exception>
    public EventBatches Shuffled(int seed, int buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer, 1);
        source.CheckBatchSize(Math.Min(buffer, source.Count), nameof(buffer));
        return new EventBatches(source, Size, (seed, buffer), ahead);
    }

    /// <summary>Reads ahead on a thread of its own while the caller works.</summary>
    /// <remarks>
    /// <para>
    /// The batches are the same and in the same order. An error of the reading comes with its stack where the batch that could not be read
    /// would have come, after all batches before it.
    /// </para>
    /// <para>
    /// The thread begins with the enumeration. Leaving the enumeration early (<c>break</c>, an exception, cancellation, disposing of the
    /// enumerator) ends it, and waits for the read that is under way, of 1024 events and what is decoded with them at most.
    /// </para>
    /// </remarks>
    /// <param name="batches">Batches read and not yet taken at most, that being read counted; at least 1. Beside them there is the one that the caller works on.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batches"/> is below 1.</exception>
    public EventBatches Prefetched(int batches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        return new EventBatches(source, Size, shuffle, batches);
    }

    /// <summary>Reads one epoch: all events, once each.</summary>
    /// <param name="epoch">The epoch's number, from 0. Shuffled batches have another order in each; there is no default since it would be the same again.</param>
    /// <param name="cancellation">Stops before the next read, of 1024 events and what is decoded with them at most; one that is under way, also ahead, is waited for.</param>
    /// <returns>The batches, each with arrays of its own, which the caller may keep. Nothing is read before the first is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    /// <exception cref="EventFormatException">From the enumeration: the data can't be read.</exception>
    /// <exception cref="OperationCanceledException">From the enumeration: the reading was cancelled.</exception>
    public IEnumerable<EventBatch> Epoch(int epoch, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return ahead == 0 ? WhenAsked() : Ahead();

        IEnumerable<EventBatch> WhenAsked()
        {
            EpochReader reader = Reader(epoch);
            while (reader.Read(cancellation) is { } batch)
            {
                yield return batch;
            }
        }

        IEnumerable<EventBatch> Ahead()
        {
            using var prefetch = new Prefetch<EventBatch>(ahead, Reader(epoch).Read);
            while (prefetch.Take(cancellation) is { } batch)
            {
                yield return batch;
            }
        }
    }

    /// <summary>Reads one epoch without holding the caller's thread: on a thread of its own where <see cref="Prefetched"/>, else on the thread pool.</summary>
    /// <param name="epoch">The epoch's number, from 0; see <see cref="Epoch"/>.</param>
    /// <param name="cancellation">Stops before the next read, of 1024 events and what is decoded with them at most; one that is under way, also ahead, is waited for.</param>
    /// <returns>The batches of <see cref="Epoch"/>, in the same order, each with arrays of its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    /// <exception cref="EventFormatException">From the enumeration: the data can't be read.</exception>
    /// <exception cref="OperationCanceledException">From the enumeration: the reading was cancelled.</exception>
    public IAsyncEnumerable<EventBatch> EpochAsync(int epoch, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return ahead == 0 ? WhenAsked(cancellation) : Ahead(cancellation);

        async IAsyncEnumerable<EventBatch> WhenAsked([EnumeratorCancellation] CancellationToken token)
        {
            EpochReader reader = Reader(epoch);
            while (await Task.Run(() => reader.Read(token), token).ConfigureAwait(false) is { } batch)
            {
                yield return batch;
            }
        }

        async IAsyncEnumerable<EventBatch> Ahead([EnumeratorCancellation] CancellationToken token)
        {
            var prefetch = new Prefetch<EventBatch>(ahead, Reader(epoch).Read);
            await using (prefetch.ConfigureAwait(false))
            {
                while (await prefetch.TakeAsync(token).ConfigureAwait(false) is { } batch)
                {
                    yield return batch;
                }
            }
        }
    }

    /// <summary>
    /// Reads one epoch into the same buffers again and again, for callers that keep no batch: nothing is allocated after the first batches.
    /// </summary>
    /// <remarks>Takes the memory of one batch, or where <see cref="Prefetched"/> of one more than are read ahead; shuffled, that of the buffer and of one batch beside it.</remarks>
    /// <param name="epoch">The epoch's number, from 0; see <see cref="Epoch"/>.</param>
    /// <param name="part">Called on the caller's thread with each batch in order; <c>start</c> counts the epoch's events before it.</param>
    /// <param name="cancellation">Stops before the next call, or the next read, of 1024 events and what is decoded with them at most; one that is under way, also ahead, is waited for.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    /// <exception cref="EventFormatException">The data can't be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public void ReadEpoch(int epoch, EventPartReader part, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentNullException.ThrowIfNull(part);
        EpochReader reader = Reader(epoch);
        var free = new ConcurrentBag<BatchBuffer>();
        using Prefetch<BatchBuffer>? prefetch = ahead == 0 ? null : new(ahead, Fill);
        while ((prefetch is null ? Fill(cancellation) : prefetch.Take(cancellation)) is { } buffer)
        {
            part(buffer.Start, buffer.Images, buffer.Labels);
            free.Add(buffer);
        }

        BatchBuffer? Fill(CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            if (reader.NextCount == 0)
            {
                return null;
            }

            BatchBuffer buffer = free.TryTake(out BatchBuffer? used) ? used : new(Math.Min(Size, source.Count), source.ImageShape.Values);
            buffer.Fill(reader, token);
            return buffer;
        }
    }

    /// <summary>The numbers of the source's events in the order in which an epoch gives them, to join batches with what else is known of events.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <returns>Every number from 0 to the source's count − 1 once. No event is read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    public int[] RowsOf(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return Reader(epoch).ListRows();
    }

    private EpochReader Reader(int epoch) => new(source, Size, shuffle, epoch);
}
