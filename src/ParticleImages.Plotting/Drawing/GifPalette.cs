using System.Runtime.InteropServices;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>The 256 colours of a movie: those of its colour scale and greys for text and lines. Any other colour becomes the nearest of them.</summary>
internal sealed class GifPalette
{
    private const int Greys = 64;
    private const int ScaleColors = 256 - Greys;

    private readonly SKColor[] colors;
    private readonly Dictionary<uint, byte> known = [];

    public GifPalette(ColorScale? scale)
    {
        colors =
        [
            .. Enumerable.Range(0, Greys).Select(i => (byte)(i * 255 / (Greys - 1))).Select(grey => new SKColor(grey, grey, grey)),
            .. scale is null ? [] : Enumerable.Range(0, ScaleColors).Select(i => scale.ColorAt((double)i / (ScaleColors - 1)).ToSKColor()),
        ];
    }

    public IReadOnlyList<SKColor> Colors => colors;

    /// <summary>An index into <see cref="Colors"/> for every pixel.</summary>
    public byte[] IndicesOf(SKBitmap bitmap)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        var indices = new byte[pixels.Length];

        // Most pixels are like the one before.
        uint last = pixels[0];
        byte index = IndexOf(last);
        for (int i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] != last)
            {
                last = pixels[i];
                index = IndexOf(last);
            }

            indices[i] = index;
        }

        return indices;
    }

    // The pixel as Skia's Bgra8888 has it.
    private byte IndexOf(uint pixel)
    {
        if (!known.TryGetValue(pixel, out byte index))
        {
            (int red, int green, int blue) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
            index = (byte)Array.IndexOf(colors, colors.MinBy(color => Square(color.Red - red) + Square(color.Green - green) + Square(color.Blue - blue)));
            known.Add(pixel, index);
        }

        return index;

        static int Square(int difference) => difference * difference;
    }
}
