using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

/// <summary>A picture as it came out: saved as PNG and read back.</summary>
internal sealed class Drawn : IDisposable
{
    private readonly SKBitmap bitmap;

    private Drawn(SKBitmap bitmap) => this.bitmap = bitmap;

    public (int Width, int Height) Size => (bitmap.Width, bitmap.Height);

    public SKColor this[int x, int y] => bitmap.GetPixel(x, y);

    public static Drawn Of(Picture picture)
    {
        using var folder = new TemporaryFolder();
        picture.Save(folder["picture.png"]);
        return new Drawn(SKBitmap.Decode(folder["picture.png"]));
    }

    /// <summary>Pixels of a region, by default all, that are not white.</summary>
    public int Ink(int left = 0, int top = 0, int right = int.MaxValue, int bottom = int.MaxValue) =>
        Count(color => color != SKColors.White, left, top, right, bottom);

    public int Count(SKColor wanted) => Count(color => color == wanted, 0, 0, int.MaxValue, int.MaxValue);

    public int Count(Predicate<SKColor> wanted) => Count(wanted, 0, 0, int.MaxValue, int.MaxValue);

    public void Dispose() => bitmap.Dispose();

    private int Count(Predicate<SKColor> wanted, int left, int top, int right, int bottom)
    {
        int count = 0;
        for (int y = top; y < Math.Min(bottom, bitmap.Height); y++)
        {
            for (int x = left; x < Math.Min(right, bitmap.Width); x++)
            {
                count += wanted(bitmap.GetPixel(x, y)) ? 1 : 0;
            }
        }

        return count;
    }
}
