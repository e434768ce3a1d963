using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A histogram as a line of steps with an error bar in the middle of each bin, on a linear or logarithmic axis of values.</summary>
internal sealed record StepHistogram(IReadOnlyList<double> Edges, IReadOnlyList<double> Values, IReadOnlyList<double> Errors)
{
    /// <summary>Adds the line and its bars to a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="color">The colour of both.</param>
    /// <param name="floor">On a logarithmic axis, whose places are logarithms to base 10, where values without one lie; null for a linear axis.</param>
    public void AddTo(Plot plot, Color color, double? floor)
    {
        var points = new List<Coordinates>();
        var bars = new List<ErrorBar>();
        double ground = floor ?? 0;
        for (int bin = 0; bin < Values.Count; bin++)
        {
            double place = PlaceOf(Values[bin]);
            points.Add(new Coordinates(Edges[bin], place));
            points.Add(new Coordinates(Edges[bin + 1], place));
            if (Values[bin] > 0)
            {
                bars.Add(new ErrorBar(
                    (Edges[bin] + Edges[bin + 1]) / 2, PlaceOf(Values[bin] - Errors[bin]), PlaceOf(Values[bin] + Errors[bin])));
            }
        }

        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(points, color);
        line.LineWidth = PictureStyle.LineWidth;
        plot.PlottableList.Add(new ErrorBars(bars, color));

        double PlaceOf(double value) => floor is null ? value : value > 0 ? Math.Max(Math.Log10(value), ground) : ground;
    }
}
