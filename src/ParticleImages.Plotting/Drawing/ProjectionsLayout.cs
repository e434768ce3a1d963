using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Where the three projections of an event stand: the image above left, time and columns below it, time and rows beside it, the colour bar in the corner left over.</summary>
internal sealed record ProjectionsLayout(
    (PixelRect Area, PixelPadding Padding) Image,
    (PixelRect Area, PixelPadding Padding) Columns,
    (PixelRect Area, PixelPadding Padding) Rows,
    (PixelRect Area, PixelPadding Padding) Bar,
    PixelRect Caption)
{
    private const float Left = 84;
    private const float Right = 28;
    private const float Top = 16;
    private const float AxisBand = 62;
    private const float Gap = 18;
    private const float BarHeight = 18;
    private const float LeastTime = 110;
    private const float LeastSide = 64;

    // What the time's axis takes of the room for both.
    private const float TimeShare = 0.42f;

    /// <exception cref="InvalidOperationException">The panels would be smaller than they can be read.</exception>
    public static ProjectionsLayout Within(PixelRect area, ImageShape shape)
    {
        float across = area.Width - Left - Right - Gap, down = area.Height - Top - Gap - AxisBand;
        float cell = Math.Min(across * (1 - TimeShare) / shape.Width, down * (1 - TimeShare) / shape.Height);
        cell = ImageRoom.Whole(cell);
        float width = cell * shape.Width, height = cell * shape.Height;
        float timeWidth = MathF.Floor(across * TimeShare), timeHeight = MathF.Floor(down * TimeShare);
        if (Math.Min(timeWidth, timeHeight) < LeastTime || Math.Max(width, height) < LeastSide)
        {
            throw new InvalidOperationException(
                $"A picture of {area.Width:F0} × {area.Height:F0} pixels has no room for three projections. Set a size of at least 400 × 400.");
        }

        float left = MathF.Floor(area.Left + Left + ((across - width - timeWidth) / 2));
        float top = MathF.Floor(area.Top + Top + ((down - height - timeHeight) / 2));
        var image = new PixelRect(left, left + width, top + height, top);
        var columns = new PixelRect(left, image.Right, image.Bottom + Gap + timeHeight, image.Bottom + Gap);
        var rows = new PixelRect(image.Right + Gap, image.Right + Gap + timeWidth, image.Bottom, top);
        float bar = columns.VerticalCenter + 6;
        return new ProjectionsLayout(
            ImageRoom.Around(image, Left - 2, 1, 1, 1),
            ImageRoom.Around(columns, Left - 2, 1, AxisBand - 2, 1),
            ImageRoom.Around(rows, 1, 1, AxisBand - 2, 1),
            ImageRoom.Around(new PixelRect(rows.Left + 8, rows.Right - 8, bar + BarHeight, bar), 14, 14, AxisBand, 1),
            new PixelRect(rows.Left - 24, rows.Right + 40, bar - 12, bar - 40));
    }
}
