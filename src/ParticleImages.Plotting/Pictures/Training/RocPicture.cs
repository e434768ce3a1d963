using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// ROC curves on a square of signal against background efficiency, both 0 to 1; the legend above gives each one's area and
/// standard error and what the background rejection is at its working points, which are marked; a dashed diagonal is the curve of guessing. 720 × 760 pixels unless set, larger where the legend is.
/// </summary>
/// <remarks>Made by <see cref="Picture.Roc"/>. Immutable; verbs give copies.</remarks>
public sealed class RocPicture : StyledPicture<RocPicture>
{
    private const float LegendGap = 6;

    // On a shorter side numbers would touch each other.
    private const float LeastForFifths = 200;

    private readonly NamedCurve[] curves;
    private readonly double[] workingPoints;

    private RocPicture(NamedCurve[] curves, double[] workingPoints, PictureFrame frame)
        : base(frame)
    {
        this.curves = curves;
        this.workingPoints = workingPoints;
    }

    private protected override (int Width, int Height) DefaultSize => NamedCurve.Table(curves, workingPoints).Grown(720, 694);

    /// <summary>Adds another curve, drawn over those before.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="curve">The curve.</param>
    /// <returns>A copy.</returns>
    public RocPicture Compare(string name, RocCurve curve)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(curve);
        return new RocPicture([.. curves, new NamedCurve(name, curve, curves.Length)], workingPoints, Frame);
    }

    /// <summary>
    /// Marks every curve at other signal efficiencies than 0.5, 0.8 and 0.9, and says in the legend what the background rejection 1/ε is there, with its error
    /// (<see cref="RocCurve.BackgroundRejectionAt"/>). Sets a slot; the last call wins.
    /// </summary>
    /// <param name="signalEfficiencies">At most 8, each above 0 and 1 at most; none stand for 0.5, 0.8 and 0.9.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There are more than 8.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not above 0 and 1 at most.</exception>
    public RocPicture WorkingPoints(params ReadOnlySpan<double> signalEfficiencies) => new(curves, NamedCurve.Checked(signalEfficiencies), Frame);

    /// <summary>Leaves working points out, in the plot and in the legend: for small pictures. Sets the slot of <see cref="WorkingPoints"/>.</summary>
    /// <returns>A copy.</returns>
    public RocPicture WithoutWorkingPoints() => new(curves, [], Frame);

    internal static RocPicture Of(RocCurve curve, string name) =>
        new RocPicture([], NamedCurve.Checked([]), PictureFrame.Default).Compare(name, curve);

    private protected override RocPicture With(PictureFrame frame) => new(curves, workingPoints, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        using Plot plot = PictureStyle.NewPlot("Background efficiency", "Signal efficiency");
        PictureStyle.AddGuide(plot, [new(0, 0), new(1, 1)]);
        foreach (NamedCurve named in curves)
        {
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(Thin(named.Curve.Points));
            line.LineWidth = PictureStyle.LineWidth;
            line.LineColor = named.Color;
            line.LinePattern = named.Pattern;
        }

        foreach (NamedCurve named in curves)
        {
            named.AddMarks(plot, workingPoints.Select(point => new Coordinates(named.Curve.BackgroundEfficiencyAt(point), point)));
        }

        plot.Axes.SetLimits(-0.01, 1.01, -0.01, 1.01);
        CurveTable table = NamedCurve.Table(curves, workingPoints);
        float legendHeight = table.HeightIn(area);
        PixelPadding padding = SquareWithin(area, legendHeight);
        PixelRect inner = area.Contract(padding);
        plot.Axes.Bottom.TickGenerator = Ticks(inner.Width);
        plot.Axes.Left.TickGenerator = Ticks(inner.Width);
        PictureStyle.Draw(plot, canvas, area, padding);
        table.Draw(canvas, area, inner, inner.Top - LegendGap - legendHeight);
    }

    private static NumericManual Ticks(float side)
    {
        double[] places = side < LeastForFifths ? [0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1];
        return new NumericManual(places, [.. places.Select(PictureStyle.Number)]);
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

    private static PixelPadding SquareWithin(PixelRect area, float legendHeight)
    {
        const float left = 80, bottom = 64, right = 24;

        // The smallest picture has no room to spare above the legend.
        float top = (area.Height < 240 ? 0 : 8) + legendHeight + LegendGap;
        float side = Math.Min(area.Width - left - right, area.Height - bottom - top);
        float spareWidth = area.Width - left - right - side, spareHeight = area.Height - bottom - top - side;
        return new PixelPadding(
            left + (spareWidth / 2), right + (spareWidth / 2), bottom + (spareHeight / 2), top + (spareHeight / 2));
    }
}
