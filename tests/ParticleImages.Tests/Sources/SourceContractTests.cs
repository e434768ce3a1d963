namespace ParticleImages.Tests.Sources;

public sealed class BatchSourceTests : EventSourceContract
{
    protected override EventBatch Expected { get; } = ExampleEvents.Batch(7);

    protected override EventSource Open() => EventSource.FromBatch(Expected);
}

public sealed class SliceTests : EventSourceContract
{
    protected override EventBatch Expected { get; } = Events.Pick(ExampleEvents.Batch(9), [2, 3, 4, 5, 6]);

    protected override EventSource Open() => EventSource.FromBatch(ExampleEvents.Batch(9)).Slice(2, 5);
}

public sealed class ConcatenationTests : EventSourceContract
{
    private static readonly EventBatch Whole = ExampleEvents.Batch(9);

    protected override EventBatch Expected => Whole;

    // An empty source in the middle takes no part.
    protected override EventSource Open()
    {
        EventSource whole = EventSource.FromBatch(Whole);
        return whole.Slice(0, 4).Concat(whole.Slice(4, 0)).Concat(whole.Slice(4, 5));
    }
}

public sealed class SelectionTests : EventSourceContract
{
    private static readonly int[] Rows = [8, 0, 1, 2, 2, 5, 4, 6, 7, 0];

    protected override EventBatch Expected { get; } = Events.Pick(ExampleEvents.Batch(9), Rows);

    protected override EventSource Open() => EventSource.FromBatch(ExampleEvents.Batch(9)).Select(Rows);
}

public sealed class ViewsOfViewsTests : EventSourceContract
{
    protected override EventBatch Expected { get; } = Events.Pick(ExampleEvents.Batch(9), [6, 5, 7, 8, 0]);

    protected override EventSource Open()
    {
        EventSource whole = EventSource.FromBatch(ExampleEvents.Batch(9));
        return whole.Slice(1, 8).Select([0, 5, 4, 6]).Slice(1, 3).Concat(whole).Select([0, 1, 2, 11, 3]);
    }
}

file static class Events
{
    public static EventBatch Pick(EventBatch batch, int[] rows)
    {
        float[] images = [.. rows.SelectMany(row => batch.Image(row).ToArray())];
        return new EventBatch(batch.Shape, images, [.. rows.Select(row => batch.Labels[row])]);
    }
}
