namespace ParticleImages;

/// <summary>Reads one epoch's batches one after another: from the source to the buffer, and drawn from there to the batch.</summary>
/// <remarks>For one thread at a time. The order of events does not depend on how many are read at once.</remarks>
internal sealed class EpochReader
{
    // What is read before the next look at the cancellation.
    private const int MostAtOnce = 1024;

    private readonly EventSource source;
    private readonly int values;
    private readonly int size;
    private readonly ReadingOrder order;
    private readonly int capacity;
    private SplitMix64 random;
    private int unread;
    private int done;

    // Drawn from: slots[0..filled] say where in the store the events are that were read and not yet drawn.
    private float[] storedImages = [];
    private int[] storedLabels = [];
    private float[] stagedImages = [];
    private int[] stagedLabels = [];
    private int[] slots = [];
    private int filled;

    /// <summary>Begins an epoch; a buffer of null reads front to back.</summary>
    public EpochReader(EventSource source, int size, (int Seed, int Buffer)? shuffle, int epoch)
    {
        this.source = source;
        this.size = size;
        values = source.ImageShape.Values;
        unread = source.Count;
        if (shuffle is not (int seed, int buffer))
        {
            order = ReadingOrder.FrontToBack(source.Count);
            return;
        }

        random = new SplitMix64(SplitMix64.Mix((ulong)seed, (ulong)epoch));
        order = ReadingOrder.Shuffled(source, buffer, ref random);
        capacity = order.IsOneByOne ? 0 : Math.Min(buffer, source.Count);
    }

    /// <summary>Events in the next batch; 0 at the end.</summary>
    public int NextCount => Math.Min(size, source.Count - done);

    /// <summary>The epoch's events that came before the next batch.</summary>
    public int Done => done;

    /// <summary>The next batch in arrays of its own; null at the end.</summary>
    public EventBatch? Read(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (NextCount == 0)
        {
            return null;
        }

        var images = new float[NextCount * values];
        var labels = new int[NextCount];
        ReadInto(images, labels, cancellation);
        return new EventBatch(source.ImageShape, images, labels);
    }

    /// <summary>Reads the next batch, of <see cref="NextCount"/> events.</summary>
    public void ReadInto(Span<float> images, Span<int> labels, CancellationToken cancellation)
    {
        done += labels.Length;
        if (capacity == 0)
        {
            Fetch(images, labels, cancellation);
            return;
        }

        FillStore(cancellation);
        int refilled = Math.Min(labels.Length, unread);
        Fetch(stagedImages.AsSpan(0, refilled * values), stagedLabels.AsSpan(0, refilled), cancellation);
        for (int i = 0; i < labels.Length; i++)
        {
            int slot = Draw(isReplaced: i < refilled);
            Span<float> stored = storedImages.AsSpan(slot * values, values);
            stored.CopyTo(images.Slice(i * values, values));
            labels[i] = storedLabels[slot];
            if (i < refilled)
            {
                stagedImages.AsSpan(i * values, values).CopyTo(stored);
                storedLabels[slot] = stagedLabels[i];
            }
        }
    }

    /// <summary>The numbers of all events in the epoch's order, from the reader's beginning, without reading any.</summary>
    public int[] ListRows()
    {
        var rows = new int[unread];
        for (int listed = 0; listed < rows.Length;)
        {
            (int start, int count) = order.Next(int.MaxValue);
            for (int i = 0; i < count; i++)
            {
                rows[listed++] = start + i;
            }
        }

        if (capacity == 0)
        {
            return rows;
        }

        slots = new int[capacity];
        rows.AsSpan(0, capacity).CopyTo(slots);
        filled = capacity;
        var drawn = new int[rows.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            int place = random.Below(filled);
            drawn[i] = slots[place];
            slots[place] = capacity + i < rows.Length ? rows[capacity + i] : slots[--filled];
        }

        return drawn;
    }

    // Draws a slot; one that nothing replaces is not drawn again.
    private int Draw(bool isReplaced)
    {
        int place = random.Below(filled);
        int slot = slots[place];
        if (!isReplaced)
        {
            slots[place] = slots[--filled];
        }

        return slot;
    }

    private void FillStore(CancellationToken cancellation)
    {
        if (slots.Length > 0)
        {
            return;
        }

        storedImages = GC.AllocateUninitializedArray<float>(capacity * values);
        storedLabels = new int[capacity];
        Fetch(storedImages, storedLabels, cancellation);
        int refilledAtOnce = Math.Min(size, unread);
        stagedImages = GC.AllocateUninitializedArray<float>(refilledAtOnce * values);
        stagedLabels = new int[refilledAtOnce];
        slots = [.. Enumerable.Range(0, capacity)];
        filled = capacity;
    }

    // Reads the next events of the reading order.
    private void Fetch(Span<float> images, Span<int> labels, CancellationToken cancellation)
    {
        unread -= labels.Length;
        while (!labels.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            (int start, int count) = order.Next(Math.Min(labels.Length, MostAtOnce));
            if (count == 0)
            {
                throw new InvalidOperationException($"{source.Name} had fewer events when the epoch began than it says to have now, {source.Count}. Correct its Count: it does not change.");
            }

            source.ReadInto(start, images[..(count * values)], labels[..count]);
            images = images[(count * values)..];
            labels = labels[count..];
        }
    }
}
