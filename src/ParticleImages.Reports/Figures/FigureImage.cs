using System.Globalization;
using System.Text;
using ParticleImages.Plotting;
using ParticleImages.Plotting.Drawing;

namespace ParticleImages.Reports.Figures;

/// <summary>A picture as an address that holds it: SVG, which is sharp at any size, or PNG where that would be large.</summary>
internal sealed record FigureImage(string Address, int Width, int Height)
{
    private const int LargestSvg = 192 << 10;

    public bool IsWide => Width > 900;

    public static FigureImage Of(Picture picture)
    {
        using var drawn = new MemoryStream();
        PictureFormat.Of(picture, "picture.svg").Write(picture, drawn);
        string type = "image/svg+xml";
        if (drawn.Length > LargestSvg)
        {
            drawn.SetLength(0);
            PictureFormat.Of(picture, "picture.png").Write(picture, drawn);
            type = "image/png";
        }

        string data = Convert.ToBase64String(drawn.GetBuffer(), 0, (int)drawn.Length);
        return new FigureImage(new StringBuilder().Append(CultureInfo.InvariantCulture, $"data:{type};base64,{data}").ToString(), picture.DrawnSize.Width, picture.DrawnSize.Height);
    }
}
