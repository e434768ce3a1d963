namespace ParticleImages;

/// <summary>Hits of one event after the other, in parts, so that more hits never move those before.</summary>
internal sealed class HitEventsBuilder(ImageShape shape, int count)
{
    // A part is full at about a million hits, 10 MB.
    private const int HitsOfPart = 1 << 20;

    private readonly long[] offsets = new long[count + 1];
    private readonly int[] labels = new int[count];
    private readonly List<HitPart> parts = [];
    private ushort[] pixels = [];
    private float[] energies = [];
    private float[] times = [];
    private int events;
    private int hits;
    private long hitsBefore;

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

    /// <summary>Makes room for the hits of the next event, which stand in one part.</summary>
    /// <param name="most">How many there may be.</param>
    public void Reserve(int most)
    {
        if (pixels.Length - hits >= most)
        {
            return;
        }

        if (hits >= HitsOfPart || hits + (long)most > Array.MaxLength)
        {
            EndPart();
        }

        // About 16 hits an event to begin with, then twice as many each time, up to where a part is full whatever its last event holds.
        long wanted = Math.Min((long)HitsOfPart + most, Math.Max(2L * pixels.Length, 16L * (count - events)));
        Resize((int)Math.Min(Array.MaxLength, Math.Max(wanted, (long)hits + most)));
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
        offsets[++events] = hitsBefore + hits;
    }

    public HitEvents Build()
    {
        EndPart();
        return new HitEvents(shape, offsets, [.. parts], labels);
    }

    private void EndPart()
    {
        // A full part has room for less than an event left, which is kept rather than copied to be rid of; the last one is cut, and those of large events.
        if (pixels.Length - hits > hits / 16)
        {
            Resize(hits);
        }

        parts.Add(new HitPart(new HitColumns(pixels.AsMemory(0, hits), energies.AsMemory(0, hits), times.AsMemory(0, hits)), hitsBefore, areChecked: true));
        hitsBefore += hits;
        (hits, pixels, energies, times) = (0, [], [], []);
    }

    private void Resize(int length)
    {
        Array.Resize(ref pixels, length);
        Array.Resize(ref energies, length);
        Array.Resize(ref times, length);
    }
}
