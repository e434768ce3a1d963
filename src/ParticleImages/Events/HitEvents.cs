namespace ParticleImages;

/// <summary>
/// Events as lists of hits: what an image of 1024 pixels and 50 deposits really holds, in 10 bytes a hit
/// (pixel 16 bits, energy and time float32) and 12 bytes an event.
/// </summary>
/// <remarks>
/// A hit is a pixel with a finite energy other than 0 and a finite time, in the order of the pixels. No cut is applied,
/// so any voxelizer makes of the hits, bit for bit, what it makes of the images. Hits from elsewhere may have any order and several
/// may share a pixel. Immutable; safe to read from several threads.
/// </remarks>
public sealed class HitEvents
{
    private const int PartSize = 256;

    private readonly long[] offsets;
    private readonly int[] labels;
    private readonly HitPart[] parts;
    private readonly string name;

    /// <summary>Takes arrays as events, without copying them; the caller leaves them alone from then on.</summary>
    /// <param name="shape">The size of the images that the hits belong to.</param>
    /// <param name="offsets">
    /// Where the hits of each event begin, and where the last event's end: labels.Length + 1 numbers, from 0, ascending or equal.
    /// </param>
    /// <param name="pixels">Row × Width + column of every hit.</param>
    /// <param name="energies">The energy of every hit, finite and not 0.</param>
    /// <param name="times">The time of every hit, finite.</param>
    /// <param name="labels">One label an event, 0 (photon) or 1 (electron).</param>
    /// <exception cref="ArgumentException">
    /// The shape was never set, the lengths do not match, the offsets do not ascend from 0 to the number of hits, a pixel lies outside the
    /// shape, an energy or time is not allowed, or a label is neither 0 nor 1.
    /// </exception>
    public HitEvents(ImageShape shape, long[] offsets, ushort[] pixels, float[] energies, float[] times, int[] labels)
        : this(shape, offsets, Checked(shape, offsets, pixels, energies, times, labels), labels)
    {
    }

    /// <summary>Takes parts that belong to the offsets.</summary>
    internal HitEvents(ImageShape shape, long[] offsets, HitPart[] parts, int[] labels, string name = "hits in memory")
    {
        Shape = shape;
        this.offsets = offsets;
        this.labels = labels;
        this.parts = parts;
        this.name = name;
        for (int i = 0; i < labels.Length; i++)
        {
            MostHits = (int)Math.Max(MostHits, offsets[i + 1] - offsets[i]);
        }
    }

    /// <summary>The size of the images that the hits were found in.</summary>
    public ImageShape Shape { get; }

    /// <summary>The number of events.</summary>
    public int Count => labels.Length;

    /// <summary>The number of hits in all events.</summary>
    public long HitCount => offsets[^1];

    /// <summary>The number of hits of the event that has most.</summary>
    public int MostHits { get; }

    /// <summary>One label an event: 0 photon, 1 electron.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The hits of one event.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    /// <exception cref="EventFormatException">
    /// Only for events of <see cref="Over"/>: the memory holds a pixel outside the shape, or an energy or time that no hit has.
    /// </exception>
    public Hits this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            long start = offsets[index];
            int length = (int)(offsets[index + 1] - start);
            if (length == 0)
            {
                return default;
            }

