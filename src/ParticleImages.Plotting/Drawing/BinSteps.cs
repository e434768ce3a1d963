using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A value a bin as a stepped outline, filled down to a base, with error bars in the bins' middles.</summary>
/// <param name="Edges">One more than there are bins.</param>
/// <param name="Values">One a bin, in the plot's coordinates.</param>
/// <param name="Floor">Where the outline begins and ends and bars are cut off.</param>
internal sealed record BinSteps(IReadOnlyList<double> Edges, IReadOnlyList<double> Values, double Floor)
{
    public void AddFill(Plot plot, Color color)
    {
        ScottPlot.Plottables.Polygon fill = plot.Add.Polygon(Outline());
        fill.FillColor = color.WithAlpha(.18);
        fill.LineWidth = 0;
        fill.MarkerSize = 0;
    }

    public void AddLine(Plot plot, Color color, LinePattern pattern)
    {
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(Outline());
        line.LineColor = color;
        line.LinePattern = pattern;
        line.LineWidth = PictureStyle.LineWidth;
    }

    /// <summary>Bars from low to high, where there is one.</summary>
    public void AddErrors(Plot plot, Color color, IReadOnlyList<(double Low, double High)?> errors)
    {
        for (int i = 0; i < Values.Count; i++)
        {
            if (errors[i] is (double low, double high))
            {
                double middle = (Edges[i] + Edges[i + 1]) / 2;
                ScottPlot.Plottables.LinePlot bar = plot.Add.Line(middle, Math.Max(low, Floor), middle, high);
                bar.LineColor = color;
                bar.LineWidth = 1.5f;
            }
        }
    }

    private Coordinates[] Outline() =>
    [
        new(Edges[0], Floor),
        .. Enumerable.Range(0, Values.Count).SelectMany(i => (Coordinates[])[new(Edges[i], Values[i]), new(Edges[i + 1], Values[i])]),
        new(Edges[^1], Floor),
    ];
}
