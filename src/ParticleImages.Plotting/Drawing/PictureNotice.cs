using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Words in the place of a picture that has nothing to show: on several lines, within its area.</summary>
internal static class PictureNotice
{
    private const float LineHeight = 24;

    public static void Draw(SKCanvas canvas, string notice, PixelRect area)
    {
        float room = area.Width - 64;
        var lines = new List<string>();
        foreach (string word in notice.Split(' '))
        {
            string longer = lines.Count == 0 ? word : $"{lines[^1]} {word}";
            if (lines.Count > 0 && PictureText.WidthOf(longer, PictureStyle.LabelSize) <= room)
            {
                lines[^1] = longer;
            }
            else
            {
                lines.Add(word);
            }
        }

        for (int i = 0; i < lines.Count; i++)
        {
            float y = area.VerticalCenter + ((i - ((lines.Count - 1) / 2f)) * LineHeight);
            PictureText.At(canvas, PictureText.Cut(lines[i], room, PictureStyle.LabelSize), area.HorizontalCenter, y, PictureStyle.LabelSize, SKTextAlign.Center);
        }
    }
}
