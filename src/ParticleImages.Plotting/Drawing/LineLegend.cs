using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A legend of lines above a plot rather than in it, where it can cover no data: two columns, filled row by row.</summary>
internal static class LineLegend
{
    private const float SampleLength = 36;
    private const float RowHeight = 22;
    private const float NameGap = 8;
    private const float ColumnGap = 12;
    private const float MarkerSize = 7;
    private const float AreaSize = 14;

    /// <summary>The height that so many entries take.</summary>
    public static float HeightOf(int entries) => (entries + 1) / 2 * RowHeight;

    /// <summary>Draws the entries at the bottom of an area.</summary>
    public static void Draw(SKCanvas canvas, PixelRect area, IReadOnlyList<Entry> entries)
    {
        int rows = (entries.Count + 1) / 2;
        float first = FirstColumn(area.Width, entries);
        for (int i = 0; i < entries.Count; i++)
        {
            float x = area.Left + (i % 2 * first);
            float y = area.Bottom - ((rows - (i / 2) - 0.5f) * RowHeight);
            Draw(canvas, entries[i], x, y, i % 2 == 0 ? first : area.Width - first);
        }
    }

    /// <summary>Draws one entry from a point on, at its middle height; a name longer than the width is cut.</summary>
    public static void Draw(SKCanvas canvas, Entry entry, float x, float y, float width)
    {
        using var paint = new SKPaint
        {
            Color = entry.Color.ToSKColor(),
            IsAntialias = true,
            StrokeWidth = PictureStyle.LineWidth,
            PathEffect = entry.Pattern.GetPathEffect(),
        };
        if (entry.HasLine)
        {
            // A path, of which SVG gets the dashes, too.
            using var path = new SKPath();
            path.MoveTo(x, y);
            path.LineTo(x + SampleLength, y);
            paint.IsStroke = true;
            canvas.DrawPath(path, paint);
            paint.IsStroke = false;
        }

        if (entry.Marker != MarkerShape.None)
        {
            paint.PathEffect = null;
            Marks.Draw(canvas, entry.Marker, x + (SampleLength / 2), y, entry.Marker == MarkerShape.FilledSquare ? AreaSize : MarkerSize, paint);
        }

        string name = PictureText.Cut(entry.Name, width - SampleLength - NameGap - ColumnGap + 0.5f, PictureStyle.TickSize);
        PictureText.At(canvas, name, x + SampleLength + NameGap, y, PictureStyle.TickSize, SKTextAlign.Left);
    }

    // Half, unless a name is longer and the other column has room to spare.
    private static float FirstColumn(float width, IReadOnlyList<Entry> entries)
    {
        float left = WidestOf(entries.Where((_, i) => i % 2 == 0)), right = WidestOf(entries.Where((_, i) => i % 2 == 1));
        return left > width / 2 ? Math.Max(width / 2, Math.Min(left, width - right))
            : right > width / 2 ? Math.Max(left, width - right)
            : width / 2;
    }

    private static float WidestOf(IEnumerable<Entry> entries) =>
        entries.Select(entry => SampleLength + NameGap + PictureText.WidthOf(entry.Name, PictureStyle.TickSize) + ColumnGap).DefaultIfEmpty(0).Max();

    /// <summary>A line's name and look, and its marker or none; or a marker alone.</summary>
    internal sealed record Entry(string Name, Color Color, LinePattern Pattern, MarkerShape Marker, bool HasLine = true)
    {
        /// <summary>A marker without a line.</summary>
        public static Entry Of(string name, Color color, MarkerShape marker) => new(name, color, LinePattern.Solid, marker, HasLine: false);

        /// <summary>A filled area.</summary>
        public static Entry OfArea(string name, Color color) => Of(name, color, MarkerShape.FilledSquare);
    }
}
