using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>The frames of a movie of an event: axes and colour bar, drawn once, and in each its cells, its interval and how far the movie is.</summary>
internal sealed class MovieFrame
{
    /// <summary>What is said where no frame has energy.</summary>
    public const string Nothing = "no energy above 0 in any frame";

    private const float Heading = 68;
    private const float Side = 384;
    private const float LeastSide = 64;

    private readonly EventFrames frames;
    private readonly string caption;
    private readonly PictureFrame style;
    private readonly int width;
    private readonly int height;
    private readonly ImageGrid grid;
    private readonly ColorScale? scale;

    /// <exception cref="InvalidOperationException">The size set is too small.</exception>
    public MovieFrame(EventFrames frames, string caption, PictureFrame style)
    {
        this.frames = frames;
        this.caption = caption;
        this.style = style;
        (int ownWidth, int ownHeight) = ImageGrid.SizeFor(frames.Shape, columns: 1, count: 1, Heading, Side);
        (width, height) = style.Size ?? (ownWidth, ownHeight + style.TitleHeight);
        grid = ImageGrid.Within(new PixelRect(0, width, height, style.TitleHeight), frames.Shape, columns: 1, count: 1, Heading, LeastSide);
        double[] values = frames.AllValues;
        scale = values.Length > 0 ? ColorScale.Logarithmic(values) : null;
    }

    /// <exception cref="InvalidOperationException">A GIF can't be as large as a frame, or there is no memory for it.</exception>
    public void Write(Stream stream, int hundredths)
    {
        var info = new SKImageInfo(
            (int)Math.Round(width * style.Scale), (int)Math.Round(height * style.Scale), SKColorType.Bgra8888, SKAlphaType.Opaque);
        using SKBitmap bitmap = NewBitmap(info);
        using var canvas = new SKCanvas(bitmap);
        using SKBitmap empty = NewBitmap(info);
        using (var once = new SKCanvas(empty))
        {
            once.Clear(SKColors.White);
            once.Scale((float)style.Scale);
            DrawEmpty(once);
        }

        var palette = new GifPalette(scale);
        var writer = new GifWriter(stream, info.Width, info.Height, palette.Colors);
        for (int i = 0; i < frames.Count; i++)
        {
            canvas.ResetMatrix();
            canvas.DrawBitmap(empty, 0, 0);
            canvas.Scale((float)style.Scale);
            Draw(canvas, i);
            canvas.Flush();
            writer.Add(palette.IndicesOf(bitmap), hundredths);
        }

        writer.End();
    }

    private static SKBitmap NewBitmap(SKImageInfo info)
    {
        if (Math.Max(info.Width, info.Height) > GifWriter.MostPixels)
        {
            throw new InvalidOperationException(
                $"A frame would have {info.Width} × {info.Height} pixels; a GIF has at most {GifWriter.MostPixels} on a side. Make it smaller: Size, Scale.");
        }

        var bitmap = new SKBitmap();
        if (info.BytesSize64 <= Array.MaxLength && bitmap.TryAllocPixels(info))
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw new InvalidOperationException($"There is no memory for frames of {info.Width} × {info.Height} pixels. Make them smaller: Size, Scale.");
    }

    private void DrawEmpty(SKCanvas canvas)
    {
        if (style.Title.Length > 0)
        {
            PictureText.Fit(canvas, style.Title, new PixelRect(0, width, PictureStyle.TitleBand, 0), PictureStyle.TitleSize);
        }

        PixelRect heading = grid.Heading(0);
        PictureText.At(canvas, caption, heading.Left, heading.Top + 18, PictureStyle.LabelSize, SKTextAlign.Left, room: RoomFor(heading));
        (PixelRect room, PixelPadding axes) = grid.Panel(0);
        ImagePanel.Draw(canvas, room, axes, frames.Shape, [], scale, hasColumns: true, hasRows: true, frames.First);
        if (scale is null)
        {
            PictureText.Fit(canvas, Nothing, grid.Cells(0), PictureStyle.TickSize);
            return;
        }

        using Plot bar = scale.Bar("Energy (GeV)");
        (PixelRect barArea, PixelPadding padding) = grid.Bar;
        PictureStyle.Render(bar, canvas, barArea, padding);
    }

    // Words may reach beyond the image, but not out of the picture.
    private float RoomFor(PixelRect heading) => width - heading.Left - 8;

    private void Draw(SKCanvas canvas, int frame)
    {
        PixelRect heading = grid.Heading(0), cells = grid.Cells(0);
        PictureText.At(canvas, frames.TimeOf(frame), heading.Left, heading.Top + 42, PictureStyle.LabelSize, SKTextAlign.Left, room: RoomFor(heading));
        using var paint = new SKPaint { IsAntialias = false, Color = new SKColor(0xE0, 0xE0, 0xE0) };
        float bar = heading.Bottom - 9, step = heading.Width / frames.Count;
        canvas.DrawRect(heading.Left, bar, heading.Width, 3, paint);
        paint.Color = new SKColor(0x60, 0x60, 0x60);
        canvas.DrawRect(heading.Left + (frame * step), bar, step, 3, paint);

        float cell = cells.Width / frames.Shape.Width;
        foreach (HitValue voxel in frames.Values[frame].OrderBy(voxel => voxel.Value))
        {
            paint.Color = scale!.ColorOf(voxel.Value).ToSKColor();
            float x = cells.Left + (voxel.Column * cell), y = cells.Bottom - (voxel.Row * cell);
            CellMap.Draw(canvas, new SKRect(x, y - cell, x + cell, y), cells, paint);
        }
    }
}
