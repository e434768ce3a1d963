using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>How lines that are compared differ: by their colours, and after the last of these by their dashes.</summary>
internal static class LineLook
{
    public static Color ColorOf(int index) => PictureStyle.LineColors[index % PictureStyle.LineColors.Count];

    public static LinePattern PatternOf(int index) => IsDashed(index) ? LinePattern.DenselyDashed : LinePattern.Solid;

    /// <summary>The pattern of a fainter line beside one of <see cref="PatternOf"/>.</summary>
    public static LinePattern FaintPatternOf(int index) => IsDashed(index) ? LinePattern.Dotted : LinePattern.Dashed;

    private static bool IsDashed(int index) => index / PictureStyle.LineColors.Count % 2 == 1;
}
