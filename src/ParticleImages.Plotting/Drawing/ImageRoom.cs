using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>What layouts of images share: the room around what is drawn, and the size of cells.</summary>
internal static class ImageRoom
{
    /// <summary>An image or bar with room beside it for its axes, as <see cref="PictureStyle.Render"/> takes it.</summary>
    public static (PixelRect Area, PixelPadding Padding) Around(PixelRect inner, float left, float right, float bottom, float top) =>
        (new PixelRect(inner.Left - left, inner.Right + right, inner.Bottom + bottom, inner.Top - top),
        new PixelPadding(left, right, bottom, top));

    /// <summary>Cells of whole pixels are all of one size, and in SVG no viewer's smoothing leaves a seam between neighbours; smaller ones stay as they are.</summary>
    public static float Whole(float cell) => cell >= 1 ? MathF.Floor(cell) : cell;
}
