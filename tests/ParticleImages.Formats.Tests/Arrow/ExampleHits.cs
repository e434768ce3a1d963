namespace ParticleImages.Formats.Tests.Arrow;

/// <summary>Made-up events that hits hold bit for bit: a pixel is hit, or energy and time are 0.</summary>
internal static class ExampleHits
{
    public static EventBatch Images(int count, int height = 5, int width = 4, int seed = 1)
    {
        var random = new Random(seed);
        var shape = new ImageShape(height, width);
        var images = new float[count * shape.Values];
        for (int hit = 0; hit < count * 12; hit++)
        {
            int pixel = random.Next(count * shape.Pixels);
            (images[2 * pixel], images[(2 * pixel) + 1]) = (random.NextSingle() - 0.25f, random.Next(4) == 0 ? -0f : random.NextSingle());
            images[2 * pixel] = images[2 * pixel] == 0 ? 1 : images[2 * pixel];
        }

        return new EventBatch(shape, images, [.. Enumerable.Range(0, count).Select(_ => random.Next(2))]);
    }

    public static HitEvents Hits(int count, int height = 5, int width = 4, int seed = 1) => HitEvents.From(Images(count, height, width, seed));

    public static void AssertSame(HitEvents expected, HitEvents found)
    {
        Assert.Equal((expected.Count, expected.Shape, expected.HitCount, expected.MostHits), (found.Count, found.Shape, found.HitCount, found.MostHits));
        Assert.Equal(expected.Labels, found.Labels);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Pixels.ToArray(), found[i].Pixels.ToArray());
            Assert.Equal(Bits(expected[i].Energies), Bits(found[i].Energies));
            Assert.Equal(Bits(expected[i].Times), Bits(found[i].Times));
        }
    }

    private static int[] Bits(ReadOnlySpan<float> values) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values).ToArray();
}
