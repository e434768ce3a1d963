using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A histogram as a stepped outline, filled or not, with error bars in the bins' middles, on a linear or logarithmic axis of values.</summary>
/// <param name="Edges">One more than there are bins, in the plot's coordinates.</param>
/// <param name="Values">One a bin, 0 or more.</param>
/// <param name="Errors">One a bin; a bin of 0 has no bar.</param>
/// <param name="Floor">On a logarithmic axis, whose places are logarithms to base 10, where values without one lie and bars are cut off; null for a linear axis.</param>
internal sealed record StepHistogram(IReadOnlyList<double> Edges, IReadOnlyList<double> Values, IReadOnlyList<double> Errors, double? Floor)
{
    public void AddFill(Plot plot, Color color)
    {
        ScottPlot.Plottables.Polygon fill = plot.Add.Polygon(Outline());
        fill.FillColor = color.WithAlpha(.18);
        fill.LineWidth = 0;
        fill.MarkerSize = 0;
    }

    public void AddLine(Plot plot, Color color)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(Outline());
        line.LineColor = color;
        line.LineWidth = PictureStyle.LineWidth;
    }

    public void AddErrors(Plot plot, Color color) => plot.PlottableList.Add(new ErrorBars(
        [
            .. Enumerable.Range(0, Values.Count).Where(bin => Values[bin] > 0).Select(bin => new ErrorBar(
                (Edges[bin] + Edges[bin + 1]) / 2, PlaceOf(Values[bin] - Errors[bin]), PlaceOf(Values[bin] + Errors[bin]))),
        ],
        color));

    private Coordinates[] Outline() =>
    [
        new(Edges[0], PlaceOf(0)),
        .. Enumerable.Range(0, Values.Count).SelectMany(bin => (Coordinates[])[new(Edges[bin], PlaceOf(Values[bin])), new(Edges[bin + 1], PlaceOf(Values[bin]))]),
        new(Edges[^1], PlaceOf(0)),
    ];

    private double PlaceOf(double value) => Floor is not { } floor ? value : value > 0 ? Math.Max(Math.Log10(value), floor) : floor;
}