            HitPart part = PartOf(start);
            part.Check(Shape, offsets, name);
            return part.Slice(start, length);
        }
    }

    /// <summary>
    /// Takes memory as events, without copying it: of a mapped file, of Arrow buffers. The hits are looked at, part by part, when one of
    /// a part is first asked for, so that this takes no longer for many hits than for few.
    /// </summary>
    /// <param name="shape">The size of the images that the hits belong to.</param>
    /// <param name="offsets">
    /// Where the hits of each event begin, and where the last event's end: labels.Length + 1 numbers, from 0, ascending or equal, counted
    /// through all parts.
    /// </param>
    /// <param name="parts">The hits, one part after the other; the hits of one event stand in one part.</param>
    /// <param name="labels">One label an event, 0 (photon) or 1 (electron).</param>
    /// <param name="name">What messages call the memory: the path of the file that it comes from.</param>
    /// <returns>The events. The memory must stay as it is, and where it is, as long as they are in use.</returns>
    /// <exception cref="ArgumentException">
    /// The shape was never set, the lengths do not match, a part is null, the offsets do not ascend from 0 to the number of hits, an event's hits
    /// stand in two parts, or a label is neither 0 nor 1.
    /// </exception>
    public static HitEvents Over(
        ImageShape shape, long[] offsets, IReadOnlyList<HitColumns> parts, int[] labels, string name = "hits in memory")
    {
        ArgumentNullException.ThrowIfNull(offsets);
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(name);
        var taken = new HitPart[parts.Count];
        long hits = 0;
        for (int i = 0; i < taken.Length; i++)
        {
            if (parts[i] is null)
            {
                throw new ArgumentException($"Part {i} of {taken.Length} is null. Leave it out; hits of none are an empty part.", nameof(parts));
            }

            taken[i] = new HitPart(parts[i], hits, areChecked: false);
            hits += parts[i].Count;
        }

        HitEventsChecks.Check(shape, offsets, hits, labels);
        HitEventsChecks.CheckParts(offsets, taken);
        return new HitEvents(shape, offsets, taken, labels, name);
    }

    /// <summary>Finds the hits of all events of a source. The images are in memory 256 events at a time, never all, and hits once.</summary>
    /// <param name="source">Where the events come from; it is read once, front to back.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>The hits.</returns>
    /// <exception cref="EventFormatException">The source holds bad data.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static HitEvents From(EventSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var builder = new HitEventsBuilder(source.ImageShape, source.Count);
        source.ReadInParts(PartSize, (_, images, labels) => builder.Add(images, labels), cancellation);
        return builder.Build();
    }

    /// <summary>Finds the hits of a batch.</summary>
    /// <param name="batch">The events.</param>
    /// <returns>The hits.</returns>
    public static HitEvents From(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var builder = new HitEventsBuilder(batch.Shape, batch.Count);
        builder.Add(batch.Images, batch.Labels);
        return builder.Build();
    }

    /// <summary>
    /// Finds the hits of a detector whose third axis is depth instead of time: a cell with a finite energy other than 0 is a hit, and its
    /// layer's number stands in time's place. <c>TimeAxis.Layers</c> gives every layer its frame.
    /// </summary>
    /// <param name="shape">The size of one layer.</param>
    /// <param name="layers">The number of layers, 1 to 65 536.</param>
    /// <param name="energies">The energy of every cell, labels.Length × layers × shape.Pixels values in C order.</param>
    /// <param name="labels">One label an event, 0 (photon) or 1 (electron).</param>
    /// <param name="order">Where the layers stand among the axes.</param>
    /// <returns>The hits, in the order of the cells.</returns>
    /// <exception cref="ArgumentException">The shape was never set, the lengths do not match, or a label is neither 0 nor 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of layers or the order is not allowed.</exception>
    public static HitEvents FromLayers(
        ImageShape shape, int layers, ReadOnlySpan<float> energies, ReadOnlySpan<int> labels, LayerOrder order = LayerOrder.First)
    {
        HitEventsChecks.Check(shape, layers, energies.Length, labels, order);
        var builder = new HitEventsBuilder(shape, labels.Length);
        int cells = layers * shape.Pixels;
        for (int i = 0; i < labels.Length; i++)
        {
            builder.Reserve(cells);
            ReadOnlySpan<float> cellsOfEvent = energies.Slice(i * cells, cells);
            int cell = 0;
            for (int outer = 0; outer < (order == LayerOrder.Last ? shape.Pixels : layers); outer++)
            {
                for (int inner = 0; inner < (order == LayerOrder.Last ? layers : shape.Pixels); inner++)
                {
                    (int pixel, int layer) = order == LayerOrder.Last ? (outer, inner) : (inner, outer);
                    builder.AddHit(pixel, cellsOfEvent[cell++], layer);
                }
            }

            builder.EndEvent(labels[i]);
        }

        return builder.Build();
    }

    private static HitPart[] Checked(ImageShape shape, long[] offsets, ushort[] pixels, float[] energies, float[] times, int[] labels)
    {
        HitEventsChecks.Check(shape, offsets, pixels, energies, times, labels);
        return [new HitPart(new HitColumns(pixels, energies, times), 0, areChecked: true)];
    }

    // The last part that begins at the hit or before: parts without hits are passed over.
    private HitPart PartOf(long hit)
    {
        int first = 0;
        for (int end = parts.Length; end - first > 1;)
        {
            int middle = (first + end) >>> 1;
            if (parts[middle].FirstHit <= hit)
            {
                first = middle;
            }
            else
            {
                end = middle;
            }
        }

        return parts[first];
    }
}
