using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>One coloured cell: its edges in the plot's coordinates.</summary>
internal readonly record struct Cell(double Left, double Right, double Bottom, double Top, Color Color);

/// <summary>
/// Coloured cells in a plot. Each is a rectangle of its own rather than a pixel of an enlarged bitmap: an image with
/// fifty hits stays small in SVG, no viewer blurs it, and an empty cell is simply not there.
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
            rp.Canvas.DrawRect(
                new SKRect(Axes.GetPixelX(cell.Left), Axes.GetPixelY(cell.Top), Axes.GetPixelX(cell.Right), Axes.GetPixelY(cell.Bottom)),
                paint);
        }
    }
}
