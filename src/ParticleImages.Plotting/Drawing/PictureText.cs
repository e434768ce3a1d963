using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Text outside of a plot's axes.</summary>
internal static class PictureText
{
    private static readonly SKColor Ink = new(0x20, 0x20, 0x20);

    /// <summary>Text in the middle of an area, set smaller where it would be wider than the area.</summary>
    public static void Fit(SKCanvas canvas, string text, PixelRect area, float size)
    {
        using SKFont font = Font(size);
        float room = area.Width - 32;
        float width = font.MeasureText(text);
        if (width > room)
        {
            font.Size *= room / width;
        }

        Draw(canvas, text, area.HorizontalCenter, area.VerticalCenter, SKTextAlign.Center, font);
    }

    /// <summary>Text at a point, its letters' middle at the point's height.</summary>
    public static void At(SKCanvas canvas, string text, float x, float y, float size, SKTextAlign align)
    {
        using SKFont font = Font(size);
        Draw(canvas, text, x, y, align, font);
    }

    // Letters keep their true widths at any size, so that what fits once fits at every scale.
    private static SKFont Font(float size) => new(PictureFont.Registered.Typeface, size)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
    };

    private static void Draw(SKCanvas canvas, string text, float x, float y, SKTextAlign align, SKFont font)
    {
        using var paint = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawText(text, x, y + (font.Metrics.CapHeight / 2), align, font, paint);
    }
}
