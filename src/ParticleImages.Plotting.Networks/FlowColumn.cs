using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>Parts below each other; without parts a line.</summary>
internal sealed record FlowColumn(IReadOnlyList<FlowPart> Parts)
    : FlowPart(Parts.Count == 0 ? 24 : Parts.Max(part => part.Width), Parts.Sum(part => part.Height) + (Gap * Math.Max(0, Parts.Count - 1)))
{
    public override void Draw(SKCanvas canvas, float middle, float top)
    {
        float y = top;
        foreach (FlowPart part in Parts)
        {
            if (y > top)
            {
                Arrow(canvas, middle, y - Gap, y);
            }

            // Boxes of one lane are of one width.
            FlowPart drawn = part is FlowBox box ? box with { LaneWidth = Parts.OfType<FlowBox>().Max(other => other.Width) } : part;
            drawn.Draw(canvas, middle, y);
            y += part.Height + Gap;
        }
    }
}
