namespace ParticleImages.Tests.Sources;

/// <summary>Hits are a source as every other; where nothing was hit, energy and time are 0.</summary>
public sealed class HitSourceTests : EventSourceContract
{
    protected override EventBatch Expected { get; } = Kept(ExampleEvents.Batch(7));

    [Fact]
    public void An_event_with_two_hits_in_a_pixel_is_refused_with_its_row()
    {
        var hits = new HitEvents(new ImageShape(1, 2), [0, 1, 3], [1, 0, 0], [1, 1, 1], [0, 0, 1], [0, 1]);
        using EventSource source = EventSource.FromHits(hits, "layers");
        Assert.Equal([0, 0, 1, 0], source.Read(0, 1).Images.ToArray());
        var error = Assert.Throws<EventFormatException>(() => source.Read(0, 2));
        Assert.Equal(("layers", 1L), (error.Path, error.Row));
        Assert.Contains("two hits in pixel 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hits_of_a_source_of_hits_are_the_same()
    {
        HitEvents hits = HitEvents.From(Expected);
        HitEvents again = HitEvents.From(EventSource.FromHits(hits));
        Assert.Equal(hits.HitCount, again.HitCount);
        for (int i = 0; i < hits.Count; i++)
        {
            Assert.Equal(hits[i].Pixels.ToArray(), again[i].Pixels.ToArray());
            Assert.Equal(hits[i].Energies.ToArray(), again[i].Energies.ToArray());
        }
    }

    protected override EventSource Open() => EventSource.FromHits(HitEvents.From(Expected));

    private static EventBatch Kept(EventBatch batch)
    {
        float[] images = batch.Images.ToArray();
        for (int i = 0; i < images.Length; i += 2)
        {
            if (images[i] == 0 || !float.IsFinite(images[i]) || !float.IsFinite(images[i + 1]))
            {
                (images[i], images[i + 1]) = (0, 0);
            }
        }

        return new EventBatch(batch.Shape, images, batch.Labels.ToArray());
    }
}
