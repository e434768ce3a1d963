using System.Globalization;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Text outside of a plot's axes.</summary>
internal static class PictureText
{
    private static readonly SKColor Ink = new(0x20, 0x20, 0x20);

    /// <summary>
    /// Text that the font can set: a character that it lacks becomes a visible U+FFFD, which it has, since in SVG the character would vanish
    /// without a trace; line ends and tabs become spaces.
    /// </summary>
    public static string Settable(string text)
    {
        // Almost all text passes as it is, without a copy.
        if (PictureFont.Registered.Typeface.ContainsGlyphs(text) && !text.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter)))
        {
            return text;
        }

        var settable = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            settable.Append(
                Rune.IsControl(rune) ? " "
                : PictureFont.Registered.Typeface.GetGlyph(rune.Value) == 0 ? "\uFFFD"
                : rune.ToString());
        }

        return settable.ToString();
    }

    /// <summary>Text in the middle of an area, set smaller where it would be wider than the area.</summary>
    public static void Fit(SKCanvas canvas, string text, PixelRect area, float size)
    {
        using SKFont font = Font(size);
        text = Settable(text);
        float room = area.Width - 32;
        float width = font.MeasureText(text);
        if (width > room)
        {
            font.Size *= room / width;
        }

        Draw(canvas, text, area.HorizontalCenter, area.VerticalCenter, SKTextAlign.Center, font);
    }

    /// <summary>Text at a point, its letters' middle at the point's height, set smaller where it would be wider than its room; in the usual ink unless another is given.</summary>
    public static void At(SKCanvas canvas, string text, float x, float y, float size, SKTextAlign align, SKColor? ink = null, float room = float.PositiveInfinity)
    {
        using SKFont font = Font(size);
        text = Settable(text);
        float width = font.MeasureText(text);
        if (width > room)
        {
            font.Size *= room / width;
        }

        Draw(canvas, text, x, y, align, font, ink);
    }

    /// <summary>How wide a text is at a size.</summary>
    public static float WidthOf(string text, float size)
    {
        using SKFont font = Font(size);
        return font.MeasureText(Settable(text));
    }

    /// <summary>A text on one line and no wider than a width: what is longer ends in an ellipsis, between whole characters.</summary>
    public static string Cut(string text, float width, float size)
    {
        using SKFont font = Font(size);
        string line = Settable(text);
        if (line.Length == 0 || font.MeasureText(line) <= width)
        {
            return line;
        }

        // The most characters that fit, by halving: names from outside may be of any length.
        int[] starts = StringInfo.ParseCombiningCharacters(line);
        int fits = 0, tooMany = starts.Length;
        while (tooMany - fits > 1)
        {
            int middle = (fits + tooMany) / 2;
            (fits, tooMany) = font.MeasureText(line[..starts[middle]] + "…") <= width ? (middle, tooMany) : (fits, middle);
        }

        return string.Concat(line.AsSpan(0, starts[fits]).TrimEnd(), "…");
    }

    // Letters keep their true widths at any size, so that what fits once fits at every scale.
    private static SKFont Font(float size) => new(PictureFont.Registered.Typeface, size)
    {
        Subpixel = true,
        LinearMetrics = true,
        Hinting = SKFontHinting.None,
    };

    private static void Draw(SKCanvas canvas, string text, float x, float y, SKTextAlign align, SKFont font, SKColor? ink = null)
    {
        using var paint = new SKPaint { Color = ink ?? Ink, IsAntialias = true };
        canvas.DrawText(text, x, y + (font.Metrics.CapHeight / 2), align, font, paint);
    }
}
