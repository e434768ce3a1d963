using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A value with the ends of its error bar, in the plot's coordinates.</summary>
internal readonly record struct ErrorBar(double X, double Low, double High);

/// <summary>Upright error bars, without caps: many of them stand side by side.</summary>
internal sealed class ErrorBars(IReadOnlyList<ErrorBar> bars, Color color) : IPlottable
{
    private const float BarWidth = 1.5f;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => [];

    // The values that the bars belong to decide the limits.
    public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

    public void Render(RenderPack rp)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = color.ToSKColor(), StrokeWidth = BarWidth };
        foreach (ErrorBar bar in bars)
        {
            float x = Axes.GetPixelX(bar.X);
            rp.Canvas.DrawLine(x, Axes.GetPixelY(bar.Low), x, Axes.GetPixelY(bar.High), paint);
        }
    }
}
