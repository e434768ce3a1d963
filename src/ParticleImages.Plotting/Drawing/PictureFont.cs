using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>The font that the library carries, DejaVu Sans, in memory: no file is unpacked, no installed font looked for.</summary>
internal sealed class PictureFont : IFontResolver
{
    /// <summary>What ScottPlot knows it by: a name of ours, so that no installed font can stand in for it.</summary>
    public const string Name = "ParticleImages DejaVu Sans";

    private static readonly Lazy<PictureFont> Shared = new(Register);

    private PictureFont(SKTypeface typeface) => Typeface = typeface;

    public SKTypeface Typeface { get; }

    /// <summary>The font, known to ScottPlot from the first use on.</summary>
    public static PictureFont Registered => Shared.Value;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? Typeface : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface : null;

    private static PictureFont Register()
    {
        using Stream stream = typeof(PictureFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using SKData data = SKData.Create(stream);
        var font = new PictureFont(SKTypeface.FromData(data));

        // Before the first look-up, which is remembered: an unknown name would be tied to an installed font for good.
        ScottPlot.Fonts.FontResolvers.Add(font);
        return font;
    }
}
