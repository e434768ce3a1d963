using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>A box with a line of text, and perhaps a smaller one below it.</summary>
internal sealed record FlowBox(string Name, string Detail, Color Fill)
    : FlowPart(
        Padding + Math.Max(PictureText.WidthOf(Name, NameSize), PictureText.WidthOf(Detail, DetailSize)),
        Detail.Length > 0 ? 46 : 30)
{
    private const float Padding = 32;
    private const float NameSize = 14;
    private const float DetailSize = 12;

    /// <summary>The width of the lane that it stands in; its own where that is larger.</summary>
    public float LaneWidth { get; init; }

    public override void Draw(SKCanvas canvas, float middle, float top)
    {
        float width = Math.Max(Width, LaneWidth);
        var rectangle = new SKRect(middle - (width / 2), top, middle + (width / 2), top + Height);
        using (var paint = new SKPaint { Color = Fill.ToSKColor(), IsAntialias = true })
        {
            canvas.DrawRect(rectangle, paint);
            paint.Color = Ink;
            paint.IsStroke = true;
            paint.StrokeWidth = 1;
            canvas.DrawRect(rectangle, paint);
        }

        PictureText.At(canvas, Name, middle, top + (Detail.Length > 0 ? 15 : Height / 2), NameSize, SKTextAlign.Center);
        if (Detail.Length > 0)
        {
            PictureText.At(canvas, Detail, middle, top + 32, DetailSize, SKTextAlign.Center);
        }
    }
}
