using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>One coloured cell: its edges in the plot's coordinates.</summary>
internal readonly record struct Cell(double Left, double Right, double Bottom, double Top, Color Color);

/// <summary>
/// Coloured cells in a plot. Each is a rectangle of its own rather than a pixel of an enlarged bitmap: an image with
/// fifty hits stays small in SVG, no viewer blurs it, and an empty cell is simply not there. Where several share a pixel, the last is seen.
/// </summary>
internal sealed class CellMap(IReadOnlyList<Cell> cells, AxisLimits limits) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => limits;

    public void Render(RenderPack rp)
    {
        // Without smoothing, neighbours meet at one edge and no white shines through between them.
        using var paint = new SKPaint { IsAntialias = false };
        foreach (Cell cell in cells)
        {
            paint.Color = cell.Color.ToSKColor();
            var place = new SKRect(Axes.GetPixelX(cell.Left), Axes.GetPixelY(cell.Top), Axes.GetPixelX(cell.Right), Axes.GetPixelY(cell.Bottom));
            Draw(rp.Canvas, place, rp.DataRect, paint);
        }
    }

    /// <summary>Draws one cell, of a pixel at least in either direction: thinner, it would cover the middle of none and not be there.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="cell">Where it stands.</param>
    /// <param name="room">What it must not grow out of.</param>
    /// <param name="paint">Its colour, without smoothing.</param>
    public static void Draw(SKCanvas canvas, SKRect cell, PixelRect room, SKPaint paint)
    {
        // A little more, or rounding could still miss the middle.
        float least = 1.01f / canvas.TotalMatrix.ScaleX;
        (cell.Left, cell.Right) = AtLeast(cell.Left, cell.Right, room.Left, room.Right);
        (cell.Top, cell.Bottom) = AtLeast(cell.Top, cell.Bottom, room.Top, room.Bottom);
        canvas.DrawRect(cell, paint);

        (float From, float To) AtLeast(float from, float to, float first, float last)
        {
            if (to - from >= least)
            {
                return (from, to);
            }

            float begin = Math.Max(first, Math.Min(from, last - least));
            return (begin, begin + least);
        }
    }
}
