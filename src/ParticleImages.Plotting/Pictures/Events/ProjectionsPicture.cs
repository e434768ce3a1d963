using ParticleImages.Plotting.Drawing;
using ParticleImages.Voxelization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// One binned event from its three sides: columns and rows (iφ, iη), below it columns and time, beside it time and rows, each along the axis that it shares. Energies
/// add up along the third axis; one logarithmic colour scale holds for all. 720 × 740 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Projections"/>. Energies are in GeV whatever the voxelizer's scaling; cells without energy above 0 are blank. With a cumulative voxelizer
/// deposits linger in the time panels, as the network sees them, and the caption says so; where the outer bins hold what lies beyond them, too, the axis
/// says which of its ends are open. Rows and columns are numbered as in the image, also in a crop. Immutable; verbs give copies.
/// </remarks>
public sealed class ProjectionsPicture : StyledPicture<ProjectionsPicture>
{
    private readonly Voxelizer voxelizer;
    private readonly ChosenEvent chosen;
    private readonly PictureUnits units;

    private ProjectionsPicture(Voxelizer voxelizer, ChosenEvent chosen, PictureUnits units, PictureFrame frame)
        : base(frame)
    {
        this.voxelizer = voxelizer;
        this.chosen = chosen;
        this.units = units;
    }

    private protected override (int Width, int Height) DefaultSize => (720, 740);

    /// <summary>Says what a unit of the data is, so that colours can be in GeV and times in ns.</summary>
    /// <param name="gigaelectronvolts">A unit of energy in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of time in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public ProjectionsPicture Units(double gigaelectronvolts, double nanoseconds) =>
        new(voxelizer, chosen, PictureUnits.Of(gigaelectronvolts, nanoseconds), Frame);

    /// <summary>Says what the caption calls the event: its row where it comes from, if the batch is a choice of events.</summary>
    /// <param name="row">The number, at least 0; without it, the default, the caption has the place in the batch.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public ProjectionsPicture Numbered(int row) => new(voxelizer, chosen.Numbered(row), units, Frame);

    internal static ProjectionsPicture Of(Voxelizer voxelizer, EventBatch events, int index)
    {
        ArgumentNullException.ThrowIfNull(voxelizer);
        ChosenEvent chosen = ChosenEvent.Of(events, index);
        _ = EventFrames.ShapeOf(voxelizer, events.Shape);
        return new ProjectionsPicture(voxelizer, chosen, PictureUnits.PublicFiles, PictureFrame.Default);
    }

    private protected override ProjectionsPicture With(PictureFrame frame) => new(voxelizer, chosen, units, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        EventFrames image = EventFrames.Of(voxelizer, chosen.One, units, VoxelProjection.XY);
        EventFrames columns = EventFrames.Of(voxelizer, chosen.One, units, VoxelProjection.XT);
        EventFrames rows = EventFrames.Of(voxelizer, chosen.One, units, VoxelProjection.YT);
        ProjectionsLayout layout = ProjectionsLayout.Within(area, image.Shape);
        double[] values = [.. image.AllValues, .. columns.AllValues, .. rows.AllValues];
        ColorScale? scale = values.Length > 0 ? ColorScale.Logarithmic(values) : null;
        double[] times = TimeEdges(columns.Count);
        string time = voxelizer.Axis.Edges.IsEmpty ? "Frame" : TimeEnds.Of(voxelizer).AxisName;
        (double row, double column) = (image.First.Row - 0.5, image.First.Column - 0.5);
        AxisLimits limits = new(column, column + image.Shape.Width, row, row + image.Shape.Height);

        DrawPanel(layout.Image, "", "iη", limits, isColumnsTime: false, isRowsTime: false, Cells(
            image, (cell, _) => new(column + cell.Column, column + cell.Column + 1, row + cell.Row, row + cell.Row + 1, scale!.ColorOf(cell.Value))));
        DrawPanel(
            layout.Columns,
            "iφ",
            time,
            new AxisLimits(limits.Left, limits.Right, times[0], times[^1]),
            isColumnsTime: false,
            isRowsTime: true,
            Cells(columns, (cell, k) => new(column + cell.Column, column + cell.Column + 1, times[k], times[k + 1], scale!.ColorOf(cell.Value))));
        DrawPanel(
            layout.Rows,
            time,
            "",
            new AxisLimits(times[0], times[^1], limits.Bottom, limits.Top),
            isColumnsTime: true,
            isRowsTime: false,
            Cells(rows, (cell, k) => new(times[k], times[k + 1], row + cell.Row, row + cell.Row + 1, scale!.ColorOf(cell.Value))));
        PictureText.Fit(canvas, voxelizer.IsCumulative ? $"{chosen.Caption}, cumulative" : chosen.Caption, layout.Caption, PictureStyle.LabelSize);
        if (scale is null)
        {
            PictureText.Fit(canvas, "no energy above 0", layout.Image.Area.Contract(layout.Image.Padding), PictureStyle.TickSize);
            return;
        }

        using Plot bar = scale.Bar("Energy (GeV)");
        PictureStyle.Render(bar, canvas, layout.Bar.Area, layout.Bar.Padding);

        void DrawPanel(
            (PixelRect Area, PixelPadding Padding) place,
            string horizontal,
            string vertical,
            AxisLimits limits,
            bool isColumnsTime,
            bool isRowsTime,
            IEnumerable<Cell> cells)
        {
            using Plot plot = PictureStyle.NewPlot(horizontal, vertical);
            plot.PlottableList.Add(new CellMap([.. cells], limits));
            plot.Axes.SetLimits(limits);
            plot.HideGrid();
            plot.Axes.Bottom.TickGenerator = Ticks(horizontal, isColumnsTime);
            plot.Axes.Left.TickGenerator = Ticks(vertical, isRowsTime);
            PictureStyle.Render(plot, canvas, place.Area, place.Padding);
        }
    }

    // Of cells that share a pixel the one with most energy is seen.
    private static IEnumerable<Cell> Cells(EventFrames frames, Func<HitValue, int, Cell> cellOf) =>
        frames.Values.SelectMany((frame, k) => frame.Select(cell => (cell, k))).OrderBy(one => one.cell.Value).Select(one => cellOf(one.cell, one.k));

    private static ITickGenerator Ticks(string name, bool isTime)
    {
        if (name.Length == 0)
        {
            return new EmptyTickGenerator();
        }

        NumericAutomatic ticks = isTime ? PictureStyle.Ticks() : PictureStyle.WholeTicks();
        ticks.TargetTickCount = isTime ? 7 : 5;
        return ticks;
    }

    // Where an event has times of its own, frames stand beside each other, counted from 1.
    private double[] TimeEdges(int frames) => voxelizer.Axis.Edges.IsEmpty
        ? [.. Enumerable.Range(0, frames + 1).Select(k => k + 0.5)]
        : [.. voxelizer.Axis.Edges.ToArray().Select(edge => edge * units.Time)];
}
