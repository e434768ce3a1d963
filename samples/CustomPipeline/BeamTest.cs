using ParticleImages;

namespace CustomPipeline;

/// <summary>
/// Another experiment: a beam test of 24 × 24 crystals that counts energy in steps of 1/16 GeV and time in nanoseconds around the
/// trigger. The same seed gives the same events. What it knows of the library is the shape.
/// </summary>
internal sealed class BeamTest(int seed)
{
    private const int HitsAnEvent = 40;

    private readonly Random random = new(seed);

    public static ImageShape Crystals { get; } = new(24, 24);

    /// <summary>Overwrites a buffer with new events, (events, 24, 24, 2): energy, time, energy, time, ….</summary>
    public void Fill(Span<float> images)
    {
        images.Clear();
        for (int start = 0; start < images.Length; start += Crystals.Values)
        {
            Span<float> image = images.Slice(start, Crystals.Values);
            for (int hit = 0; hit < HitsAnEvent; hit++)
            {
                int pixel = Pixel();
                image[2 * pixel] = Energy();
                image[(2 * pixel) + 1] = Time();
            }
        }
    }

    /// <summary>
    /// Events as a digitizer gives them: hits in the order of their arrival, several of a crystal where it fired again, of one event after the
    /// other; offsets say where each event begins.
    /// </summary>
    public HitEvents Hits(int count)
    {
        var offsets = new long[count + 1];
        for (int i = 0; i < count; i++)
        {
            offsets[i + 1] = offsets[i] + random.Next(HitsAnEvent);
        }

        long hits = offsets[count];
        var pixels = new ushort[hits];
        var energies = new float[hits];
        var times = new float[hits];
        for (int hit = 0; hit < hits; hit++)
        {
            (pixels[hit], energies[hit], times[hit]) = ((ushort)Pixel(), Energy(), Time());
        }

        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? ParticleLabel.Photon : ParticleLabel.Electron)];
        return new HitEvents(Crystals, offsets, pixels, energies, times, labels);
    }

    /// <summary>Showers in cells with depth, (events, rows, columns, layers): most cells are empty.</summary>
    public float[] Cells(int count, ImageShape layer, int layers)
    {
        var cells = new float[count * layer.Pixels * layers];
        for (int hit = 0; hit < count * 500; hit++)
        {
            cells[random.Next(cells.Length)] = Energy();
        }

        return cells;
    }

    // The sum of two is more often in the middle, where the beam is.
    private int Pixel() => (((random.Next(13) + random.Next(12)) * Crystals.Width) + random.Next(13)) + random.Next(12);

    private float Energy() => random.Next(1, 200) / 16f;

    private float Time() => 20 * (random.NextSingle() - 0.5f);
}
