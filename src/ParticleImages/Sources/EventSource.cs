namespace ParticleImages;

/// <summary>
/// A sequence of labelled events that can be read by row range: a file, several files as one, a part of them, or
/// events in memory. Nothing is read before it is asked for.
/// </summary>
/// <remarks>
/// <para>
/// To add a source, implement the two reading methods and the three properties; arguments are checked before they are
/// called. Where events are dear to read alone, override <see cref="GroupFromCore"/>, too. Parts and concatenations are views: they own
/// nothing, disposing of one leaves its sources open, and a view must not outlive them.
/// </para>
/// <para>
/// A source reads for one thread at a time, and so do all its views together; sources opened side by side on one file are independent.
/// Files refuse to be read by a second thread while one reads (<see cref="InvalidOperationException"/>, nothing is read wrongly); events in memory
/// may be read by any number. Name, count, size and groups may be asked for at any time. A source may
/// be disposed of from any thread and twice; a file waits for the read that is under way, and whatever was disposed of reads no more (<see cref="ObjectDisposedException"/>).
/// </para>
/// </remarks>
public abstract class EventSource : IDisposable
{
    private volatile bool isDisposed;

    /// <summary>What messages call this source: a path, or what it was made of.</summary>
    public abstract string Name { get; }

    /// <summary>The number of events, the same as long as the source lives.</summary>
    public abstract int Count { get; }

    /// <summary>The size of every image.</summary>
    public abstract ImageShape ImageShape { get; }

    /// <summary>
    /// Where the file keeps these events, as it was stated or detected: the datasets' names and where the channels stand. Null for what is
    /// no single file, which is what a source is that leaves this out.
    /// </summary>
    public virtual EventLayout? Layout => null;

