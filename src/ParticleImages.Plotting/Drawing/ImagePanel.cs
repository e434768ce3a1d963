using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>One calorimeter image: rows (iη) upward, columns (iφ) to the right, both from 0; cells without a value are blank.</summary>
internal static class ImagePanel
{
    /// <summary>Draws the image into an area, its axes into the padding.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="area">Where, axes included.</param>
    /// <param name="padding">The room for axes around the cells.</param>
    /// <param name="shape">The size of the image.</param>
    /// <param name="values">The cells that have a colour.</param>
    /// <param name="scale">Their colours; null where there are no values.</param>
    /// <param name="hasColumns">Whether the axis of columns has numbers and a name.</param>
    /// <param name="hasRows">Whether the axis of rows has numbers and a name.</param>
    public static void Draw(
        SKCanvas canvas,
        PixelRect area,
        PixelPadding padding,
        ImageShape shape,
        IReadOnlyList<HitValue> values,
        ColorScale? scale,
        bool hasColumns,
        bool hasRows)
    {
        using Plot plot = PictureStyle.NewPlot(hasColumns ? "iφ" : "", hasRows ? "iη" : "");
        var limits = new AxisLimits(-0.5, shape.Width - 0.5, -0.5, shape.Height - 0.5);
        plot.PlottableList.Add(new CellMap(
            [
                .. values.Select(value => new Cell(
                    value.Column - 0.5, value.Column + 0.5, value.Row - 0.5, value.Row + 0.5, scale!.ColorOf(value.Value))),
            ],
            limits));
        plot.Axes.SetLimits(limits);
        plot.HideGrid();
        plot.Axes.Bottom.TickGenerator = hasColumns ? Ticks() : new EmptyTickGenerator();
        plot.Axes.Left.TickGenerator = hasRows ? Ticks() : new EmptyTickGenerator();
        PictureStyle.Render(plot, canvas, area, padding);
    }

    private static NumericAutomatic Ticks()
    {
        NumericAutomatic ticks = PictureStyle.WholeTicks();
        ticks.TargetTickCount = 4;
        return ticks;
    }
}
