using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;

namespace ParticleImages.Plotting;

/// <summary>A metric's name beside an axis.</summary>
internal static class MetricName
{
    public static string Better(ObjectiveDirection direction) => direction == ObjectiveDirection.Minimize ? "less is better" : "more is better";

    /// <summary>The name and which way is better, within a length: a name that is too long for both stands alone, and is cut where it must be.</summary>
    public static string Beside(string metric, ObjectiveDirection? direction, float length)
    {
        string both = direction is { } known ? $"{metric} ({Better(known)})" : metric;
        return PictureText.Cut(PictureText.WidthOf(both, PictureStyle.LabelSize) <= length ? both : metric, length, PictureStyle.LabelSize);
    }
}
