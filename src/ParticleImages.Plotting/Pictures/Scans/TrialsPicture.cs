using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The course of a scan: the objective by trial, in the order of the trials' numbers, and as a line the best so far. Finished trials are blue dots, pruned ones orange triangles at what they had last reported;
/// trials without a value (failed, infeasible, running) are marked in rows below. 1200 × 560 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Trials"/>. The objective's axis is logarithmic where all values are above 0 and the usual ones span a factor of 30 or more, half of them in the lowest fifth. Where the scan repeats its trials a dot is a configuration's mean, its bar the standard error of the mean, and the axis counts configurations. Bars are also drawn where
/// metrics have errors of their own, up to 400 of them. What cannot be told from the best by the errors has a ring, or where these are not known what is equal to it (first objective only; see <see cref="ConfigurationResult.IsLikeBest"/>). Values far beyond
/// the usual on the worse side, which would press all others into a line, are marked at the edge and counted in the legend: beyond Tukey's outer fence, three quartile ranges from the quartile. Of very many trials those
/// that would lie on each other are drawn once. Immutable; verbs give copies.
/// </remarks>
public sealed class TrialsPicture : ScanPicture<TrialsPicture>
{
    private const float LeastLeft = 104;
    private const float Right = 28;
    private const float LaneHeight = 24;
    private const float BottomBand = 64;
    private const int MostMarks = 4000;
    private const int MostErrors = 400;

    private static readonly TrialState[] Lanes = [TrialState.Failed, TrialState.Infeasible, TrialState.Running];

    private TrialsPicture(ScanResult scan, int objective, PictureFrame frame)
        : base(scan, objective, frame)
    {
    }

    private protected override (int Width, int Height) DefaultSize => (1200, 560);

    internal static TrialsPicture Of(ScanResult scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return new TrialsPicture(scan, 0, PictureFrame.Default);
    }

    private protected override TrialsPicture With(PictureFrame frame, int objective) => new(Scan, objective, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        JudgedTrials judged = Judge();
        (TrialState State, int[] Numbers)[] lanes =
        [
            .. Lanes
                .Select(state => (state, (int[])[.. Scan.Trials.Where(trial => trial.State == state).Select(judged.NumberOf).Distinct()]))
                .Where(lane => lane.Item2.Length > 0),
        ];
        float below = BottomBand + (lanes.Length * LaneHeight);
        List<LineLegend.Entry> legend = Legend(judged);
        float legendHeight = LineLegend.HeightOf(Math.Max(legend.Count, 2));
        float top = legendHeight + 16, height = area.Height - top - below;
        using Plot plot = Values(judged, height, hasLanes: lanes.Length > 0);
        var padding = new PixelPadding(Math.Max(LeastLeft, Panel.LeftOf(plot, height)), Right, below, top);
        PixelRect inner = area.Contract(padding);
        PictureStyle.Draw(plot, canvas, area, padding);
        if (judged.Range is null)
        {
            PictureText.Fit(canvas, judged.Notice, inner, PictureStyle.LabelSize);
        }

        LineLegend.Draw(canvas, new PixelRect(inner.Left, inner.Right, inner.Top - 6, inner.Top - 6 - legendHeight), legend);
        if (lanes.Length > 0)
        {
            DrawLanes(canvas, new PixelRect(area.Left, area.Right, area.Bottom, inner.Bottom), judged, lanes, padding.Left);
        }
    }

    private Plot Values(JudgedTrials judged, float height, bool hasLanes)
    {
        Plot plot = PictureStyle.NewPlot(hasLanes ? "" : AxisName(judged), judged.AxisName(height));
        SetHorizontal(plot, judged);
        if (judged.Range is { } range)
        {
            AddBestSoFar(plot, judged);
            AddErrors(plot, judged, range);
            AddMarks(plot, judged, range);
            (double low, double high) = Panel.Around([range.Low, range.High]);
            plot.Axes.SetLimitsY(low, high);
            plot.Axes.Left.TickGenerator = judged.Axis.Ticks(low, high);
        }
        else
        {
            plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
            plot.HideGrid();
        }

        if (hasLanes)
        {
            // The numbers stand below the rows; the grid's lines come from these ticks all the same.
            plot.Axes.Bottom.TickLabelStyle.IsVisible = false;
            plot.Axes.Bottom.MajorTickStyle.Length = 0;
            plot.Axes.Bottom.MinorTickStyle.Length = 0;
        }

        return plot;
    }

    private void DrawLanes(SKCanvas canvas, PixelRect area, JudgedTrials judged, (TrialState State, int[] Numbers)[] lanes, float left)
    {
        using Plot plot = PictureStyle.NewPlot(AxisName(judged), "");
        SetHorizontal(plot, judged);
        var names = new NumericManual();
        for (int i = 0; i < lanes.Length; i++)
        {
            double y = lanes.Length - 1 - i;
            names.AddMajor(y, JudgedTrials.NameOf(lanes[i].State));
            IReadOnlyList<int> numbers = PointThinning.Thin(lanes[i].Numbers, number => ((double)number / Scan.Trials.Count, 0), 600);
            MarkerShape shape = lanes[i].State switch { TrialState.Failed => MarkerShape.Eks, TrialState.Infeasible => MarkerShape.VerticalBar, _ => MarkerShape.OpenCircle };
            plot.PlottableList.Add(new Marks([.. numbers.Select(number => new Mark(number, y, Color.FromHex("#404040").Among(numbers.Count)))], shape, ScanColors.MarkSize(numbers.Count)));
        }

        plot.Axes.Left.TickGenerator = names;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.SetLimitsY(-0.5, lanes.Length - 0.5);
        PictureStyle.Render(plot, canvas, area, new PixelPadding(left, Right, BottomBand, 0));
    }

