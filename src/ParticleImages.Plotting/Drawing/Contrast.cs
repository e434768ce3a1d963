using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Ink that can be read on a colour.</summary>
internal static class Contrast
{
    /// <summary>White or near black, whichever has the greater contrast with a background by the relative luminance of WCAG 2.</summary>
    public static SKColor InkOn(Color background) => Luminance(background) > 0.18 ? new SKColor(0x10, 0x10, 0x10) : SKColors.White;

    private static double Luminance(Color color) => (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
