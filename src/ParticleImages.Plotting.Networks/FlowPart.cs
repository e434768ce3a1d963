using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>A part of a diagram that data flows through from its top to its bottom: a size, and how it is drawn around a middle line.</summary>
internal abstract record FlowPart(float Width, float Height)
{
    /// <summary>Between two parts, with an arrow in it.</summary>
    public const float Gap = 22;

    protected static readonly SKColor Ink = new(0x50, 0x50, 0x50);

    /// <summary>Draws the part; data comes in and goes out at its middle.</summary>
    public abstract void Draw(SKCanvas canvas, float middle, float top);

    protected static void Line(SKCanvas canvas, float fromX, float fromY, float toX, float toY)
    {
        using var paint = new SKPaint { Color = Ink, IsAntialias = true, StrokeWidth = 1.5f };
        canvas.DrawLine(fromX, fromY, toX, toY, paint);
    }

    /// <summary>A line downward that ends in a head.</summary>
    protected static void Arrow(SKCanvas canvas, float x, float fromY, float toY)
    {
        const float head = 7;
        Line(canvas, x, fromY, x, toY - head);
        using var paint = new SKPaint { Color = Ink, IsAntialias = true };
        using var path = new SKPath();
        path.AddPoly([new(x - (head / 2), toY - head), new(x + (head / 2), toY - head), new(x, toY)], close: true);
        canvas.DrawPath(path, paint);
    }
}
