namespace ParticleImages.Cli;

/// <summary>Events that tell how many of them have been read, for verbs of the libraries that read them front to back and tell nobody.</summary>
internal sealed class CountedSource(EventSource events, IProgress<int> progress) : EventSource
{
    public override string Name => events.Name;

    public override int Count => events.Count;

    public override ImageShape ImageShape => events.ImageShape;

    protected override void ReadImages(int start, Span<float> images)
    {
        // A source reads images with their labels; those are small.
        var labels = new int[images.Length / events.ImageShape.Values];
        events.ReadInto(start, images, labels);
        progress.Report(start + labels.Length);
    }

    protected override void ReadLabelsCore(int start, Span<int> labels) => events.ReadLabels(start, labels);
}
