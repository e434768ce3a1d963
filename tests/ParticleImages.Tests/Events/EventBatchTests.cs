namespace ParticleImages.Tests.Events;

public sealed class EventBatchTests
{
    [Fact]
    public void Values_are_found_by_event_row_and_column()
    {
        var shape = new ImageShape(3, 2);
        float[] values = [.. Enumerable.Range(0, 2 * shape.Values).Select(i => (float)i)];
        var batch = new EventBatch(shape, values, [0, 1]);
        int next = 0;
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(values[(i * 12)..((i + 1) * 12)], batch.Image(i).ToArray());
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 2; column++)
                {
                    Assert.Equal(next++, batch.Energy(i, row, column));
                    Assert.Equal(next++, batch.Time(i, row, column));
                }
            }
        }

        Assert.Equal([0, 1], batch.Labels.ToArray());
        Assert.Equal(2, batch.Count);
    }

    [Fact]
    public void Events_and_pixels_outside_are_refused()
    {
        EventBatch batch = ExampleEvents.Batch(2, 3, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Energy(2, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Energy(0, 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Time(0, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Time(-1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => { batch.Image(2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { batch.Image(-1); });
    }

    [Fact]
    public void Lengths_that_do_not_match_labels_that_are_none_and_empty_shapes_are_refused()
    {
        var shape = new ImageShape(3, 2);
        Assert.Throws<ArgumentException>(() => new EventBatch(shape, new float[23], [0, 1]));
        Assert.Throws<ArgumentException>(() => new EventBatch(shape, new float[24], [0]));
        var error = Assert.Throws<ArgumentException>(() => new EventBatch(shape, new float[24], [0, 2]));
        Assert.Contains("Event 1 has label 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EventBatch(shape, new float[12], [-1]));
        Assert.Throws<ArgumentException>(() => new EventBatch(default, [], [0]));
    }

    [Fact]
    public void A_batch_may_be_empty() => Assert.Equal(0, new EventBatch(ImageShape.Crop32, [], []).Count);

    [Fact]
    public void Labels_have_names()
    {
        Assert.Equal("photon", ParticleLabel.NameOf(0));
        Assert.Equal("electron", ParticleLabel.NameOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ParticleLabel.NameOf(2));
    }
}
