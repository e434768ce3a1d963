using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A ratio with its error, if that is known, at a place of the axis.</summary>
internal readonly record struct RatioPoint(double X, double Value, double? Error);

/// <summary>A plot of two classes and, below it on the same axis, electrons divided by photons.</summary>
internal static class RatioPanels
{
    private const float Right = 28;
    private const float AxisBand = 64;
    private const float Gap = 14;
    private const float LegendGap = 4;
    private const float AboveLegend = 8;
    private const float RatioShare = 0.3f;

    // A ratio that is known no better than this, or whose error is not known, does not stretch the axis.
    private const double WellKnown = 0.3;

    // How far ratios that are all known worse do.
    private const double MostOfPoor = 3;

    /// <summary>Draws both panels; the upper one alone where one class alone has data.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="area">Where, axes and legend included.</param>
    /// <param name="plot">The upper plot with its limits and ticks; the lower one takes its axis.</param>
    /// <param name="legend">The classes.</param>
    /// <param name="ratios">The ratios; null for no lower panel.</param>
    /// <exception cref="InvalidOperationException">Nothing would be left for a plot.</exception>
    public static void Draw(
        SKCanvas canvas, PixelRect area, Plot plot, IReadOnlyList<LineLegend.Entry> legend, IReadOnlyList<RatioPoint>? ratios)
    {
        float legendHeight = Math.Max(LineLegend.HeightOf(2), LineLegend.HeightOf(legend, area.Width - Panel.LeftOf(plot, area.Height / 2) - Right));
        float legendBand = AboveLegend + legendHeight + LegendGap;
        float middle = ratios is null ? area.Bottom : area.Bottom - AxisBand - (RatioShare * (area.Height - legendBand - AxisBand));
        var upper = new PixelRect(area.Left, area.Right, middle, area.Top);
        float below = ratios is null ? AxisBand : Gap / 2, left = Panel.LeftOf(plot, upper.Height - legendBand - below);
        if (ratios is not null)
        {
            using Plot lower = PictureStyle.NewPlot(plot.Axes.Bottom.Label.Text, "e / γ");
            AddRatios(lower, ratios, plot.Axes.GetLimits());
            lower.Axes.Bottom.TickGenerator = plot.Axes.Bottom.TickGenerator;
            left = Math.Max(left, Panel.LeftOf(lower, area.Bottom - middle - AxisBand - (Gap / 2)));
            PictureStyle.Draw(
                lower, canvas, new PixelRect(area.Left, area.Right, area.Bottom, middle), new PixelPadding(left, Right, AxisBand, Gap / 2));
            plot.Axes.Bottom.Label.Text = "";
            plot.Axes.Bottom.TickLabelStyle.IsVisible = false;
        }

        var padding = new PixelPadding(left, Right, below, legendBand);
        PictureStyle.Draw(plot, canvas, upper, padding);
        PixelRect inner = upper.Contract(padding);
        LineLegend.Draw(canvas, new PixelRect(inner.Left, inner.Right, inner.Top - LegendGap, area.Top), legend);
    }

    private static void AddRatios(Plot plot, IReadOnlyList<RatioPoint> ratios, AxisLimits above)
    {
        double[] known = [.. ratios.Where(ratio => ratio.Error < WellKnown * ratio.Value).Select(ratio => ratio.Value)];
        if (known.Length == 0)
        {
            // Few events: where most of the ratios are can be seen all the same.
            double[] poor = [.. ratios.Where(ratio => ratio.Error is not null).Select(ratio => Math.Min(ratio.Value, MostOfPoor)).Order()];
            known = [.. poor.Skip(poor.Length / 10).SkipLast(poor.Length / 10)];
        }

        (double low, double high) = Panel.Around([0.9, 1.1, .. known]);
        Color ink = Color.FromHex("#202020");
        ScottPlot.Plottables.LinePlot one = plot.Add.Line(above.Left, 1, above.Right, 1);
        one.LineColor = PictureStyle.Faint;
        one.LineWidth = 1;
        plot.PlottableList.Add(new ErrorBars(
            [.. ratios.Where(ratio => ratio.Error is not null).Select(ratio => new ErrorBar(ratio.X, ratio.Value - ratio.Error!.Value, ratio.Value + ratio.Error.Value))], ink));
        Add(ratios.Where(ratio => ratio.Value >= low && ratio.Value <= high).Select(ratio => new Coordinates(ratio.X, ratio.Value)), MarkerShape.FilledCircle, 5);

        // What lies beyond the axis is not hidden: a triangle at its end points there.
        Add(ratios.Where(ratio => ratio.Value > high).Select(ratio => new Coordinates(ratio.X, high - (0.05 * (high - low)))), MarkerShape.FilledTriangleUp, 7);
        Add(ratios.Where(ratio => ratio.Value < low).Select(ratio => new Coordinates(ratio.X, low + (0.05 * (high - low)))), MarkerShape.FilledTriangleDown, 7);
        plot.Axes.SetLimits(above.Left, above.Right, low, high);
        NumericAutomatic ticks = PictureStyle.Ticks();
        ticks.TargetTickCount = 4;
        plot.Axes.Left.TickGenerator = ticks;

        void Add(IEnumerable<Coordinates> points, MarkerShape shape, float size)
        {
            ScottPlot.Plottables.Scatter markers = plot.Add.ScatterPoints(points.ToArray());
            markers.MarkerShape = shape;
            markers.MarkerSize = size;
            markers.Color = ink;
        }
    }
}
