using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// A legend of curves with numbers beside their names, above a plot, where it can cover no data: a row a curve; columns as wide as their texts; names cut where they
/// have no room. What is too wide all the same is drawn smaller.
/// </summary>
internal static class CurveTable
{
    private const float RowHeight = 22;
    private const float Sample = 44;
    private const float Between = 24;
    private const float LeastName = 150;

    /// <summary>The height of so many rows, the head included.</summary>
    public static float HeightOf(int rows, Head? head) => (rows + (head is null ? 0 : 2)) * RowHeight;

    /// <summary>Draws the table at the top of an area.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="area">Where.</param>
    /// <param name="rows">The curves, each with as many cells as the others.</param>
    /// <param name="head">What stands above the last columns, or nothing.</param>
    public static void Draw(SKCanvas canvas, PixelRect area, IReadOnlyList<Row> rows, Head? head = null)
    {
        int columns = rows[0].Cells.Count;
        int headed = columns - (head?.Names.Count ?? 0);
        float[] widths = [.. Enumerable.Range(0, columns).Select(WidthOf)];
        float spanned = head is null ? 0 : PictureText.WidthOf(head.Title, PictureStyle.TickSize) - widths[headed..].Sum() - (Between * (columns - headed - 1));
        if (spanned > 0)
        {
            widths[^1] += spanned;
        }

        float names = rows.Max(row => PictureText.WidthOf(row.Entry.Name, PictureStyle.TickSize));
        float numbers = widths.Sum(width => width + Between) - Between;
        float gap = names > 0 ? Between : 0;
        float needed = Sample + Math.Min(names, LeastName) + gap + numbers;
        float scale = Math.Min(1, area.Width / needed);
        names = Math.Min(names, Math.Max(Math.Min(names, LeastName), area.Width - Sample - gap - numbers));

        using var restored = new SKAutoCanvasRestore(canvas);
        canvas.Translate(area.Left, area.Top);
        canvas.Scale(scale, scale);
        float first = Sample + names + gap;
        float y = RowHeight / 2;
        if (head is not null)
        {
            At(head.Title, PlaceOf(headed), y);
            for (int i = headed; i < columns; i++)
            {
                At(head.Names[i - headed], PlaceOf(i), y + RowHeight);
            }

            y += 2 * RowHeight;
        }

        foreach (Row row in rows)
        {
            LineLegend.Draw(canvas, row.Entry, 0, y, Sample + names + 12);
            for (int i = 0; i < columns; i++)
            {
                At(row.Cells[i], PlaceOf(i), y);
            }

            y += RowHeight;
        }

        float WidthOf(int column) => rows.Select(row => row.Cells[column])
            .Concat(head is not null && column >= headed ? [head.Names[column - headed]] : [])
            .Max(text => PictureText.WidthOf(text, PictureStyle.TickSize));

        float PlaceOf(int column) => first + widths[..column].Sum(width => width + Between);

        void At(string text, float x, float place) => PictureText.At(canvas, text, x, place, PictureStyle.TickSize, SKTextAlign.Left);
    }

    /// <summary>A curve's name and look, and what is said of it.</summary>
    internal sealed record Row(LineLegend.Entry Entry, IReadOnlyList<string> Cells);

    /// <summary>A title above the last columns, and under it their names.</summary>
    internal sealed record Head(string Title, IReadOnlyList<string> Names);
}