    private static string AxisName(JudgedTrials judged) => judged.IsRepeated ? "Configuration" : "Trial";

    private void SetHorizontal(Plot plot, JudgedTrials judged)
    {
        int last = Scan.Trials.Count > 0 ? judged.NumberOf(Scan.Trials[^1]) : 0;
        double margin = Math.Max(0.5, 0.012 * last);
        plot.Axes.SetLimitsX(-margin, last + margin);
        plot.Axes.Bottom.TickGenerator = PictureStyle.WholeTicks();
    }

    private static void AddMarks(Plot plot, JudgedTrials judged, RobustRange range)
    {
        int count = judged.Finished.Count + judged.Pruned.Count;
        float size = ScanColors.MarkSize(count);
        foreach ((IReadOnlyList<JudgedPoint> points, Color color, MarkerShape shape) in new[]
        {
            (judged.Pruned, ScanColors.Pruned, MarkerShape.FilledTriangleDown),
            (judged.Finished, ScanColors.Finished, MarkerShape.FilledCircle),
        })
        {
            IReadOnlyList<JudgedPoint> drawn = PointThinning.Thin(
                [.. points.Where(point => range.Contains(point.Place))], point => ((double)point.Number / judged.Scan.Trials.Count, range.PlaceOf(point.Place)), MostMarks);
            plot.PlottableList.Add(new Marks([.. drawn.Select(point => new Mark(point.Number, point.Place, color.Among(count)))], shape, size));
        }

        IReadOnlyList<JudgedPoint> beyond = PointThinning.Thin(
            [.. judged.Finished.Concat(judged.Pruned).Where(point => !range.Contains(point.Place))], point => ((double)point.Number / judged.Scan.Trials.Count, 0), 600);
        double edge = judged.IsLessBetter ? range.High : range.Low;
        plot.PlottableList.Add(new Marks([.. beyond.Select(point => new Mark(point.Number, edge, PictureStyle.LineColors[6].Among(count)))], ScanColors.BeyondMarker(judged), size));
        if (judged.Finished.Count(point => point.IsLikeBest) > 1)
        {
            plot.PlottableList.Add(new Marks(
                [.. judged.Finished.Where(point => point.IsLikeBest).Select(point => new Mark(point.Number, point.Place, ScanColors.LikeBest))], MarkerShape.OpenCircle, size + 6));
        }
    }

    private static void AddErrors(Plot plot, JudgedTrials judged, RobustRange range)
    {
        (double, JudgedPoint)[] points = [.. judged.Finished.Where(point => point.Error > 0 && range.Contains(point.Place)).Select(point => ((double)point.Number, point))];
        if (points.Length <= MostErrors)
        {
            ScanColors.AddErrors(plot, points, judged);
        }
    }

    private void AddBestSoFar(Plot plot, JudgedTrials judged)
    {
        var steps = new List<Coordinates>();
        JudgedPoint? best = null;
        foreach (JudgedPoint point in judged.Finished)
        {
            if (best is not null)
            {
                if (!judged.Objective.IsBetter(point.Value, best.Value))
                {
                    continue;
                }

                steps.Add(new Coordinates(point.Number, best.Place));
            }

            steps.Add(new Coordinates(point.Number, point.Place));
            best = point;
        }

        if (steps.Count > 0)
        {
            steps.Add(new Coordinates(judged.NumberOf(Scan.Trials[^1]), steps[^1].Y));
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(steps);
            line.Color = ScanColors.Best;
            line.LineWidth = PictureStyle.LineWidth;
        }
    }

    private static List<LineLegend.Entry> Legend(JudgedTrials judged)
    {
        var entries = new List<LineLegend.Entry>();
        if (judged.Finished.Count > 0)
        {
            string bars = judged.Finished.Count(point => point.Error > 0) is 0 or > MostErrors ? "" : " ± standard error";
            entries.Add(LineLegend.Entry.Of($"finished: {PictureStyle.Count(judged.Finished.Count)}{(judged.IsRepeated ? " means" : "")}{bars}", ScanColors.Finished, MarkerShape.FilledCircle));
            entries.Add(new($"best so far: at last {BestText(judged)}", ScanColors.Best, LinePattern.Solid, MarkerShape.None));
        }

        if (judged.Pruned.Count > 0)
        {
            entries.Add(LineLegend.Entry.Of($"pruned: {PictureStyle.Count(judged.Pruned.Count)}, at their last report", ScanColors.Pruned, MarkerShape.FilledTriangleDown));
        }

        if (judged.Finished.Count(point => point.IsLikeBest) is > 1 and var alike)
        {
            // Without an error nothing is told of the others than that they came to the same.
            string words = judged.Best!.Error is not null ? "like the best within 2 standard errors" : "equal to the best";
            entries.Add(LineLegend.Entry.Of($"{words}: {PictureStyle.Count(alike)}", ScanColors.LikeBest, MarkerShape.OpenCircle));
        }

        if (judged.Range is { Beyond: > 0 } range)
        {
            entries.Add(ScanColors.Beyond(judged, range.Beyond));
        }

        entries.AddRange(ScanColors.Undrawn(judged));
        return entries;
    }

    private static string BestText(JudgedTrials judged)
    {
        JudgedPoint best = judged.Best!;
        return $"{ShortNumber.Of(best.Value, best.Error, judged.Digits)} ({AxisName(judged).ToLowerInvariant()} {best.Number})";
    }
}
