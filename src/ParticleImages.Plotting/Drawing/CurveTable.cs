using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// A legend of curves with numbers beside their names, above a plot, where it can cover no data: a row a curve; columns as wide as their texts; names cut where they
/// have no room. What is too wide all the same is drawn smaller, down to what can be read.
/// </summary>
internal sealed class CurveTable
{
    private const float RowHeight = 22;
    private const float Sample = 44;
    private const float Between = 24;
    private const float LeastName = 150;
    private const float Margin = 16;

    // A picture may not be larger.
    private const int MostPixels = 10_000;

    // Letters of less than 9 pixels nobody reads.
    private const float LeastScale = 0.64f;

    private readonly IReadOnlyList<Row> rows;
    private readonly Head? head;
    private readonly float[] widths;
    private readonly int headed;
    private readonly float names;
    private readonly float besideNames;

    /// <param name="rows">The curves, each with as many cells as the others.</param>
    /// <param name="head">What stands above the last columns, or nothing.</param>
    public CurveTable(IReadOnlyList<Row> rows, Head? head = null)
    {
        (this.rows, this.head) = (rows, head);
        int columns = rows[0].Cells.Count;
        headed = columns - (head?.Names.Count ?? 0);
        widths = [.. Enumerable.Range(0, columns).Select(WidthOf)];
        float spanned = head is null ? 0 : PictureText.WidthOf(head.Title, PictureStyle.TickSize) - widths[headed..].Sum() - (Between * (columns - headed - 1));
        if (spanned > 0)
        {
            widths[^1] += spanned;
        }

        names = rows.Max(row => PictureText.WidthOf(row.Entry.Name, PictureStyle.TickSize));
        besideNames = Sample + (names > 0 ? Between : 0) + widths.Sum(width => width + Between) - Between;

        float WidthOf(int column) => rows.Select(row => row.Cells[column])
            .Concat(head is not null && column >= headed ? [head.Names[column - headed]] : [])
            .Max(text => PictureText.WidthOf(text, PictureStyle.TickSize));
    }

    /// <summary>The size of a picture in which the table need not be drawn smaller nor usual names be cut, and the plot stays as large as below a table of no rows.</summary>
    public (int Width, int Height) Grown(int width, int height) =>
        (Math.Clamp((int)MathF.Ceiling(Math.Min(names, 2 * LeastName) + besideNames + (2 * Margin)), width, MostPixels), Math.Min(height + (int)(Rows * RowHeight), MostPixels));

    /// <summary>The height of the table above a plot in an area.</summary>
    /// <exception cref="InvalidOperationException">The area is so narrow that nobody could read the table.</exception>
    public float HeightIn(PixelRect area) => Rows * RowHeight * ScaleIn(area);

    /// <summary>Draws the table from a height on, at the left of the plot, or farther left where it is wider.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="area">Where, the plot's axes included.</param>
    /// <param name="inner">The plot without axes.</param>
    /// <param name="top">The height.</param>
    public void Draw(SKCanvas canvas, PixelRect area, PixelRect inner, float top)
    {
        float scale = ScaleIn(area);
        bool isWide = Needed > inner.Width;
        float width = isWide ? Math.Max(Needed, Math.Min(names + besideNames, area.Width - (2 * Margin))) : inner.Width;
        float left = isWide ? Math.Max(area.Left + Margin, Math.Min(inner.Left, area.Right - Margin - (scale * width))) : inner.Left;
        float named = Math.Min(names, width - besideNames);

        using var restored = new SKAutoCanvasRestore(canvas);
        canvas.Translate(left, top);
        canvas.Scale(scale, scale);
        float first = Sample + named + (names > 0 ? Between : 0);
        float y = RowHeight / 2;
        if (head is not null)
        {
            At(head.Title, PlaceOf(headed), y);
            for (int i = headed; i < widths.Length; i++)
            {
                At(head.Names[i - headed], PlaceOf(i), y + RowHeight);
            }

            y += 2 * RowHeight;
        }

        foreach (Row row in rows)
        {
            LineLegend.Draw(canvas, row.Entry, 0, y, Sample + named + 12);
            for (int i = 0; i < widths.Length; i++)
            {
                At(row.Cells[i], PlaceOf(i), y);
            }

            y += RowHeight;
        }

        float PlaceOf(int column) => first + widths[..column].Sum(width => width + Between);

        void At(string text, float x, float place) => PictureText.At(canvas, text, x, place, PictureStyle.TickSize, SKTextAlign.Left);
    }

    private int Rows => rows.Count + (head is null ? 0 : 2);

    private float Needed => Math.Min(names, LeastName) + besideNames;

    private float ScaleIn(PixelRect area)
    {
        float scale = Math.Min(1, (area.Width - (2 * Margin)) / Needed);
        return scale >= LeastScale
            ? scale
            : throw new InvalidOperationException(
                $"The legend has no room in a picture of {area.Width:F0} pixels' width; {MathF.Ceiling((LeastScale * Needed) + (2 * Margin)):F0} is the least. Set a larger size.");
    }

    /// <summary>A curve's name and look, and what is said of it.</summary>
    internal sealed record Row(LineLegend.Entry Entry, IReadOnlyList<string> Cells);

    /// <summary>A title above the last columns, and under it their names.</summary>
    internal sealed record Head(string Title, IReadOnlyList<string> Names);
}
