namespace ParticleImages;

/// <summary>Hits of one event after the other, in arrays that grow.</summary>
internal sealed class HitEventsBuilder(ImageShape shape, int count)
{
    private readonly long[] offsets = new long[count + 1];
    private readonly int[] labels = new int[count];
    private ushort[] pixels = [];
    private float[] energies = [];
    private float[] times = [];
    private int events;
    private int hits;

    /// <summary>Adds events from their images, (events, Height, Width, 2).</summary>
    public void Add(ReadOnlySpan<float> images, ReadOnlySpan<int> labelsOfImages)
    {
        for (int i = 0; i < labelsOfImages.Length; i++)
        {
            Reserve(shape.Pixels);
            for (int pixel = 0, value = i * shape.Values; pixel < shape.Pixels; pixel++, value += 2)
            {
                AddHit(pixel, images[value], images[value + 1]);
            }

            EndEvent(labelsOfImages[i]);
        }
    }

    /// <summary>Makes room for so many hits more.</summary>
    public void Reserve(long most)
    {
        if (pixels.Length - hits >= most)
        {
            return;
        }

        long needed = hits + most;
        if (needed > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"The first {events} of {count} events hold {hits} hits, and one list has room for {Array.MaxLength}. Find the hits of a Slice.");
        }

        // About 16 hits an event to begin with, then twice as many each time.
        long wanted = Math.Max(2L * pixels.Length, 16L * count);
        Resize((int)Math.Min(Array.MaxLength, Math.Max(wanted, needed)));
    }

    /// <summary>Adds a pixel to the event under way if it is a hit.</summary>
    public void AddHit(int pixel, float energy, float time)
    {
        if (energy != 0 && float.IsFinite(energy) && float.IsFinite(time))
        {
            pixels[hits] = (ushort)pixel;
            energies[hits] = energy;
            times[hits] = time;
            hits++;
        }
    }

    public void EndEvent(int label)
    {
        labels[events] = label;
        offsets[++events] = hits;
    }

    public HitEvents Build()
    {
        Resize(hits);
        return new HitEvents(shape, offsets, pixels, energies, times, labels, areChecked: true);
    }

    private void Resize(int length)
    {
        Array.Resize(ref pixels, length);
        Array.Resize(ref energies, length);
        Array.Resize(ref times, length);
    }
}
