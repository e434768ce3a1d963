namespace ParticleImages.Tests.Sources;

/// <summary>Any number of events of one pixel, in groups if wanted, made when they are asked for; it remembers what was read, and by which thread.</summary>
internal sealed class LabelledEvents(Func<int, int> label, int count, int together = 1, bool isForwardOnly = false) : EventSource
{
    public override string Name => "labelled events";

    public override int Count => CountNow?.Invoke() ?? count;

    /// <summary>For a source that breaks its word.</summary>
    public Func<int>? CountNow { get; init; }

    public override ImageShape ImageShape { get; } = new(1, 1);

    public List<(int Start, int Count)> ImageReads { get; } = [];

    public Thread? Reader { get; private set; }

    /// <summary>Called before every reading of images with its first row.</summary>
    public Action<int>? Reading { get; init; }

    public bool IsDisposed { get; private set; }

    protected override void ReadImages(int start, Span<float> images)
    {
        Reader = Thread.CurrentThread;
        Reading?.Invoke(start);
        ImageReads.Add((start, images.Length / 2));
        for (int i = 0; i < images.Length; i++)
        {
            images[i] = start + (i / 2);
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = label(start + i);
        }
    }

    protected override EventGroup GroupFromCore(int row) => new(Math.Min(together - (row % together), Count - row), isForwardOnly);

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
