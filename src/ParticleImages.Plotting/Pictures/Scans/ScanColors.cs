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

    /// <summary>Adds upright error bars around points whose error is known.</summary>
    public static void AddErrors(Plot plot, IReadOnlyList<(double X, JudgedPoint Point)> points, JudgedTrials judged)
    {
        if (points.Count == 0)
        {
            return;
        }

        (double Down, double Up)[] reaches = [.. points.Select(point => judged.Axis.Reach(point.Point.Value, point.Point.Error!.Value, Panel.Around([judged.Range!.Low, judged.Range.High]).Low))];
        var none = new double[points.Count];
        plot.PlottableList.Add(new ScottPlot.Plottables.ErrorBar(
            [.. points.Select(point => point.X)], [.. points.Select(point => point.Point.Place)], none, none, [.. reaches.Select(reach => reach.Down)], [.. reaches.Select(reach => reach.Up)])
        {
            Color = Finished,
            LineWidth = 1,
        });
    }

    /// <summary>The mark, at the worse edge, of what lies beyond it.</summary>
    public static MarkerShape BeyondMarker(JudgedTrials judged) => judged.IsLessBetter ? MarkerShape.FilledTriangleUp : MarkerShape.FilledTriangleDown;

    /// <summary>What the legend says of so many that lie beyond the worse edge.</summary>
    public static LineLegend.Entry Beyond(JudgedTrials judged, int count, string where = "at the edge") =>
        LineLegend.Entry.Of($"{PictureStyle.Count(count)} far worse, {where}", PictureStyle.LineColors[6], BeyondMarker(judged));

    /// <summary>What the legend says of those that finished with NaN, infinity or nearly so; nothing where there is none.</summary>
    public static IEnumerable<LineLegend.Entry> Undrawn(JudgedTrials judged) =>
        judged.Undrawn > 0 ? [LineLegend.Entry.Of($"{PictureStyle.Count(judged.Undrawn)} finished without a value to draw", PictureStyle.Faint, MarkerShape.None)] : [];

    /// <summary>The colour of the best on the scale from the best to the worst.</summary>
    public static Color Of(JudgedTrials judged) => judged.Best is { } best ? judged.Colors()!.ColorOf(best.Value) : Finished;

    /// <summary>The size of marks of which there are so many.</summary>
    public static float MarkSize(int count) => count switch { <= 60 => 8, <= 400 => 6, <= 2000 => 4.5f, _ => 3 };

    /// <summary>A colour through which others show the more marks there are.</summary>
    public static Color Among(this Color color, int count) => count switch { <= 60 => color, <= 400 => color.WithAlpha(0.85), _ => color.WithAlpha(0.65) };
}
