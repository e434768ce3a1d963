namespace ParticleImages.Benchmarks;

/// <summary>Events as full as the public files' are: 50 hits in 32 × 32 pixels, 13 of them above the usual energy cut.</summary>
public static class BenchmarkEvents
{
    private const int HitsAnEvent = 50;

    private const int HitsAboveTheCut = 13;

    public static EventBatch New(int count, int seed = 1)
    {
        var random = new Random(seed);
        ImageShape shape = ImageShape.Crop32;
        var images = new float[count * shape.Values];
        int[] pixels = [.. Enumerable.Range(0, shape.Pixels)];
        for (int index = 0; index < count; index++)
        {
            random.Shuffle(pixels);
            for (int hit = 0; hit < HitsAnEvent; hit++)
            {
                int place = (index * shape.Values) + (2 * pixels[hit]);
                images[place] = hit < HitsAboveTheCut ? 0.006f + random.NextSingle() : 0.0024f + (0.002f * random.NextSingle());
                images[place + 1] = 0.2f * (random.NextSingle() - 0.5f);
            }
        }

        return new EventBatch(shape, images, new int[count]);
    }
}
