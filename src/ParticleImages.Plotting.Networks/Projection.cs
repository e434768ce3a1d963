using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>A cell of a projection: its sides, and the sum of what is behind it.</summary>
internal readonly record struct ProjectedCell((double Low, double High) Across, (double Low, double High) Up, double Value);

/// <summary>Hits seen along one of the three axes.</summary>
internal sealed record Projection(
    string Horizontal,
    string Vertical,
    (double Low, double High) Across,
    (double Low, double High) Up,
    bool IsTimed,
    IReadOnlyList<ProjectedCell> Cells)
{
    public void Draw(SKCanvas canvas, PixelRect area, ColorScale? colors)
    {
        using Plot plot = PictureStyle.NewPlot(Horizontal, Vertical);
        var limits = new AxisLimits(Across.Low, Across.High, Up.Low, Up.High);
        plot.PlottableList.Add(new CellMap(
            [.. Cells.OrderBy(cell => Math.Abs(cell.Value)).Select(cell => new Cell(cell.Across.Low, cell.Across.High, cell.Up.Low, cell.Up.High, colors!.ColorOf(cell.Value)))], limits));
        plot.Axes.SetLimits(limits);
        plot.HideGrid();
        plot.Axes.Bottom.TickGenerator = Whole();
        if (!IsTimed)
        {
            plot.Axes.Left.TickGenerator = Whole();
        }

        var padding = new PixelPadding(left: 76, right: 20, bottom: 58, top: 8);
        PictureStyle.Draw(plot, canvas, area, padding);
        if (Cells.Count == 0)
        {
            PictureText.Fit(canvas, "no hits", area.Contract(padding), PictureStyle.LabelSize);
        }
    }

    private static NumericAutomatic Whole()
    {
        NumericAutomatic ticks = PictureStyle.WholeTicks();
        ticks.TargetTickCount = 5;
        return ticks;
    }
}
