using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// Background rejection 1/ε, logarithmic, against signal efficiency: the ROC curve as papers on calorimeters show it, where small background efficiencies can be read. Bands are
/// the statistical errors; working points are marked with theirs and said in the legend above, a dashed line is guessing. 800 × 640 pixels unless set, larger where the legend is.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Rejection"/>. A curve begins where ten background events pass (all, if there are fewer): before that the
/// error is a third of the value or more. Where none passes at a working point an arrow begins at the lower limit of 95 % (<see cref="BackgroundRejection.LowerLimit"/>). A band is the binomial error of the background efficiency at one standard deviation
/// (<see cref="BinomialInterval"/>); errors at neighbouring efficiencies are of the same events. Immutable; verbs give copies.
/// </remarks>
public sealed class RejectionPicture : StyledPicture<RejectionPicture>
{
    private const int FewestBackground = 10;
    private const float LegendGap = 8;

    // Of the axis, and in pixels.
    private const double Arrow = 0.06;
    private const float ArrowHead = 9;

    private readonly NamedCurve[] curves;
    private readonly double[] workingPoints;

    private RejectionPicture(NamedCurve[] curves, double[] workingPoints, PictureFrame frame)
        : base(frame)
    {
        this.curves = curves;
        this.workingPoints = workingPoints;
    }

    private protected override (int Width, int Height) DefaultSize => NamedCurve.Table(curves, workingPoints).Grown(800, 574);

