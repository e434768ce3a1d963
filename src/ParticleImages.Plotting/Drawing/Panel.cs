using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A plot with its axes and, above it, the legend of its lines; where there is nothing to show, words that say so stand in its middle.</summary>
internal static class Panel
{
    private const float LegendGap = 6;
    private const float Bottom = 64;
    private const float Right = 28;

    // Room for numbers of five digits and the axis' name beside them; longer numbers get what they need.
    private const float LeastLeft = 84;
    private const float BesideNumbers = 46;

    /// <summary>Draws a plot into an area, with fixed room for axes and legend, so that panels beside each other line up.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="area">Where, axes and legend included.</param>
    /// <param name="plot">The plot, made by <see cref="PictureStyle.NewPlot"/>, its limits set.</param>
    /// <param name="legend">The lines' names; none for no legend.</param>
    /// <param name="notice">Why there is nothing to see, drawn instead of ticks and grid; empty where there is something.</param>
    /// <exception cref="InvalidOperationException">Nothing would be left for the plot.</exception>
    public static void Draw(SKCanvas canvas, PixelRect area, Plot plot, IReadOnlyList<LineLegend.Entry> legend, string notice = "")
    {
        if (notice.Length > 0)
        {
            plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
            plot.HideGrid();
        }

        // A legend of a single line or none has the room of two, so that panels beside each other line up; its height hardly moves what the numbers take.
        float left = LeftOf(plot, area.Height - LineLegend.HeightOf(Math.Max(legend.Count, 2)) - (2 * LegendGap) - 4 - Bottom);
        float legendHeight = Math.Max(LineLegend.HeightOf(2), LineLegend.HeightOf(legend, area.Width - left - Right));
        float top = legendHeight + (2 * LegendGap) + 4;
        var padding = new PixelPadding(left, Right, Bottom, top);
        PictureStyle.Draw(plot, canvas, area, padding);
        PixelRect inner = area.Contract(padding);
        if (notice.Length > 0)
        {
            PictureText.Fit(canvas, notice, inner, PictureStyle.LabelSize);
        }

        LineLegend.Draw(canvas, new PixelRect(inner.Left, inner.Right, inner.Top - LegendGap, inner.Top - LegendGap - legendHeight), legend);
    }

    /// <summary>Limits of an axis around finite values, a twentieth beyond them on either side; what is level gets an axis around it.</summary>
    public static (double Low, double High) Around(IEnumerable<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        double margin = !RobustRange.AreAlike(low, high) ? 0.05 * (high - low) : 0.05 * Math.Max(Math.Abs(high), 0.1);
        return (low - margin, high + margin);
    }

    /// <summary>How wide a band the left axis' numbers and name take beside a plot of some height, its limits set.</summary>
    public static float LeftOf(Plot plot, float height)
    {
        IYAxis axis = plot.Axes.Left;
        using Paint paint = Paint.NewDisposablePaint();
        axis.RegenerateTicks(new PixelLength(Math.Max(height, 1)), paint);
        float widest = axis.TickGenerator.Ticks.Select(tick => PictureText.WidthOf(tick.Label, PictureStyle.TickSize)).DefaultIfEmpty(0).Max();
        return Math.Max(LeastLeft, MathF.Ceiling(widest) + BesideNumbers);
    }
}
