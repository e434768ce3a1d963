using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>Lanes beside each other that all get what comes in, and a box that joins what they give.</summary>
internal sealed record FlowSplit(IReadOnlyList<FlowColumn> Lanes, FlowBox Join)
    : FlowPart(
        Math.Max(Lanes.Sum(lane => lane.Width) + (LaneGap * (Lanes.Count - 1)), Join.Width),
        Fork + Lanes.Max(lane => lane.Height) + Fork + Gap + Join.Height)
{
    private const float LaneGap = 28;
    private const float Fork = 22;

    public override void Draw(SKCanvas canvas, float middle, float top)
    {
        float inner = Lanes.Sum(lane => lane.Width) + (LaneGap * (Lanes.Count - 1));
        float x = middle - (inner / 2), bottom = top + Fork + Lanes.Max(lane => lane.Height) + Fork;
        var middles = new List<float>();
        foreach (FlowColumn lane in Lanes)
        {
            float laneMiddle = x + (lane.Width / 2);
            middles.Add(laneMiddle);
            if (lane.Parts.Count == 0)
            {
                Line(canvas, laneMiddle, top, laneMiddle, bottom);
            }
            else
            {
                Arrow(canvas, laneMiddle, top, top + Fork);
                lane.Draw(canvas, laneMiddle, top + Fork);
                Line(canvas, laneMiddle, top + Fork + lane.Height, laneMiddle, bottom);
            }

            x += lane.Width + LaneGap;
        }

        // What comes from above is in the middle, which may be beside all lanes.
        Line(canvas, Math.Min(middles[0], middle), top, Math.Max(middles[^1], middle), top);
        Line(canvas, Math.Min(middles[0], middle), bottom, Math.Max(middles[^1], middle), bottom);
        Arrow(canvas, middle, bottom, bottom + Gap);
        Join.Draw(canvas, middle, bottom + Gap);
    }
}
