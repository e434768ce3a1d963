using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// A legend of lines above a plot rather than in it, where it can cover no data: two columns, filled row by row; one where two have no room and there is height for it.
/// </summary>
internal static class LineLegend
{
    private const float SampleLength = 36;
    private const float RowHeight = 22;
    private const float NameGap = 8;
    private const float ColumnGap = 12;
    private const float MarkerSize = 7;
    private const float AreaSize = 14;

    // Narrower legends take a row an entry rather than cut names; wider ones would grow high.
    private const float Narrow = 440;

    /// <summary>The height that so many entries take in two columns.</summary>
    public static float HeightOf(int entries) => (entries + 1) / 2 * RowHeight;

    /// <summary>The height that entries take in a width, so that none need be cut.</summary>
    public static float HeightOf(IReadOnlyList<Entry> entries, float width) => NeedsOneColumn(entries, width) ? entries.Count * RowHeight : HeightOf(entries.Count);

    /// <summary>Draws the entries at the bottom of an area.</summary>
    public static void Draw(SKCanvas canvas, PixelRect area, IReadOnlyList<Entry> entries)
    {
        bool isOneColumn = NeedsOneColumn(entries, area.Width) && area.Height >= entries.Count * RowHeight;
        int columns = isOneColumn ? 1 : 2, rows = (entries.Count + columns - 1) / columns;
        float first = isOneColumn ? area.Width : FirstColumn(area.Width, entries);
        for (int i = 0; i < entries.Count; i++)
        {
            float x = area.Left + (i % columns * first);
            float y = area.Bottom - ((rows - (i / columns) - 0.5f) * RowHeight);
            Draw(canvas, entries[i], x, y, i % columns == 0 ? first : area.Width - first);
        }
    }

    /// <summary>Draws one entry from a point on, at its middle height; a name longer than the width is cut, what follows it is not.</summary>
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

        float room = width - SampleLength - NameGap - ColumnGap + 0.5f;
        string name = PictureText.Cut(entry.Name, room - PictureText.WidthOf(entry.Suffix, PictureStyle.TickSize), PictureStyle.TickSize);
        PictureText.At(canvas, PictureText.Cut(name + entry.Suffix, room, PictureStyle.TickSize), x + SampleLength + NameGap, y, PictureStyle.TickSize, SKTextAlign.Left);
    }

    // Half, unless a name is longer and the other column has room to spare.
    private static float FirstColumn(float width, IReadOnlyList<Entry> entries)
    {
        (float left, float right) = WidestOf(entries);
        return left > width / 2 ? Math.Max(width / 2, Math.Min(left, width - right))
            : right > width / 2 ? Math.Max(left, width - right)
            : width / 2;
    }

    private static bool NeedsOneColumn(IReadOnlyList<Entry> entries, float width)
    {
        (float left, float right) = WidestOf(entries);
        return width < Narrow && left + right > width;
    }

    private static (float Left, float Right) WidestOf(IReadOnlyList<Entry> entries)
    {
        float[] widths = [.. entries.Select(entry => SampleLength + NameGap + PictureText.WidthOf(entry.Name + entry.Suffix, PictureStyle.TickSize) + ColumnGap)];
        return (widths.Where((_, i) => i % 2 == 0).DefaultIfEmpty(0).Max(), widths.Where((_, i) => i % 2 == 1).DefaultIfEmpty(0).Max());
    }

    /// <summary>A line's name and look, and its marker or none; or a marker alone.</summary>
    internal sealed record Entry(string Name, Color Color, LinePattern Pattern, MarkerShape Marker, bool HasLine = true)
    {
        /// <summary>What follows the name and is never cut.</summary>
        public string Suffix { get; init; } = "";

        /// <summary>A marker without a line.</summary>
        public static Entry Of(string name, Color color, MarkerShape marker) => new(name, color, LinePattern.Solid, marker, HasLine: false);

        /// <summary>A filled area.</summary>
        public static Entry OfArea(string name, Color color) => Of(name, color, MarkerShape.FilledSquare);
    }
}
