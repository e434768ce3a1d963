using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// Where the parts of a table of events stand: two columns of images under headings, the events' names on the left, a
/// colour bar under each column. Images are all of one size, their cells square.
/// </summary>
internal sealed class EventsLayout
{
    private const float Names = 112;
    private const float Axis = 62;
    private const float Between = 28;
    private const float Right = 28;
    private const float HeadingBand = 32;
    private const float RowGap = 12;
    private const float AxisBand = 54;
    private const float BarHeight = 18;
    private const float BarBand = 80;
    private const float Bottom = 8;
    private const float DefaultSide = 232;
    private const float LeastSide = 64;

    // What the bar's numbers and name need under the narrowest image.
    private const float LeastSlot = 150;

    private readonly PixelRect area;
    private readonly float left;
    private readonly float width;
    private readonly float height;
    private readonly int rows;

    private EventsLayout(PixelRect area, float left, float width, float height, int rows)
    {
        this.area = area;
        this.left = left;
        this.width = width;
        this.height = height;
        this.rows = rows;
    }

    /// <summary>The right edge of the events' names.</summary>
    public float NameEdge => left - Axis - 6;

    private static float AroundWidth => Names + Axis + Between + Right;

    private static float AroundHeight => HeadingBand + AxisBand + BarBand + Bottom;

    public static (int Width, int Height) DefaultSize(ImageShape shape, int rows, int title)
    {
        (float width, float height) = SidesOf(CellWithin(DefaultSide, shape), shape);
        return ((int)MathF.Ceiling(AroundWidth + (2 * SlotOf(width))),
            (int)MathF.Ceiling(title + AroundHeight + (rows * (height + RowGap))));
    }

    /// <exception cref="InvalidOperationException">The images would be smaller than they can be read.</exception>
    public static EventsLayout Within(PixelRect area, ImageShape shape, int rows)
    {
        float slot = (area.Width - AroundWidth) / 2;
        float cell = Math.Min(
            slot / shape.Width,
            (((area.Height - AroundHeight) / rows) - RowGap) / shape.Height);
        if (slot < LeastSlot || cell * LongerSide(shape) < LeastSide)
        {
            (float leastWidth, float leastHeight) = SidesOf(LeastSide / LongerSide(shape), shape);
            throw new InvalidOperationException(
                $"{(rows == 1 ? "An event needs" : $"{rows} events need")} a picture of at least {MathF.Ceiling(AroundWidth + (2 * SlotOf(leastWidth)))} × "
                + $"{MathF.Ceiling(PictureStyle.TitleBand + AroundHeight + (rows * (leastHeight + RowGap)))} pixels. Set a larger size{(rows == 1 ? "" : ", or draw fewer events")}.");
        }

        (float width, float height) = SidesOf(ImageRoom.Whole(cell), shape);
        float spare = area.Width - AroundWidth - (2 * SlotOf(width));
        return new EventsLayout(area, area.Left + Names + Axis + MathF.Floor(spare / 2), width, height, rows);
    }

    public PixelRect Heading(int column)
    {
        PixelRect cells = Cells(0, column);
        return SlotAround(cells, cells.Top, cells.Top - HeadingBand);
    }

    /// <summary>The image itself, without axes.</summary>
    public PixelRect Cells(int row, int column)
    {
        float x = left + (column * (SlotOf(width) + Between)) + MathF.Floor((SlotOf(width) - width) / 2);
        float y = area.Top + HeadingBand + (row * (height + RowGap));
        return new PixelRect(x, x + width, y + height, y);
    }

    /// <summary>The image with room for its axes, which only the first column and the last row have.</summary>
    public (PixelRect Area, PixelPadding Padding) Panel(int row, int column)
    {
        float axisLeft = column == 0 ? Axis : 1;
        float axisBottom = row == rows - 1 ? AxisBand : 1;
        return ImageRoom.Around(Cells(row, column), axisLeft, right: 1, axisBottom, top: 1);
    }

    public (PixelRect Area, PixelPadding Padding) Bar(int column)
    {
        PixelRect last = Cells(rows - 1, column);
        float top = last.Bottom + AxisBand + 8;
        return ImageRoom.Around(
            SlotAround(last, top + BarHeight, top), left: 14, right: 14, BarBand - BarHeight - 8, top: 1);
    }

    private PixelRect SlotAround(PixelRect cells, float bottom, float top) =>
        new(cells.HorizontalCenter - (SlotOf(width) / 2), cells.HorizontalCenter + (SlotOf(width) / 2), bottom, top);

    private static float SlotOf(float width) => Math.Max(LeastSlot, width);

    private static (float Width, float Height) SidesOf(float cell, ImageShape shape) =>
        (cell * shape.Width, cell * shape.Height);

    private static float CellWithin(float side, ImageShape shape) => ImageRoom.Whole(side / LongerSide(shape));

    private static int LongerSide(ImageShape shape) => Math.Max(shape.Width, shape.Height);
}
