using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Words in the place of a picture that has nothing to show, or below one: on as many lines as they take.</summary>
internal static class PictureNotice
{
    public const float LineHeight = 22;

    private const float Margin = 24;
    private const float BottomMargin = 6;

    /// <summary>Draws words in the middle of an area; what may be drawn there already is covered with white.</summary>
    public static void Draw(SKCanvas canvas, string notice, PixelRect area, float size = PictureStyle.LabelSize)
    {
        IReadOnlyList<string> lines = Lines(notice, area.Width, size);
        float half = lines.Count * LineHeight / 2, reach = (lines.Max(line => PictureText.WidthOf(line, size)) / 2) + 8;
        using var paper = new SKPaint { Color = SKColors.White };
        canvas.DrawRect(new SKRect(area.HorizontalCenter - reach, area.VerticalCenter - half, area.HorizontalCenter + reach, area.VerticalCenter + half), paper);
        for (int i = 0; i < lines.Count; i++)
        {
            PictureText.At(canvas, lines[i], area.HorizontalCenter, area.VerticalCenter - half + ((i + 0.5f) * LineHeight), size, SKTextAlign.Center);
        }
    }

    /// <summary>Draws words at the bottom of an area and gives what they leave of it, all where there are none.</summary>
    public static PixelRect DrawBelow(SKCanvas canvas, string notice, PixelRect area)
    {
        if (notice.Length == 0)
        {
            return area;
        }

        float top = area.Bottom - BottomMargin - (Lines(notice, area.Width, PictureStyle.TickSize).Count * LineHeight);
        Draw(canvas, notice, new PixelRect(area.Left, area.Right, area.Bottom - BottomMargin, top), PictureStyle.TickSize);
        return new PixelRect(area.Left, area.Right, top, area.Top);
    }

    /// <summary>The lines that words take in a width, at least one; a word that is longer than a line is cut.</summary>
    public static IReadOnlyList<string> Lines(string notice, float width, float size)
    {
        float room = width - (2 * Margin);
        var lines = new List<string>();
        foreach (string word in notice.Split(' '))
        {
            string longer = lines.Count == 0 ? word : $"{lines[^1]} {word}";
            if (lines.Count > 0 && PictureText.WidthOf(longer, size) <= room)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(PictureText.Cut(word, room, size));
            }
        }

        return lines;
    }
}
