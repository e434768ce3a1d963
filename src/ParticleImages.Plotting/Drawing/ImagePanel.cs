using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>One calorimeter image: rows (iη) upward, columns (iφ) to the right; cells without a value are blank, and of cells that share a pixel the one with the greatest amount is seen.</summary>
internal static class ImagePanel
{
    // Along less than this two numbers would touch each other.
    private const float LeastForTwo = 40;

    /// <summary>Draws the image into an area, its axes into the padding.</summary>
    /// <param name="canvas">What is drawn on.</param>
    /// <param name="area">Where, axes included.</param>
    /// <param name="padding">The room for axes around the cells.</param>
    /// <param name="shape">The size of the image.</param>
    /// <param name="values">The cells that have a colour.</param>
    /// <param name="scale">Their colours; null where there are no values.</param>
    /// <param name="hasColumns">Whether the axis of columns has numbers and a name.</param>
    /// <param name="hasRows">Whether the axis of rows has numbers and a name.</param>
    /// <param name="first">The number of the first row and column.</param>
    public static void Draw(
        SKCanvas canvas,
        PixelRect area,
        PixelPadding padding,
        ImageShape shape,
        IReadOnlyList<HitValue> values,
        ColorScale? scale,
        bool hasColumns,
        bool hasRows,
        (int Row, int Column) first = default)
    {
        using Plot plot = PictureStyle.NewPlot(hasColumns ? "iφ" : "", hasRows ? "iη" : "");
        var limits = new AxisLimits(first.Column - 0.5, first.Column + shape.Width - 0.5, first.Row - 0.5, first.Row + shape.Height - 0.5);
        plot.PlottableList.Add(new CellMap(
            [
                .. values.OrderBy(value => Math.Abs(value.Value)).Select(value => new Cell(
                    first.Column + value.Column - 0.5, first.Column + value.Column + 0.5, first.Row + value.Row - 0.5, first.Row + value.Row + 0.5, scale!.ColorOf(value.Value))),
            ],
            limits));
        plot.Axes.SetLimits(limits);
        plot.HideGrid();
        plot.Axes.Bottom.TickGenerator = hasColumns ? Ticks(first.Column, area.Width - padding.Horizontal) : new EmptyTickGenerator();
        plot.Axes.Left.TickGenerator = hasRows ? Ticks(first.Row, area.Height - padding.Vertical) : new EmptyTickGenerator();
        PictureStyle.Render(plot, canvas, area, padding);
    }

    private static ITickGenerator Ticks(int first, float length)
    {
        if (length < LeastForTwo)
        {
            return new NumericManual([first], [PictureStyle.Number(first)]);
        }

        NumericAutomatic ticks = PictureStyle.WholeTicks();
        ticks.TargetTickCount = 4;
        return ticks;
    }
}
