namespace ParticleImages.Formats.Arrow;

/// <summary>Events of an Arrow file whose images stand as hits.</summary>
internal sealed class ArrowHitSource(HitFile file, EventLayout layout) : EventSource
{
    // The mapped file must not go while it is read.
    private readonly ReadingTurn turn = new();
    private readonly EventSource hits = FromHits(file.Events, file.Path);
    private bool isClosed;

    public override string Name => file.Path;

    public override int Count => hits.Count;

    public override ImageShape ImageShape => hits.ImageShape;

    public override EventLayout Layout => layout;

    protected override void ReadImages(int start, Span<float> images)
    {
        using ReadingTurn.Taken taken = turn.Take(file.Path);
        ObjectDisposedException.ThrowIf(isClosed, typeof(EventSource));
        hits.ReadInto(start, images, new int[images.Length / ImageShape.Values]);
    }

    protected override void ReadLabelsCore(int start, Span<int> labels) => hits.ReadLabels(start, labels);

    protected override void Dispose(bool disposing)
    {
        using ReadingTurn.Taken taken = turn.Await();
        isClosed = true;
        file.Dispose();
        base.Dispose(disposing);
    }
}
