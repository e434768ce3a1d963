using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// ROC curves on a square of signal against background efficiency, both 0 to 1; the legend gives each one's area and
/// standard error, a dashed diagonal the curve of guessing. 720 × 720 pixels unless set.
/// </summary>
/// <remarks>Made by <see cref="Picture.Roc"/>. Immutable; verbs give copies.</remarks>
public sealed class RocPicture : StyledPicture<RocPicture>
{
    private readonly (string Name, RocCurve Curve)[] curves;

    private RocPicture((string Name, RocCurve Curve)[] curves, PictureFrame frame)
        : base(frame) => this.curves = curves;

    private protected override (int Width, int Height) DefaultSize => (720, 720);

    /// <summary>Adds another curve, drawn over those before.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="curve">The curve.</param>
    /// <returns>A copy.</returns>
    public RocPicture Compare(string name, RocCurve curve)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(curve);
        return new RocPicture([.. curves, (name, curve)], Frame);
    }

    internal static RocPicture Of(RocCurve curve, string name) =>
        new RocPicture([], PictureFrame.Default).Compare(name, curve);

    private protected override RocPicture With(PictureFrame frame) => new(curves, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        using Plot plot = PictureStyle.NewPlot("Background efficiency", "Signal efficiency");
        AddGuessing(plot);
        for (int i = 0; i < curves.Length; i++)
        {
            AddCurve(plot, i);
        }

        plot.Axes.Bottom.TickGenerator = Fifths();
        plot.Axes.Left.TickGenerator = Fifths();
        plot.Axes.SetLimits(-0.01, 1.01, -0.01, 1.01);
        plot.ShowLegend(Alignment.LowerRight);
        PictureStyle.Draw(plot, canvas, area, SquareWithin(area));
    }

    private static NumericManual Fifths()
    {
        double[] places = [0, 0.2, 0.4, 0.6, 0.8, 1];
        return new NumericManual(places, [.. places.Select(PictureStyle.Number)]);
    }

    private static void AddGuessing(Plot plot)
    {
        ScottPlot.Plottables.LinePlot line = plot.Add.Line(0, 0, 1, 1);
        line.LineColor = PictureStyle.Faint;
        line.LinePattern = LinePattern.Dashed;
        line.LineWidth = 1;
    }

    private void AddCurve(Plot plot, int index)
    {
        (string name, RocCurve curve) = curves[index];
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(Thin(curve.Points));
        line.LineWidth = PictureStyle.LineWidth;
        line.LineColor = PictureStyle.LineColors[index % PictureStyle.LineColors.Count];
        line.LinePattern = index < PictureStyle.LineColors.Count ? LinePattern.Solid : LinePattern.DenselyDashed;
        line.LegendText = name.Length == 0 ? curve.ToString() : $"{name}: {curve}";
    }

    // A curve of a million events has a million points; what moves less than a third of a pixel is left out.
    private static Coordinates[] Thin(IReadOnlyList<RocPoint> points)
    {
        const double step = 1.0 / 2048;
        var kept = new List<Coordinates>();
        foreach (RocPoint point in points)
        {
            if (kept.Count == 0
                || point.BackgroundEfficiency - kept[^1].X >= step
                || point.SignalEfficiency - kept[^1].Y >= step
                || point == points[^1])
            {
                kept.Add(new Coordinates(point.BackgroundEfficiency, point.SignalEfficiency));
            }
        }

        return [.. kept];
    }

    private static PixelPadding SquareWithin(PixelRect area)
    {
        const float left = 80, bottom = 64, right = 24, top = 16;
        float side = Math.Min(area.Width - left - right, area.Height - bottom - top);
        float spareWidth = area.Width - left - right - side, spareHeight = area.Height - bottom - top - side;
        return new PixelPadding(
            left + (spareWidth / 2), right + (spareWidth / 2), bottom + (spareHeight / 2), top + (spareHeight / 2));
    }
}
