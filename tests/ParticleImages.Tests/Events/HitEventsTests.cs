using FsCheck.Xunit;

namespace ParticleImages.Tests.Events;

public sealed class HitEventsTests
{
    [Property]
    public void Hits_are_exactly_the_pixels_with_finite_energy_other_than_0_and_finite_time(float[] values)
    {
        var shape = new ImageShape(3, 2);
        int count = values.Length / shape.Values;
        var batch = new EventBatch(shape, values[..(count * shape.Values)], new int[count]);
        AssertSame(batch, HitEvents.From(batch));
    }

    [Property]
    public void Every_value_a_file_can_hold_is_a_hit_or_is_none(int seed)
    {
        EventBatch batch = ExampleEvents.Batch(20, 4, 3, Math.Abs(seed % 1000));
        AssertSame(batch, HitEvents.From(batch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public void A_source_gives_the_hits_of_its_batch(int count)
    {
        EventBatch batch = ExampleEvents.Batch(count);
        AssertSame(batch, HitEvents.From(EventSource.FromBatch(batch)));
    }

    [Fact]
    public void Images_full_of_hits_fit()
    {
        var shape = new ImageShape(256, 256);
        var images = new float[3 * shape.Values];
        images.AsSpan().Fill(0.5f);
        HitEvents hits = HitEvents.From(new EventBatch(shape, images, [0, 1, 0]));
        Assert.Equal(3 * 65536, hits.HitCount);
        Assert.Equal(65535, hits[2].Pixels[^1]);
    }

    /// <summary>Two and a half million hits, of images and of layers: more than are kept in one piece, and each is where it should be.</summary>
    [Fact]
    public void Hits_are_found_again_however_many_there_are()
    {
        const int events = 620;
        using var source = new RampImages(events);
        HitEvents hits = HitEvents.From(source);
        Assert.Equal(((long)events * 4096) - Enumerable.Range(0, events).Count(i => i % 4096 == 0), hits.HitCount);
        for (int i = 0; i < events; i++)
        {
            Hits found = hits[i];
            Assert.Equal(i % 4096 == 0 ? 4095 : 4096, found.Count);
            Assert.Equal((4095, 4095f + i, -1f), (found.Pixels[^1], found.Energies[^1], found.Times[^1]));
            Assert.Equal(i % 2, hits.Labels[i]);
        }

        float[] energies = new float[40 * 4096 * 16];
        for (int cell = 0; cell < energies.Length; cell++)
        {
            energies[cell] = cell + 1;
        }

        HitEvents layers = HitEvents.FromLayers(new ImageShape(64, 64), 16, energies, new int[40]);
        Assert.Equal(energies.Length, layers.HitCount);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal((1f + (i * 65536f), (i + 1) * 65536f, 15f), (layers[i].Energies[0], layers[i].Energies[^1], layers[i].Times[^1]));
        }
    }

    [Theory]
    [InlineData(float.NaN, 0f)]
    [InlineData(float.PositiveInfinity, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(1f, float.NaN)]
    [InlineData(1f, float.PositiveInfinity)]
    [InlineData(0f, 1f)]
    public void NaN_infinity_and_empty_pixels_are_never_hits(float energy, float time) =>
        Assert.Equal(0, HitEvents.From(new EventBatch(new ImageShape(1, 1), [energy, time], [0])).HitCount);

    [Fact]
    public void Negative_zero_is_no_energy() =>
        Assert.Equal(0, HitEvents.From(new EventBatch(new ImageShape(1, 1), [-0f, 1], [0])).HitCount);

    [Theory]
    [InlineData(-1f, 0f)]
    [InlineData(float.Epsilon, -float.MaxValue)]
    [InlineData(float.MaxValue, -0f)]
    public void Every_finite_energy_other_than_0_is_a_hit_whatever_its_sign(float energy, float time)
    {
        Hits hits = HitEvents.From(new EventBatch(new ImageShape(1, 1), [energy, time], [1]))[0];
        Assert.Equal(1, hits.Count);
        Assert.Equal(energy, hits.Energies[0]);
        Assert.Equal(time, hits.Times[0]);
    }

    [Fact]
    public void An_event_outside_is_refused()
    {
        HitEvents hits = HitEvents.From(ExampleEvents.Batch(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => hits[2].Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => hits[-1].Count);
    }

    [Fact]
    public void A_cancelled_search_stops()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        EventSource source = EventSource.FromBatch(ExampleEvents.Batch(2));
        Assert.Throws<OperationCanceledException>(() => HitEvents.From(source, cancellation.Token));
    }

    [Fact]
    public void Own_arrays_become_events_without_a_copy()
    {
        ushort[] pixels = [5, 0, 5];
        var hits = new HitEvents(new ImageShape(2, 3), [0, 2, 2, 3], pixels, [1, -2, 3], [0, 1, -0f], [1, 0, 1]);
        Assert.Equal((3, 3L, 2), (hits.Count, hits.HitCount, hits.MostHits));
        Assert.Equal([5, 0], hits[0].Pixels.ToArray());
        Assert.Equal(0, hits[1].Count);
        Assert.Equal([3], hits[2].Energies.ToArray());
        Assert.True(hits[0].Pixels.Overlaps(pixels));
    }

    public static TheoryData<string, long[], ushort[], float[], float[], int[], string> Wrong() => new()
    {
        { "pixels", [0, 1], [0], [1, 2], [0], [0], "1 pixels, 2 energies and 1 times" },
        { "offsets", [0], [], [], [], [0], "Received 1 offsets for 1 labels" },
        { "offsets", [0, 2, 1], [0], [1], [0], [0, 0], "Offset 2 is 1 after 2" },
        { "offsets", [-1, 1], [0], [1], [0], [0], "Offset 0 is -1" },
        { "offsets", [1, 1], [0], [1], [0], [0], "go from 1 to 1; with 1 hits they go from 0 to 1" },
        { "offsets", [0, 2], [0], [1], [0], [0], "go from 0 to 2" },
        { "pixels", [0, 1], [6], [1], [0], [0], "Hit 0 is in pixel 6; an image of 2 × 3 has pixels 0 to 5" },
        { "energies", [0, 1], [0], [0], [0], [0], "Hit 0 has energy 0" },
        { "energies", [0, 1], [0], [float.NaN], [0], [0], "Hit 0 has energy NaN" },
        { "times", [0, 1], [0], [1], [float.PositiveInfinity], [0], "Hit 0 has time Infinity" },
        { "labels", [0, 1], [0], [1], [0], [2], "Event 0 has label 2" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Arrays_that_are_no_hits_are_refused_by_name(
        string name, long[] offsets, ushort[] pixels, float[] energies, float[] times, int[] labels, string words)
    {
        var failure = Assert.Throws<ArgumentException>(
            name, () => new HitEvents(new ImageShape(2, 3), offsets, pixels, energies, times, labels));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("shape", () => new HitEvents(default, [0], [], [], [], []));
    }

    private static void AssertSame(EventBatch batch, HitEvents found)
    {
        Assert.Equal(batch.Count, found.Count);
        Assert.Equal(batch.Shape, found.Shape);
        Assert.Equal(batch.Labels.ToArray(), found.Labels.ToArray());
        long total = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            Hits hits = found[i];
            total += hits.Count;
            int next = 0;
            for (int pixel = 0; pixel < batch.Shape.Pixels; pixel++)
            {
                float energy = batch.Image(i)[2 * pixel];
                float time = batch.Image(i)[(2 * pixel) + 1];
                if (float.IsFinite(energy) && energy != 0 && float.IsFinite(time))
                {
                    Assert.Equal(pixel, hits.Pixels[next]);
                    Assert.Equal(BitConverter.SingleToInt32Bits(energy), BitConverter.SingleToInt32Bits(hits.Energies[next]));
                    Assert.Equal(BitConverter.SingleToInt32Bits(time), BitConverter.SingleToInt32Bits(hits.Times[next]));
                    next++;
                }
            }

            Assert.Equal(next, hits.Count);
        }

        Assert.Equal(total, found.HitCount);
    }

    // Pixel p of event i has energy p + i, and so the first one of the first none.
    private sealed class RampImages(int count) : EventSource
    {
        public override string Name => "ramps";

        public override int Count => count;

        public override ImageShape ImageShape => new(64, 64);

        protected override void ReadImages(int start, Span<float> images)
        {
            for (int i = 0; i < images.Length; i += 2)
            {
                images[i] = (i / 2 % 4096) + start + (i / 8192);
                images[i + 1] = -1;
            }
        }

        protected override void ReadLabelsCore(int start, Span<int> labels)
        {
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = (start + i) % 2;
            }
        }
    }
}
