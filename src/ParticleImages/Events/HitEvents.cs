namespace ParticleImages;

/// <summary>
/// Events as lists of hits: what an image of 1024 pixels and 50 deposits really holds, in 10 bytes a hit
/// (pixel 16 bits, energy and time float32) and 12 bytes an event.
/// </summary>
/// <remarks>
/// A hit is a pixel with a finite energy other than 0 and a finite time, in the order of the pixels. No cut is applied,
/// so any voxelizer makes of the hits, bit for bit, what it makes of the images. Immutable; safe to read from several threads.
/// </remarks>
public sealed class HitEvents
{
    private const int BatchSize = 256;

    private readonly long[] offsets;
    private readonly int[] labels;
    private readonly ushort[] pixels;
    private readonly float[] energies;
    private readonly float[] times;

    private HitEvents(ImageShape shape, long[] offsets, int[] labels, ushort[] pixels, float[] energies, float[] times)
    {
        Shape = shape;
        this.offsets = offsets;
        this.labels = labels;
        this.pixels = pixels;
        this.energies = energies;
        this.times = times;
    }

    /// <summary>The size of the images that the hits were found in.</summary>
    public ImageShape Shape { get; }

    /// <summary>The number of events.</summary>
    public int Count => labels.Length;

    /// <summary>The number of hits in all events.</summary>
    public long HitCount => offsets[^1];

    /// <summary>One label an event: 0 photon, 1 electron.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The hits of one event.</summary>
    /// <param name="index">The event, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public Hits this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int start = (int)offsets[index];
            int length = (int)(offsets[index + 1] - start);
            return new Hits(
                pixels.AsSpan(start, length), energies.AsSpan(start, length), times.AsSpan(start, length));
        }
    }

    /// <summary>Finds the hits of all events of a source. The images are in memory 256 events at a time, never all.</summary>
    /// <param name="source">Where the events come from; it is read once, front to back.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>The hits.</returns>
    /// <exception cref="EventFormatException">The source holds bad data.</exception>
    /// <exception cref="InvalidOperationException">There are more than 2 147 483 591 hits.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static HitEvents From(EventSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var builder = new Builder(source.ImageShape, source.Count);

        // The same buffers for all: fresh ones for every batch would cost more than the search itself.
        int most = Math.Min(BatchSize, source.Count);
        var images = new float[most * source.ImageShape.Values];
        var labels = new int[most];
        for (int start = 0; start < source.Count; start += most)
        {
            cancellation.ThrowIfCancellationRequested();
            most = Math.Min(most, source.Count - start);
            Span<float> read = images.AsSpan(0, most * source.ImageShape.Values);
            source.ReadInto(start, read, labels.AsSpan(0, most));
            builder.Add(read, labels.AsSpan(0, most));
        }

        return builder.Build();
    }

    /// <summary>Finds the hits of a batch.</summary>
    /// <param name="batch">The events.</param>
    /// <returns>The hits.</returns>
    public static HitEvents From(EventBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var builder = new Builder(batch.Shape, batch.Count);
        builder.Add(batch.Images, batch.Labels);
        return builder.Build();
    }

    private sealed class Builder(ImageShape shape, int count)
    {
        private readonly long[] offsets = new long[count + 1];
        private readonly int[] labels = new int[count];
        private ushort[] pixels = [];
        private float[] energies = [];
        private float[] times = [];
        private int events;
        private int hits;

        public void Add(ReadOnlySpan<float> images, ReadOnlySpan<int> labelsOfImages)
        {
            for (int i = 0; i < labelsOfImages.Length; i++)
            {
                Add(images.Slice(i * shape.Values, shape.Values));
                labels[events] = labelsOfImages[i];
                offsets[++events] = hits;
            }
        }

        public HitEvents Build()
        {
            Resize(hits);
            return new HitEvents(shape, offsets, labels, pixels, energies, times);
        }

        private void Add(ReadOnlySpan<float> image)
        {
            if (pixels.Length - hits < shape.Pixels)
            {
                Grow();
            }

            for (int pixel = 0; pixel < shape.Pixels; pixel++)
            {
                float energy = image[2 * pixel];
                float time = image[(2 * pixel) + 1];
                if (energy != 0 && float.IsFinite(energy) && float.IsFinite(time))
                {
                    pixels[hits] = (ushort)pixel;
                    energies[hits] = energy;
                    times[hits] = time;
                    hits++;
                }
            }
        }

        private void Grow()
        {
            long needed = (long)hits + shape.Pixels;
            if (needed > Array.MaxLength)
            {
                throw new InvalidOperationException(
                    $"The first {events} of {count} events hold {hits} hits, and one list has room for {Array.MaxLength}. Find the hits of a Slice.");
            }

            // About 16 hits an event to begin with, then twice as many each time.
            long wanted = Math.Max(2L * pixels.Length, 16L * count);
            Resize((int)Math.Min(Array.MaxLength, Math.Max(wanted, needed)));
        }

        private void Resize(int length)
        {
            Array.Resize(ref pixels, length);
            Array.Resize(ref energies, length);
            Array.Resize(ref times, length);
        }
    }
}
