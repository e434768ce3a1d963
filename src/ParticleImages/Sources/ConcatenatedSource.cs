namespace ParticleImages;

internal sealed class ConcatenatedSource : EventSource
{
    private readonly EventSource first;
    private readonly EventSource second;

    public ConcatenatedSource(EventSource first, EventSource next)
    {
        if (first.ImageShape != next.ImageShape)
        {
            throw new ArgumentException(
                $"{first.Name} has images of {first.ImageShape} pixels, {next.Name} of {next.ImageShape}. "
                + "Only sources of one size can follow each other.",
                nameof(next));
        }

        if ((long)first.Count + next.Count > int.MaxValue)
        {
            throw new ArgumentException(
                $"{first.Name} has {first.Count} events, {next.Name} {next.Count}: together more than {int.MaxValue}.",
                nameof(next));
        }

        Count = first.Count + next.Count;
        this.first = first;
        second = next;
    }

    public override string Name => $"{first.Name} + {second.Name}";

    public override int Count { get; }

    public override ImageShape ImageShape => first.ImageShape;

    protected override void ReadImages(int start, Span<float> images)
    {
        int values = ImageShape.Values;
        int fromFirst = FromFirst(start, images.Length / values);
        if (fromFirst > 0)
        {
            first.ReadImagesFor(start, images[..(fromFirst * values)]);
        }

        if (fromFirst * values < images.Length)
        {
            second.ReadImagesFor(start + fromFirst - first.Count, images[(fromFirst * values)..]);
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> labels)
    {
        int fromFirst = FromFirst(start, labels.Length);
        if (fromFirst > 0)
        {
            first.ReadLabels(start, labels[..fromFirst]);
        }

        if (fromFirst < labels.Length)
        {
            second.ReadLabels(start + fromFirst - first.Count, labels[fromFirst..]);
        }
    }

    private int FromFirst(int start, int count) => Math.Clamp(first.Count - start, 0, count);
}
