namespace ParticleImages;

internal sealed class BatchSource(EventBatch batch, string name) : EventSource
{
    public override string Name => name;

    public override int Count => batch.Count;

    public override ImageShape ImageShape => batch.Shape;

    protected override void ReadImages(int start, Span<float> images) =>
        batch.Images.Slice(start * ImageShape.Values, images.Length).CopyTo(images);

    protected override void ReadLabelsCore(int start, Span<int> labels) =>
        batch.Labels.Slice(start, labels.Length).CopyTo(labels);
}
