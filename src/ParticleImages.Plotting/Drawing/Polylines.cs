using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Lines of one look in a plot. They set no limits.</summary>
internal sealed class Polylines(IReadOnlyList<Coordinates[]> lines, Color color, float width) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint { IsAntialias = true, IsStroke = true, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Round, Color = color.ToSKColor() };
        foreach (Coordinates[] line in lines)
        {
            using var path = new SKPath();
            path.AddPoly(Array.ConvertAll(line, point => Axes.GetPixel(point).ToSKPoint()), close: false);
            rp.Canvas.DrawPath(path, paint);
        }
    }
}