    /// <summary>Events in memory as a source.</summary>
    /// <param name="batch">The events.</param>
    /// <param name="name">What messages call the source.</param>
    /// <returns>A source over the batch, without a copy.</returns>
    public static EventSource FromBatch(EventBatch batch, string name = "events in memory")
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(name);
        return new BatchSource(batch, name);
    }

    /// <summary>
    /// Hits as a source of images: a pixel without a hit has energy 0 and time 0. An event with two hits in one pixel is no image and
    /// refused with an <see cref="EventFormatException"/> when it is read.
    /// </summary>
    /// <param name="hits">The events.</param>
    /// <param name="name">What messages call the source.</param>
    /// <returns>A source over the hits, without a copy.</returns>
    public static EventSource FromHits(HitEvents hits, string name = "hits in memory")
    {
        ArgumentNullException.ThrowIfNull(hits);
        ArgumentNullException.ThrowIfNull(name);
        return new HitSource(hits, name);
    }

    /// <summary>Reads events.</summary>
    /// <param name="start">The first event, from 0.</param>
    /// <param name="count">How many; 0 gives an empty batch.</param>
    /// <returns>Events start to start + count − 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the source.</exception>
    /// <exception cref="EventFormatException">The data can't be read.</exception>
    public EventBatch Read(int start, int count)
    {
        CheckOpen();
        CheckRange(start, count);
        CheckBatchSize(count);

        // Without zeros first: of a large range writing them takes as long as the reading, and on one thread.
        float[] images = GC.AllocateUninitializedArray<float>(count * ImageShape.Values);
        var labels = new int[count];
        ReadImages(start, images);
        ReadCheckedLabels(start, labels);
        return new EventBatch(ImageShape, images, labels);
    }

    /// <summary>Reads events into the caller's buffers, for code that reuses them.</summary>
    /// <param name="start">The first event, from 0.</param>
    /// <param name="images">Receives labels.Length × ImageShape.Values values, (events, Height, Width, 2).</param>
    /// <param name="labels">Receives one label an event; its length says how many are read.</param>
    /// <exception cref="ArgumentException">The buffers' lengths do not match.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the source.</exception>
    /// <exception cref="EventFormatException">The data can't be read; the buffers' contents are then undefined.</exception>
    public void ReadInto(int start, Span<float> images, Span<int> labels)
    {
        CheckOpen();
        CheckRange(start, labels.Length);
        if (images.Length != (long)labels.Length * ImageShape.Values)
        {
            throw new ArgumentException(
                $"{labels.Length} events of {ImageShape} pixels need {(long)labels.Length * ImageShape.Values} values; "
                + $"the buffer holds {images.Length}.",
                nameof(images));
        }

        ReadImages(start, images);
        ReadCheckedLabels(start, labels);
    }

    /// <summary>Reads labels without their images.</summary>
    /// <param name="start">The first event, from 0.</param>
    /// <param name="labels">Receives the labels, 0 photon or 1 electron; its length says how many are read.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the source.</exception>
    /// <exception cref="EventFormatException">The data can't be read, or a label is neither 0 nor 1.</exception>
    public void ReadLabels(int start, Span<int> labels)
    {
        CheckOpen();
        CheckRange(start, labels.Length);
        ReadCheckedLabels(start, labels);
    }

    /// <summary>Reads all events front to back, a batch at a time.</summary>
    /// <param name="size">Events a batch, at least 1; the last batch may be smaller.</param>
    /// <returns>The batches; each is read when it is reached.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public IEnumerable<EventBatch> Batches(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Enumerate();

        IEnumerable<EventBatch> Enumerate()
        {
            for (int start = 0; start < Count; start += Math.Min(size, Count - start))
            {
                yield return Read(start, Math.Min(size, Count - start));
            }
        }
    }

    /// <summary>
    /// Reads all events front to back, a part at a time, into the same buffers again and again: faster than
    /// <see cref="Batches"/>, whose batches the caller may keep.
    /// </summary>
    /// <param name="size">Events a part, at least 1; the last part may be smaller.</param>
    /// <param name="part">Called with each part in order.</param>
    /// <param name="cancellation">Stops before the next part is read.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1, or a part would have more values than an array holds.</exception>
    /// <exception cref="EventFormatException">The data can't be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public void ReadInParts(int size, EventPartReader part, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(part);
        int most = Math.Min(size, Count);
        CheckBatchSize(most, nameof(size));
        var images = new float[most * ImageShape.Values];
        var labels = new int[most];
        for (int start = 0; start < Count; start += most)
        {
            cancellation.ThrowIfCancellationRequested();
            most = Math.Min(most, Count - start);
            Span<float> imagesOfPart = images.AsSpan(0, most * ImageShape.Values);
            Span<int> labelsOfPart = labels.AsSpan(0, most);
            ReadInto(start, imagesOfPart, labelsOfPart);
            part(start, imagesOfPart, labelsOfPart);
        }
    }

    /// <summary>Describes reading in batches, epoch after epoch: shuffled, ahead of the caller, or both.</summary>
    /// <param name="size">Events a batch, at least 1; the last of an epoch may be smaller.</param>
    /// <returns>Batches in the source's order, read when they are asked for. Nothing is read yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1, or a batch would have more values than an array holds.</exception>
    public EventBatches InBatches(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        CheckBatchSize(Math.Min(size, Count), nameof(size));
        return new EventBatches(this, size);
    }

    /// <summary>Which events are decoded together with one, from it on: what a shuffle goes by to decode a file once an epoch.</summary>
    /// <param name="row">The event, from 0.</param>
    /// <returns>The rest of the event's group; a group of one where an event can be read alone at no higher cost.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside the source.</exception>
    public EventGroup GroupFrom(int row)
    {
        CheckRange(row, 1, nameof(row));
        EventGroup group = GroupFromCore(row);
        return group.Count >= 1 && group.Count <= Count - row
            ? group
            : throw new InvalidOperationException(
                $"{Name} has {Count} events and says that {group.Count} from {row} on stand together. Correct its GroupFromCore: 1 to {Count - row} are allowed.");
    }

    /// <summary>Several sources, one after another, as one.</summary>
    /// <param name="sources">At least one; their images have one size.</param>
    /// <param name="leaveOpen">True, the default, makes a view; false makes the result own the sources: disposing of it disposes of them.</param>
    /// <returns>One source over all.</returns>
    /// <exception cref="ArgumentException">There is no source, the images' sizes differ, or there are more than 2 147 483 647 events together.</exception>
    public static EventSource Concat(IReadOnlyList<EventSource> sources, bool leaveOpen = true)
    {
        ArgumentNullException.ThrowIfNull(sources);
        EventSource[] parts = [.. sources];
        if (parts.Length == 0)
        {
            throw new ArgumentException("There is no source to concatenate, so the images' size is unknown. Give one or more.", nameof(sources));
        }

        foreach (EventSource part in parts)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(sources));
        }

        return new ConcatenatedSource(parts, leaveOpen, nameof(sources));
    }

    /// <summary>This source, then another, as one.</summary>
    /// <param name="next">What follows; its images have the same size.</param>
    /// <returns>A view over both.</returns>
    /// <exception cref="ArgumentException">The images' sizes differ, or there are more than 2 147 483 647 events together.</exception>
    public EventSource Concat(EventSource next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new ConcatenatedSource([this, next], leaveOpen: true, nameof(next));
    }

    /// <summary>A range of this source.</summary>
    /// <param name="start">The first event, from 0.</param>
    /// <param name="count">How many.</param>
    /// <returns>A view over the range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the source.</exception>
    public EventSource Slice(int start, int count)
    {
        CheckRange(start, count);
        return SelectedSource.OfRanges(this, [(start, count)]);
    }

    /// <summary>Chosen events of this source, in the order given.</summary>
    /// <param name="rows">Their numbers, from 0; runs of ascending neighbours are read at once.</param>
    /// <returns>A view over the rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A row is outside the source.</exception>
    public EventSource Select(ReadOnlySpan<int> rows) => SelectedSource.OfRows(this, rows);

    /// <summary>Consecutive ranges of each class: the first events of a class train, the next validate, the next test.</summary>
    /// <param name="train">Events of each class to train on.</param>
    /// <param name="validation">Events of each class to validate on.</param>
    /// <param name="test">Events of each class to test on.</param>
    /// <returns>Three views without a common event; within each, events stand in the source's order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <exception cref="ArgumentException">A class has fewer events than asked for.</exception>
    /// <exception cref="EventFormatException">The labels can't be read.</exception>
    public EventSplit SplitPerClass(int train, int validation, int test) =>
        EventSplit.PerClass(this, train, validation, test);

    /// <summary>
    /// The split that the data's organisers published: of each class 160 000 events to train, 44 800 to validate and
    /// 44 200 to test, starting at 0, 160 000 and 204 800.
    /// </summary>
    /// <returns>Three views without a common event.</returns>
    /// <exception cref="ArgumentException">A class has fewer than 249 000 events.</exception>
    /// <exception cref="EventFormatException">The labels can't be read.</exception>
    public EventSplit SplitAsPublished() => EventSplit.PerClass(this, 160_000, 44_800, 44_200);

    /// <summary>A random split by fractions of each class; what the three fractions leave is in none.</summary>
    /// <param name="train">Fraction to train on, 0 to 1.</param>
    /// <param name="validation">Fraction to validate on, 0 to 1.</param>
    /// <param name="test">Fraction to test on, 0 to 1; the three sum to 1 at most.</param>
    /// <param name="seed">0 or more; the same seed on the same labels gives the same split, on any machine.</param>
    /// <returns>Three views without a common event; within each, events stand in the source's order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is outside 0 to 1, their sum exceeds 1, or the seed is negative.</exception>
    /// <exception cref="EventFormatException">The labels can't be read.</exception>
    public EventSplit SplitByFraction(double train, double validation, double test, int seed) =>
        EventSplit.ByFraction(this, train, validation, test, seed);

    /// <summary>k folds for cross-validation: each event validates in exactly one fold and trains in all others; every class is shared out evenly.</summary>
    /// <param name="folds">How many, at least 2 and at most the events of the smaller class.</param>
    /// <param name="seed">0 or more; the same seed on the same labels gives the same folds, on any machine.</param>
    /// <returns>The folds, views whose events stand in the source's order. Their sizes differ by one event at most, also within each class.</returns>
    /// <exception cref="ArgumentException">A class has fewer events than there are folds.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="folds"/> is below 2, or the seed is negative.</exception>
    /// <exception cref="EventFormatException">The labels can't be read.</exception>
    public IReadOnlyList<EventFold> SplitInFolds(int folds, int seed) => EventFold.Split(this, folds, seed);

    /// <summary>Closes what the source holds open, and ends its reading. A view holds nothing open, and what it is a view of stays as it is.</summary>
    public void Dispose()
    {
        isDisposed = true;
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Refuses what no array holds, before memory is taken.</summary>
    internal void CheckBatchSize(int count, string name = "count")
    {
        if ((long)count * ImageShape.Values > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                name,
                count,
                $"One batch holds at most {Array.MaxLength / ImageShape.Values} events of {ImageShape} pixels. Read in parts.");
        }
    }

    /// <summary>For views: their own range was checked, and lies within this source.</summary>
    internal void ReadImagesFor(int start, Span<float> images)
    {
        CheckOpen();
        ReadImages(start, images);
    }

    /// <summary>The source that decodes an event, which for views is another one, the event's row there, and how many events follow each other there as they do here.</summary>
    internal virtual (EventSource Source, int Row, int Count) OriginOf(int row) => (this, row, Count - row);

    /// <summary>Reads images; the range is valid and the length a multiple of ImageShape.Values.</summary>
    /// <param name="start">The first event.</param>
    /// <param name="images">Receives the values, (events, Height, Width, 2): every one of them is written, also zeros, since anything may stand there before.</param>
    protected abstract void ReadImages(int start, Span<float> images);

    /// <summary>Reads labels; the range is valid. Throws <see cref="EventFormatException"/> for one that is neither 0 nor 1.</summary>
    /// <param name="start">The first event.</param>
    /// <param name="labels">Receives the labels.</param>
    protected abstract void ReadLabelsCore(int start, Span<int> labels);

    /// <summary>The rest of the group of events that are decoded together; the row is valid. By default every event is a group of its own.</summary>
    /// <param name="row">The event.</param>
    /// <returns>1 to Count − row events, the same on every call.</returns>
    protected virtual EventGroup GroupFromCore(int row) => new(1);

    /// <summary>Closes what the source holds open.</summary>
    /// <param name="disposing">True from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    // Sources name the file and dataset of a bad label; this holds also for one that does not look.
    private void ReadCheckedLabels(int start, Span<int> labels)
    {
        ReadLabelsCore(start, labels);
        int odd = labels.IndexOfAnyExceptInRange(ParticleLabel.Photon, ParticleLabel.Electron);
        if (odd >= 0)
        {
            throw new EventFormatException(
                $"Event {start + odd} of {Name} has label {labels[odd]}. A label is 0 (photon) or 1 (electron).",
                Name,
                row: start + odd);
        }
    }

    private void CheckOpen()
    {
        if (isDisposed)
        {
            throw new ObjectDisposedException(Name, $"{Name} was closed. Read before it is disposed of, or open it again.");
        }
    }

    private void CheckRange(int start, int count, string name = "start")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start, name);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (start > Count - count)
        {
            throw new ArgumentOutOfRangeException(
                name, start, $"{count} events from {start} on were asked for; {Name} has {Count}.");
        }
    }
}
