using System.Globalization;
using System.Text;
using ParticleImages.Plotting;
using ParticleImages.Plotting.Drawing;

namespace ParticleImages.Reports.Figures;

/// <summary>A picture as an address that holds it: SVG, which is sharp at any size, or PNG where that would be large and PNG is smaller.</summary>
internal sealed record FigureImage(string Address, int Width, int Height)
{
    private const int LargestSvg = 192 << 10;

    public bool IsWide => Width > 900;

    public static FigureImage Of(Picture picture)
    {
        using MemoryStream drawn = Drawn(picture, "svg");
        using MemoryStream? pixels = drawn.Length > LargestSvg ? Drawn(picture, "png") : null;
        (string type, MemoryStream chosen) = pixels is not null && pixels.Length < drawn.Length ? ("image/png", pixels) : ("image/svg+xml", drawn);
        string data = Convert.ToBase64String(chosen.GetBuffer(), 0, (int)chosen.Length);
        return new FigureImage(new StringBuilder().Append(CultureInfo.InvariantCulture, $"data:{type};base64,{data}").ToString(), picture.DrawnSize.Width, picture.DrawnSize.Height);
    }

    private static MemoryStream Drawn(Picture picture, string ending)
    {
        var drawn = new MemoryStream();
        PictureFormat.Of(picture, $"picture.{ending}").Write(picture, drawn);
        return drawn;
    }
}