    /// <summary>Adds another curve, drawn over those before.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="curve">The curve.</param>
    /// <returns>A copy.</returns>
    public RejectionPicture Compare(string name, RocCurve curve)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(curve);
        return new RejectionPicture([.. curves, new NamedCurve(name, curve, curves.Length)], workingPoints, Frame);
    }

    /// <summary>Marks other signal efficiencies than 0.5, 0.8 and 0.9, and says the rejections there in the legend. Sets a slot.</summary>
    /// <param name="signalEfficiencies">At most 8, each above 0 and 1 at most; none stand for 0.5, 0.8 and 0.9.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There are more than 8.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is not above 0 and 1 at most.</exception>
    public RejectionPicture WorkingPoints(params ReadOnlySpan<double> signalEfficiencies) => new(curves, NamedCurve.Checked(signalEfficiencies), Frame);

    internal static RejectionPicture Of(RocCurve curve, string name) =>
        new RejectionPicture([], NamedCurve.Checked([]), PictureFrame.Default).Compare(name, curve);

    private protected override RejectionPicture With(PictureFrame frame) => new(curves, workingPoints, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        using Plot plot = PictureStyle.NewPlot("Signal efficiency", "Background rejection, 1 / background efficiency");
        (NamedCurve Named, Place[] Places)[] drawn = [.. curves.Select(named => (named, Thin(named.Curve)))];
        foreach ((NamedCurve named, Place[] places) in drawn)
        {
            ScottPlot.Plottables.FillY band = plot.Add.FillY(
                [.. places.Select(place => place.Signal)], [.. places.Select(place => place.Low)], [.. places.Select(place => place.High)]);
            band.FillColor = named.Color.WithAlpha(.22);
            band.LineWidth = 0;
            band.MarkerSize = 0;
        }

        AddGuessing(plot);
        foreach ((NamedCurve named, Place[] places) in drawn)
        {
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(places.Select(place => new Coordinates(place.Signal, place.Middle)).ToArray());
            line.LineWidth = PictureStyle.LineWidth;
            line.LineColor = named.Color;
            line.LinePattern = named.Pattern;
        }

        // A half decade at least: what hardly rejects is not blown up to fill the picture.
        double top = drawn.SelectMany(curve => curve.Places).Select(place => place.High)
            .Concat(curves.SelectMany(named => workingPoints.Select(point => TopOf(named.Curve, point)))).Append(0.5).Max();
        double arrow = Arrow * top;
        double high = 1.05 * (curves.Any(named => workingPoints.Any(point => IsLimited(named.Curve, point))) ? top + arrow : top), low = -0.03 * high;
        foreach (NamedCurve named in curves)
        {
            AddWorkingPoints(plot, named, arrow);
        }

        plot.Axes.SetLimits(-0.01, 1.01, low, high);
        plot.Axes.Left.TickGenerator = DecadeTicks.Between(low, high);
        area = PictureNotice.DrawBelow(canvas, Note([.. drawn.Where(curve => curve.Places.Length < 2).Select(curve => curve.Named)]), area);
        CurveTable table = NamedCurve.Table(curves, workingPoints);
        float legendHeight = table.HeightIn(area);
        var padding = new PixelPadding(left: 84, right: 28, bottom: 64, top: 8 + legendHeight + LegendGap);
        PictureStyle.Draw(plot, canvas, area, padding);
        PixelRect inner = area.Contract(padding);
        table.Draw(canvas, area, inner, inner.Top - LegendGap - legendHeight);
    }

    // Where a working point's error bar or the arrow of its limit begins or ends.
    private static double TopOf(RocCurve curve, double point) => IsLimited(curve, point) ? LimitAt(curve, point) : -Math.Log10(ErrorsAt(curve, point).Low);

    private static bool IsLimited(RocCurve curve, double point) => curve.BackgroundEfficiencyAt(point) == 0;

    private static double LimitAt(RocCurve curve, double point) => Math.Log10(curve.BackgroundRejectionAt(point).LowerLimit);

    private static BinomialInterval ErrorsAt(RocCurve curve, double point) => BinomialInterval.Of(curve.BackgroundEfficiencyAt(point), curve.BackgroundCount);

    private void AddWorkingPoints(Plot plot, NamedCurve named, double arrow)
    {
        double[] limited = [.. workingPoints.Where(point => IsLimited(named.Curve, point))], known = [.. workingPoints.Except(limited)];
        (double Point, double Limit)[] limits = [.. limited.Select(point => (point, LimitAt(named.Curve, point)))];
        plot.PlottableList.Add(new ErrorBars(
            [
                .. known.Select(point => new ErrorBar(point, -Math.Log10(ErrorsAt(named.Curve, point).High), -Math.Log10(ErrorsAt(named.Curve, point).Low))),
                .. limits.Select(at => new ErrorBar(at.Point, at.Limit, at.Limit + arrow)),
            ],
            named.Color));
        plot.PlottableList.Add(new Marks([.. limits.Select(at => new Mark(at.Point, at.Limit + arrow, named.Color))], MarkerShape.FilledTriangleUp, ArrowHead));
        named.AddMarks(plot, known.Select(point => new Coordinates(point, Math.Log10(named.Curve.BackgroundRejectionAt(point).Value))));
    }

    private string Note(NamedCurve[] without)
    {
        if (without.Length == 0)
        {
            return "";
        }

        string whose = curves.Length == 1 ? "no curve" : $"no curve of {string.Join(", ", without.Select(named => named.Name.Length > 0 ? named.Name : "the first"))}";
        return $"{whose}: at every threshold fewer than {FewestBackground} background events pass, or all";
    }

    private static void AddGuessing(Plot plot) =>
        PictureStyle.AddGuide(plot, [.. Enumerable.Range(1, 200).Select(i => new Coordinates(i / 200.0, -Math.Log10(i / 200.0)))]);

    // A curve of a million events has a million points; what moves less than a pixel or so is left out.
    private static Place[] Thin(RocCurve curve)
    {
        double fewest = Math.Min(FewestBackground, curve.BackgroundCount) - 0.5;
        var kept = new List<Place>();
        foreach (RocPoint point in curve.Points.Where(point => point.BackgroundEfficiency * curve.BackgroundCount > fewest))
        {
            double middle = -Math.Log10(point.BackgroundEfficiency);
            if (kept.Count == 0 || point.SignalEfficiency - kept[^1].Signal >= 0.001 || kept[^1].Middle - middle >= 0.002 || point == curve.Points[^1])
            {
                BinomialInterval interval = BinomialInterval.Of(Math.Min(1, point.BackgroundEfficiency), curve.BackgroundCount);
                kept.Add(new Place(point.SignalEfficiency, -Math.Log10(interval.High), middle, -Math.Log10(interval.Low)));
            }
        }

        return [.. kept];
    }

    private readonly record struct Place(double Signal, double Low, double Middle, double High);
}
