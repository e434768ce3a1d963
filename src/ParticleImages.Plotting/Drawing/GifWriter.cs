using System.Text;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>
/// Writes GIF89a (CompuServe, 1990): one palette of 256 colours, frames of palette indices, repeated for ever. Of a frame only the rectangle is
/// written in which it differs from the one before.
/// </summary>
internal sealed class GifWriter
{
    /// <summary>The most pixels on a side: the format counts them in 16 bits.</summary>
    public const int MostPixels = ushort.MaxValue;

    private readonly Stream stream;
    private readonly int width;
    private readonly int height;
    private byte[]? before;

    /// <param name="stream">Receives the file.</param>
    /// <param name="width">Pixels, 1 to 65535.</param>
    /// <param name="height">Pixels, 1 to 65535.</param>
    /// <param name="palette">At most 256 colours.</param>
    public GifWriter(Stream stream, int width, int height, IReadOnlyList<SKColor> palette)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MostPixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MostPixels);
        this.stream = stream;
        this.width = width;
        this.height = height;
        stream.Write(Encoding.ASCII.GetBytes("GIF89a"));
        Write16(width);
        Write16(height);

        // A global table of 2^(7 + 1) colours of 8 bits; background and aspect ratio are not used.
        stream.Write([0xF7, 0, 0]);
        for (int i = 0; i < 256; i++)
        {
            SKColor color = i < palette.Count ? palette[i] : SKColors.Black;
            stream.Write([color.Red, color.Green, color.Blue]);
        }

        // Netscape's extension: 0 repetitions stand for no end.
        stream.Write([0x21, 0xFF, 11]);
        stream.Write(Encoding.ASCII.GetBytes("NETSCAPE2.0"));
        stream.Write([3, 1, 0, 0, 0]);
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="indices">width × height indices into the palette, row by row; the writer keeps them.</param>
    /// <param name="hundredths">How long it is shown, in hundredths of a second.</param>
    public void Add(byte[] indices, int hundredths)
    {
        (int left, int top, int right, int bottom) = Changed(indices);
        stream.Write([0x21, 0xF9, 4, 1 << 2]);
        Write16(hundredths);
        stream.Write([0, 0]);
        stream.WriteByte(0x2C);
        Write16(left);
        Write16(top);
        Write16(right - left);
        Write16(bottom - top);
        stream.WriteByte(0);
        var pixels = new byte[(right - left) * (bottom - top)];
        for (int y = top; y < bottom; y++)
        {
            indices.AsSpan((y * width) + left, right - left).CopyTo(pixels.AsSpan((y - top) * (right - left)));
        }

        GifCompression.Write(stream, pixels);
        before = indices;
    }

    /// <summary>Ends the file.</summary>
    public void End() => stream.WriteByte(0x3B);

    // At least one pixel: an image without any is not allowed.
    private (int Left, int Top, int Right, int Bottom) Changed(byte[] indices)
    {
        if (before is null)
        {
            return (0, 0, width, height);
        }

        (int left, int top, int right, int bottom) = (width, height, 0, 0);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = indices.AsSpan(y * width, width), old = before.AsSpan(y * width, width);
            int first = row.CommonPrefixLength(old);
            if (first == width)
            {
                continue;
            }

            int last = width - 1;
            while (row[last] == old[last])
            {
                last--;
            }

            (left, top) = (Math.Min(left, first), Math.Min(top, y));
            (right, bottom) = (Math.Max(right, last + 1), y + 1);
        }

        return bottom == 0 ? (0, 0, 1, 1) : (left, top, right, bottom);
    }

    private void Write16(int value) => stream.Write([(byte)value, (byte)(value >> 8)]);
}
