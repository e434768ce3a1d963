namespace ParticleImages.Benchmarks;

/// <summary>Events for measuring: hits at random places of 32 × 32 pixels, at random times of ±0.1.</summary>
public static class BenchmarkEvents
{
    /// <summary>Events as full as the public files' are: 50 hits, 13 of them above the usual energy cut.</summary>
    public static EventBatch New(int count, int seed = 1) => New(count, hitsAnEvent: 50, hitsAboveTheCut: 13, seed);

    /// <summary>Events with a hit above the cut in every pixel.</summary>
    public static EventBatch Full(int count, int seed = 1) =>
        New(count, ImageShape.Crop32.Pixels, ImageShape.Crop32.Pixels, seed);

    /// <summary>Events with some hits above the cut and no others.</summary>
    public static EventBatch WithHits(int count, int hits, int seed = 1) => New(count, hits, hits, seed);

    private static EventBatch New(int count, int hitsAnEvent, int hitsAboveTheCut, int seed)
    {
        var random = new Random(seed);
        ImageShape shape = ImageShape.Crop32;
        var images = new float[count * shape.Values];
        int[] pixels = [.. Enumerable.Range(0, shape.Pixels)];
        for (int index = 0; index < count; index++)
        {
            random.Shuffle(pixels);
            for (int hit = 0; hit < hitsAnEvent; hit++)
            {
                int place = (index * shape.Values) + (2 * pixels[hit]);
                images[place] = hit < hitsAboveTheCut ? 0.006f + random.NextSingle() : 0.0024f + (0.002f * random.NextSingle());
                images[place + 1] = 0.2f * (random.NextSingle() - 0.5f);
            }
        }

        return new EventBatch(shape, images, new int[count]);
    }
}
