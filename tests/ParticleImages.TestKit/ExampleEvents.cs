namespace ParticleImages.TestKit;

/// <summary>Small made-up events: mostly empty pixels, some hits, NaN and infinities among them, labels alternating.</summary>
public static class ExampleEvents
{
    /// <summary>Events that are the same on every call.</summary>
    public static EventBatch Batch(int count, int height = 5, int width = 4, int seed = 1)
    {
        var random = new Random(seed);
        var shape = new ImageShape(height, width);
        var images = new float[count * shape.Values];
        for (int pixel = 0; pixel < count * shape.Pixels; pixel++)
        {
            (images[2 * pixel], images[(2 * pixel) + 1]) = random.Next(20) switch
            {
                < 8 => (random.NextSingle(), random.NextSingle() - 0.5f),
                8 => (float.NaN, 0.1f),
                9 => (0.5f, float.PositiveInfinity),
                10 => (-0.25f, -0f),
                _ => (0f, 0f),
            };
        }

        return new EventBatch(shape, images, [.. Enumerable.Range(0, count).Select(i => (i + seed) % 2)]);
    }
}
