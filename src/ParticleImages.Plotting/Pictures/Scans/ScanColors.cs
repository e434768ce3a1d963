using ParticleImages.Plotting.Drawing;
using ScottPlot;

namespace ParticleImages.Plotting;

/// <summary>How a scan's pictures tell trials apart.</summary>
internal static class ScanColors
{
    public static Color Finished { get; } = PictureStyle.LineColors[0];

    public static Color Best { get; } = PictureStyle.LineColors[1];

    public static Color LikeBest { get; } = PictureStyle.LineColors[2];

    public static Color Pruned { get; } = PictureStyle.LineColors[4];

    public static Color Failed { get; } = PictureStyle.Faint;

    /// <summary>The mark, at the worse edge, of what lies beyond it.</summary>
    public static MarkerShape BeyondMarker(JudgedTrials judged) => judged.IsLessBetter ? MarkerShape.FilledTriangleUp : MarkerShape.FilledTriangleDown;

    /// <summary>The colour of the best on the scale from the best to the worst.</summary>
    public static Color Of(JudgedTrials judged) => judged.FinishedRange is { } range
        ? ColorScale.Linear(range.Low, range.High, judged.IsLessBetter).ColorOf(judged.IsLessBetter ? range.Low : range.High)
        : Finished;

    /// <summary>The size of marks of which there are so many.</summary>
    public static float MarkSize(int count) => count switch { <= 60 => 8, <= 400 => 6, <= 2000 => 4.5f, _ => 3 };

    /// <summary>A colour through which others show the more marks there are.</summary>
    public static Color Among(this Color color, int count) => count switch { <= 60 => color, <= 400 => color.WithAlpha(0.85), _ => color.WithAlpha(0.65) };
}
