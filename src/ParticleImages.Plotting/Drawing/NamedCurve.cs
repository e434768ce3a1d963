using ParticleImages.Evaluation;
using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A ROC curve with the name and look it has in a picture.</summary>
internal sealed record NamedCurve(string Name, RocCurve Curve, int Index)
{
    private const int MostWorkingPoints = 8;
    private const float RingSize = 10;

    public static IReadOnlyList<double> UsualWorkingPoints { get; } = [0.5, 0.8, 0.9];

    public Color Color => LineLook.ColorOf(Index);

    public LinePattern Pattern => LineLook.PatternOf(Index);

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

    /// <summary>The legend of curves: a row each, with its area and its background rejection at each working point.</summary>
    public static CurveTable Table(IReadOnlyList<NamedCurve> curves, IReadOnlyList<double> workingPoints) => new(
        [.. curves.Select(curve => curve.Row(workingPoints))],
        workingPoints.Count == 0
            ? null
            : new CurveTable.Head("background rejection at signal efficiency", [.. workingPoints.Select(point => $"{PictureStyle.Number(Math.Round(100 * point, 6))} %")]));

    private CurveTable.Row Row(IReadOnlyList<double> workingPoints) => new(
        new LineLegend.Entry(Name, Color, Pattern, MarkerShape.None),
        [Curve.ToString(), .. workingPoints.Select(point => Rejection(Curve.BackgroundRejectionAt(point)))]);

    /// <summary>Marks working points.</summary>
    public void AddMarks(Plot plot, IEnumerable<Coordinates> places)
    {
        Coordinates[] middles = [.. places];
        plot.PlottableList.Add(new Marks([.. middles.Select(place => new Mark(place.X, place.Y, Colors.White))], MarkerShape.FilledCircle, RingSize));
        plot.PlottableList.Add(new Marks([.. middles.Select(place => new Mark(place.X, place.Y, Color))], MarkerShape.OpenCircle, RingSize));
    }

    private static string Rejection(BackgroundRejection rejection) =>
        double.IsFinite(rejection.Value) ? rejection.ToString() : $"> {ShortNumber.Of(rejection.LowerLimit, digits: 3)} (95 %)";
}
