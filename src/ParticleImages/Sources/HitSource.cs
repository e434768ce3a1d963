namespace ParticleImages;

/// <summary>Hits as images.</summary>
internal sealed class HitSource(HitEvents hits, string name) : EventSource
{
    public override string Name => name;

    public override int Count => hits.Count;

    public override ImageShape ImageShape => hits.Shape;

    protected override void ReadImages(int start, Span<float> images)
    {
        images.Clear();
        for (int row = start; !images.IsEmpty; row++, images = images[ImageShape.Values..])
        {
            Hits found = hits[row];
            Span<float> image = images[..ImageShape.Values];
            for (int i = 0; i < found.Count; i++)
            {
                int value = 2 * found.Pixels[i];

                // No hit has energy 0, so a pixel that has some was hit before.
                if (image[value] != 0)
                {
                    throw new EventFormatException(
                        $"Event {row} of {name} has two hits in pixel {found.Pixels[i]}; a pixel of an image has one energy and one time. "
                        + "Use the hits themselves, or merge those of a pixel.",
                        name,
                        row: row);
                }

                image[value] = found.Energies[i];
                image[value + 1] = found.Times[i];
            }
        }
    }

    protected override void ReadLabelsCore(int start, Span<int> labels) => hits.Labels.Slice(start, labels.Length).CopyTo(labels);
}
