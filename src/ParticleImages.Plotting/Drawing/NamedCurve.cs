using ParticleImages.Evaluation;
using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A ROC curve with the name and look it has in a picture.</summary>
internal sealed record NamedCurve(string Name, RocCurve Curve, int Index)
{
    private const int MostWorkingPoints = 8;

    public static IReadOnlyList<double> UsualWorkingPoints { get; } = [0.5, 0.8, 0.9];

    public Color Color => PictureStyle.LineColors[Index % PictureStyle.LineColors.Count];

    public LinePattern Pattern => Index < PictureStyle.LineColors.Count ? LinePattern.Solid : LinePattern.DenselyDashed;

    /// <summary>Checks signal efficiencies; none stand for the usual ones.</summary>
    public static double[] Checked(ReadOnlySpan<double> signalEfficiencies)
    {
        if (signalEfficiencies.Length > MostWorkingPoints)
        {
            throw new ArgumentException(
                $"{signalEfficiencies.Length} working points were asked for; a picture shows {MostWorkingPoints} at most.", nameof(signalEfficiencies));
        }

        foreach (double efficiency in signalEfficiencies)
        {
            if (!(efficiency > 0 && efficiency <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(signalEfficiencies), efficiency, "A working point is a signal efficiency above 0, 1 at most; 0.8 stands for 80 %.");
            }
        }

        return signalEfficiencies.IsEmpty ? [.. UsualWorkingPoints] : [.. signalEfficiencies.ToArray().Distinct().Order()];
    }

    public static CurveTable.Head? Head(IReadOnlyList<double> workingPoints) => workingPoints.Count == 0
        ? null
        : new CurveTable.Head("background rejection at signal efficiency", [.. workingPoints.Select(point => $"{PictureStyle.Number(Math.Round(100 * point, 6))} %")]);

    /// <summary>The curve's row in a legend: area, and background rejection at each working point.</summary>
    public CurveTable.Row Row(IReadOnlyList<double> workingPoints) => new(
        new LineLegend.Entry(Name, Color, Pattern, MarkerShape.None),
        [Curve.ToString(), .. workingPoints.Select(point => Rejection(Curve.BackgroundRejectionAt(point)))]);

    /// <summary>Marks working points.</summary>
    public void AddMarks(Plot plot, IEnumerable<Coordinates> places)
    {
        ScottPlot.Plottables.Markers marks = plot.Add.Markers(places.ToArray());
        marks.MarkerStyle.Shape = MarkerShape.FilledCircle;
        marks.MarkerStyle.Size = 10;
        marks.MarkerStyle.FillColor = Colors.White;
        marks.MarkerStyle.OutlineColor = Color;
        marks.MarkerStyle.OutlineWidth = PictureStyle.LineWidth;
    }

    private static string Rejection(BackgroundRejection rejection) =>
        double.IsFinite(rejection.Value) ? rejection.ToString() : $"> {ShortNumber.Of(rejection.LowerLimit, digits: 3)} (95 %)";
}
