using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>The verbs that every picture has: title, size and scale. Each sets a slot of a copy; the last call wins.</summary>
/// <typeparam name="TPicture">The picture itself, so that its own verbs may follow.</typeparam>
public abstract class StyledPicture<TPicture> : Picture
    where TPicture : StyledPicture<TPicture>
{
    private readonly PictureFrame frame;

    private protected StyledPicture(PictureFrame frame) => this.frame = frame;

    internal override (int Width, int Height) DrawnSize => frame.Size ?? DefaultSize;

    internal override double DrawnScale => frame.Scale;

    private protected abstract (int Width, int Height) DefaultSize { get; }

    /// <summary>Writes a title above the picture.</summary>
    /// <param name="title">One line; a long one is set smaller until it fits. Empty stands for none, the default.</param>
    /// <returns>A copy.</returns>
    public TPicture Title(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        return With(frame with { Title = title });
    }

    /// <summary>Sets the size. Text keeps its size (labels of 16), so a larger picture has room for more; see <see cref="Scale"/>.</summary>
    /// <param name="width">Pixels, 200 to 10000.</param>
    /// <param name="height">Pixels, 200 to 10000.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is outside 200 to 10000.</exception>
    public TPicture Size(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 10_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 10_000);
        return With(frame with { Size = (width, height) });
    }

    /// <summary>Enlarges everything, text and lines too: for print, the same picture with more pixels.</summary>
    /// <param name="factor">Pixels of the file for a pixel of the size, 0.25 to 8; 1 is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is outside 0.25 to 8.</exception>
    public TPicture Scale(double factor)
    {
        if (!(factor >= 0.25 && factor <= 8))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A picture is scaled by 0.25 to 8.");
        }

        return With(frame with { Scale = factor });
    }

    internal override void Draw(SKCanvas canvas)
    {
        var area = new PixelRect(0, DrawnSize.Width, DrawnSize.Height, 0);
        if (frame.Title.Length > 0)
        {
            var band = new PixelRect(area.Left, area.Right, PictureStyle.TitleBand, area.Top);
            PictureText.Fit(canvas, frame.Title, band, PictureStyle.TitleSize);
            area = new PixelRect(area.Left, area.Right, area.Bottom, band.Bottom);
        }

        try
        {
            Draw(canvas, area);
        }
        catch (NoRoomException)
        {
            (int width, int height) = DefaultSize;
            string usual = DrawnSize == (width, height) ? "" : $" Its usual size is {width} × {height}.";
            throw new InvalidOperationException($"A picture of {DrawnSize.Width} × {DrawnSize.Height} pixels has no room for its plots beside their axes.{usual} Set a larger size.");
        }
    }

    /// <summary>Draws what the picture shows below its title.</summary>
    private protected abstract void Draw(SKCanvas canvas, PixelRect area);

    /// <summary>This picture in another frame.</summary>
    private protected abstract TPicture With(PictureFrame frame);

    /// <summary>For a picture's own verbs: the frame they keep.</summary>
    private protected PictureFrame Frame => frame;
}
