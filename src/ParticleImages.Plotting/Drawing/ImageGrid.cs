using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// Where images of one size stand in rows and columns, each under a heading of its own, with axes along the left and lower edges of the
/// whole and one colour bar for all below. Cells are square.
/// </summary>
internal sealed class ImageGrid
{
    private const float Left = 74;
    private const float Right = 28;
    private const float Gap = 16;
    private const float AxisBand = 54;
    private const float BarHeight = 18;
    private const float BarBand = 84;
    private const float WidestBar = 640;

    // What headings and the bar need under the narrowest image.
    private const float LeastSlot = 128;

    private readonly PixelRect area;
    private readonly ImageShape shape;
    private readonly int columns;
    private readonly int count;
    private readonly float heading;
    private readonly float cell;
    private readonly float left;

    private ImageGrid(PixelRect area, ImageShape shape, int columns, int count, float heading, float cell)
    {
        this.area = area;
        this.shape = shape;
        this.columns = columns;
        this.count = count;
        this.heading = heading;
        this.cell = cell;
        float spare = area.Width - Left - Right - Across(columns, SlotOf(cell, shape));
        left = area.Left + Left + MathF.Floor(spare / 2);
    }

    /// <summary>The size of a picture whose images are about so many pixels on the longer side, without its title.</summary>
    public static (int Width, int Height) SizeFor(ImageShape shape, int columns, int count, float heading, float side)
    {
        float cell = ImageRoom.Whole(side / Math.Max(shape.Width, shape.Height));
        return ((int)MathF.Ceiling(Left + Right + Across(columns, SlotOf(cell, shape))),
            (int)MathF.Ceiling((Rows(columns, count) * (heading + (cell * shape.Height))) + AxisBand + BarBand));
    }

    /// <param name="area">The room for all.</param>
    /// <param name="shape">The size of each image.</param>
    /// <param name="columns">Images side by side.</param>
    /// <param name="count">All images, row by row.</param>
    /// <param name="heading">The height of the band above each image.</param>
    /// <param name="leastSide">Below which an image's longer side can't be read.</param>
    /// <exception cref="InvalidOperationException">The images would be smaller than that.</exception>
    public static ImageGrid Within(PixelRect area, ImageShape shape, int columns, int count, float heading, float leastSide)
    {
        float slot = (area.Width - Left - Right - ((columns - 1) * Gap)) / columns;
        float cell = Math.Min(
            slot / shape.Width,
            (((area.Height - AxisBand - BarBand) / Rows(columns, count)) - heading) / shape.Height);
        if (slot < LeastSlot || cell * Math.Max(shape.Width, shape.Height) < leastSide)
        {
            (int width, int height) = SizeFor(shape, columns, count, heading, leastSide);
            throw new InvalidOperationException(
                $"{(count == 1 ? "An image needs" : $"{count} images need")} a picture of at least {width} × {height + PictureStyle.TitleBand} pixels. Set a larger size.");
        }

        return new ImageGrid(area, shape, columns, count, heading, ImageRoom.Whole(cell));
    }

    /// <summary>An image itself, without axes.</summary>
    public PixelRect Cells(int index)
    {
        float width = cell * shape.Width, height = cell * shape.Height, slot = SlotOf(cell, shape);
        float x = left + (index % columns * (slot + Gap)) + MathF.Floor((slot - width) / 2);
        float y = area.Top + heading + (index / columns * (height + heading));
        return new PixelRect(x, x + width, y + height, y);
    }

    /// <summary>The band above an image.</summary>
    public PixelRect Heading(int index)
    {
        PixelRect cells = Cells(index);
        float half = SlotOf(cell, shape) / 2;
        return new PixelRect(cells.HorizontalCenter - half, cells.HorizontalCenter + half, cells.Top, cells.Top - heading);
    }

    /// <summary>Whether an image stands at the left edge and has the axis of rows.</summary>
    public bool HasRows(int index) => index % columns == 0;

    /// <summary>Whether nothing stands below an image, so that it has the axis of columns.</summary>
    public bool HasColumns(int index) => index + columns >= count;

    /// <summary>An image with room for the axes that it has.</summary>
    public (PixelRect Area, PixelPadding Padding) Panel(int index) =>
        ImageRoom.Around(Cells(index), HasRows(index) ? Left - 2 : 1, right: 1, HasColumns(index) ? AxisBand : 1, top: 1);

    /// <summary>The colour bar with room for its numbers and name.</summary>
    public (PixelRect Area, PixelPadding Padding) Bar
    {
        get
        {
            float width = Across(columns, SlotOf(cell, shape));
            float middle = left + (width / 2);
            float half = Math.Min(width, WidestBar) / 2;
            float top = Cells(count - 1).Bottom + AxisBand + 10;
            return ImageRoom.Around(new PixelRect(middle - half, middle + half, top + BarHeight, top), left: 14, right: 14, BarBand - BarHeight - 10, top: 1);
        }
    }

    private static float SlotOf(float cell, ImageShape shape) => Math.Max(LeastSlot, cell * shape.Width);

    private static int Rows(int columns, int count) => (count + columns - 1) / columns;

    private static float Across(int columns, float width) => (columns * width) + ((columns - 1) * Gap);
}
