using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// Every trial as a line across upright axes, one a parameter and the objective's at the right, whose colours the lines have: the better, the darker. What was pruned or failed is thin and grey.
/// Wide enough for its axes, of which there are 170 at most unless more are named, and 560 pixels high unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.ParallelCoordinates"/>. The objective's axis is logarithmic where all values are above 0 and the usual ones span a factor of 30 or more, half of them in the lowest fifth. Logarithmic parameters have logarithmic axes; lists of values, names and truth values are categories, within which lines are spread, the best at the top, so that
/// they can be followed. What a condition leaves without a value runs through <c>none</c> below the axis. With repeats a line is a configuration, coloured by its mean. Values far beyond the usual on the worse side (Tukey's outer fence) end at that edge, and the legend counts them. Of more than 300 finished ones the 60
/// best are drawn and of the others an even choice by rank; of pruned and failed ones the first 100. Immutable; verbs give copies.
/// </remarks>
public sealed class ParallelCoordinatesPicture : ScanPicture<ParallelCoordinatesPicture>
{
    private const int MostFinished = 300;
    private const int BestOfAll = 60;
    private const int MostOthers = 100;

    // As many as the widest picture has room for at their least distance.
    private const int MostAxes = 170;
    private const int UsualDistance = 140;
    private const int UsualWidth = 3200;
    private const int LeastDistance = 56;

    private readonly IReadOnlyList<IParameter> parameters;

    private ParallelCoordinatesPicture(ScanResult scan, IReadOnlyList<IParameter> parameters, int objective, PictureFrame frame)
        : base(scan, objective, frame) => this.parameters = parameters;

    private protected override (int Width, int Height) DefaultSize => (Math.Max(Math.Clamp(UsualDistance * (parameters.Count + 1), 800, UsualWidth), Math.Min(ParallelAxes.WidthOf(parameters.Count, LeastDistance), 10_000)), 560);

    /// <summary>Sets which parameters have axes; the last call wins.</summary>
    /// <param name="parameters">Their names, at least one, in the order from left to right; all in the space's order is the default, or the first 170 of more.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There is no name, or one comes twice, or the space has no such parameter.</exception>
    public ParallelCoordinatesPicture Parameters(params IReadOnlyList<string> parameters) => new(Scan, ChosenParameters.Of(Scan, parameters), ObjectiveNumber, Frame);

    internal static ParallelCoordinatesPicture Of(ScanResult scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return new ParallelCoordinatesPicture(scan, [.. scan.Space.Parameters.Take(MostAxes)], 0, PictureFrame.Default);
    }

    private protected override ParallelCoordinatesPicture With(PictureFrame frame, int objective) => new(Scan, parameters, objective, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        JudgedTrials judged = Judge();
        JudgedPoint[] bestFirst = [.. judged.BestFirst];
        Configuration[] others = [.. Scan.Trials.Where(trial => trial.State is TrialState.Pruned or TrialState.Failed).Select(trial => trial.Configuration).Distinct()];
        ParameterAxis[] axes = [.. parameters.Select(parameter => ParameterAxis.Of(parameter, [.. bestFirst.Select(point => point.Configuration), .. others]))];
        JudgedPoint[] finished = Choose(bestFirst);
        Configuration[] grey = [.. others.Take(MostOthers)];
        List<LineLegend.Entry> legend = Legend(finished, judged, grey.Length, others.Length);
        float legendHeight = LineLegend.HeightOf(Math.Max(legend.Count, 1));
        ParallelAxes places = ParallelAxes.Within(new PixelRect(area.Left, area.Right, area.Bottom, area.Top + legendHeight + 14), axes, [.. finished.Select(point => point.Configuration), .. grey]);
        LineLegend.Draw(canvas, new PixelRect(places.Left, places.Right, area.Top + legendHeight + 8, area.Top + 8), legend);
        ColorScale? colors = judged.Colors();
        DrawLines(canvas, places, finished, grey, judged, colors);
        places.DrawAxes(canvas, colors, judged);
        if (judged.Notice.Length > 0)
        {
            PictureNotice.Draw(canvas, judged.Notice, places.Inner);
        }
    }

    private static JudgedPoint[] Choose(JudgedPoint[] bestFirst) => bestFirst.Length <= MostFinished
        ? bestFirst
        : [.. bestFirst[..BestOfAll], .. Enumerable.Range(0, MostFinished - BestOfAll).Select(i => bestFirst[BestOfAll + (int)((long)i * (bestFirst.Length - BestOfAll) / (MostFinished - BestOfAll))])];

    private static void DrawLines(SKCanvas canvas, ParallelAxes places, JudgedPoint[] finished, Configuration[] grey, JudgedTrials judged, ColorScale? colors)
    {
        using var paint = new SKPaint { IsAntialias = true, IsStroke = true, StrokeWidth = 1, StrokeJoin = SKStrokeJoin.Round };
        paint.Color = PictureStyle.Faint.WithAlpha(grey.Length > 30 ? 0.35 : 0.6).ToSKColor();
        for (int i = 0; i < grey.Length; i++)
        {
            places.DrawLine(canvas, finished.Length + i, null, paint);
        }

        // The best last, on top of all others.
        double alpha = finished.Length switch { <= 60 => 0.9, <= 250 => 0.7, _ => 0.5 };
        for (int i = finished.Length - 1; i >= 0; i--)
        {
            paint.StrokeWidth = i == 0 ? 3 : finished.Length <= 60 ? 1.8f : 1;
            paint.Color = colors!.ColorOf(finished[i].Value).WithAlpha(i == 0 ? 1 : alpha).ToSKColor();
            places.DrawLine(canvas, i, judged.FinishedRange!.PlaceOf(finished[i].Place), paint);
        }
    }

    private List<LineLegend.Entry> Legend(JudgedPoint[] finished, JudgedTrials judged, int grey, int others)
    {
        var entries = new List<LineLegend.Entry>();
        if (finished.Length > 0)
        {
            string shown = finished.Length < judged.Finished.Count ? $"{finished.Length} of {PictureStyle.Count(judged.Finished.Count)} finished" : $"finished: {finished.Length}";
            entries.Add(new($"{shown}, the best thick", ScanColors.Of(judged), LinePattern.Solid, MarkerShape.None));
        }

        if (grey > 0)
        {
            entries.Add(new(grey < others ? $"{grey} of {PictureStyle.Count(others)} pruned or failed" : $"pruned or failed: {others}", PictureStyle.Faint, LinePattern.Solid, MarkerShape.None));
        }

        if (judged.FinishedRange is { Beyond: > 0 } range)
        {
            entries.Add(ScanColors.Beyond(judged, range.Beyond));
        }

        entries.AddRange(ScanColors.Undrawn(judged));
        int left = Scan.Space.Parameters.Count - parameters.Count;
        if (left > 0)
        {
            entries.Add(LineLegend.Entry.Of($"without the axes of {left} of {Scan.Space.Parameters.Count} parameters", PictureStyle.Faint, MarkerShape.None));
        }

        return entries;
    }
}
