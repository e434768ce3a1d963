namespace ParticleImages.Tests.Sources;

/// <summary>Any number of events of one pixel, made when they are asked for; it remembers what was read.</summary>
internal sealed class LabelledEvents(Func<int, int> label, int count) : EventSource
{
    public override string Name => "labelled events";

    public override int Count => count;

    public override ImageShape ImageShape { get; } = new(1, 1);

    public List<(int Start, int Count)> ImageReads { get; } = [];

    public bool IsDisposed { get; private set; }

    protected override void ReadImages(int start, Span<float> images)
    {
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

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }
}
