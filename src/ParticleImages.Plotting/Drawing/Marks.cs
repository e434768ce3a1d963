using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A mark's middle in the plot's coordinates, and its colour.</summary>
internal readonly record struct Mark(double X, double Y, Color Color);

/// <summary>Marks of one shape and size in a plot, each with a colour of its own. They set no limits.</summary>
internal sealed class Marks(IReadOnlyList<Mark> marks, MarkerShape shape, float size) : IPlottable
{
    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint { IsAntialias = true, StrokeWidth = size > 5 ? 1.6f : 1 };
        foreach (Mark mark in marks)
        {
            paint.Color = mark.Color.ToSKColor();
            Draw(rp.Canvas, shape, Axes.GetPixelX(mark.X), Axes.GetPixelY(mark.Y), size, paint);
        }
    }

    /// <summary>One mark around a point: a filled or open circle, a cross, an upright bar, a filled square or diamond, or a filled triangle that points up or down.</summary>
    public static void Draw(SKCanvas canvas, MarkerShape shape, float x, float y, float size, SKPaint paint)
    {
        float half = size / 2;
        paint.IsStroke = shape is MarkerShape.OpenCircle or MarkerShape.Eks or MarkerShape.VerticalBar;
        switch (shape)
        {
            case MarkerShape.FilledCircle or MarkerShape.OpenCircle:
                canvas.DrawCircle(x, y, half, paint);
                break;
            case MarkerShape.Eks:
                canvas.DrawLine(x - half, y - half, x + half, y + half, paint);
                canvas.DrawLine(x - half, y + half, x + half, y - half, paint);
                break;
            case MarkerShape.VerticalBar:
                canvas.DrawLine(x, y - half, x, y + half, paint);
                break;
            case MarkerShape.FilledSquare:
                canvas.DrawRect(x - half, y - half, size, size, paint);
                break;
            case MarkerShape.FilledDiamond:
                Fill(canvas, paint, new(x, y - half), new(x + half, y), new(x, y + half), new(x - half, y));
                break;
            case MarkerShape.FilledTriangleUp:
                Fill(canvas, paint, new(x, y - half), new(x + half, y + half), new(x - half, y + half));
                break;
            case MarkerShape.FilledTriangleDown:
                Fill(canvas, paint, new(x, y + half), new(x + half, y - half), new(x - half, y - half));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(shape), shape, "There is no such mark.");
        }
    }

    private static void Fill(SKCanvas canvas, SKPaint paint, params ReadOnlySpan<SKPoint> corners)
    {
        using var path = new SKPath();
        path.AddPoly(corners.ToArray(), close: true);
        canvas.DrawPath(path, paint);
    }
}
