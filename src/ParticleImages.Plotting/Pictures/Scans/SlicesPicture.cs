using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The objective against each parameter, a small panel each with a common upright axis: finished trials are blue dots, pruned ones orange triangles, the best is vermilion. Up to four panels in a row, 140 in all unless more are named; as high as they want unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Slices"/>. The objective's axis is logarithmic where all values are above 0 and the usual ones span a factor of 30 or more, half of them in the lowest fifth. Of a parameter of few values each value has a column, in which the dots are spread sideways, with the median of the finished ones as a line (from three on) and the quartiles as a box (from
/// five on). Trials that a condition leaves without a value are not in the panel, and its name says how many are. With repeats a dot is a configuration's mean, its bar the standard error, drawn up to 100 of them. Values far beyond
/// the usual on the worse side are marked at the edge, as in <see cref="TrialsPicture"/>. Where many lie on each other, one is drawn. Immutable; verbs give copies.
/// </remarks>
public sealed class SlicesPicture : ScanPicture<SlicesPicture>
{
    private const int MostColumns = 4;

    // As many as the highest picture has room for.
    private const int MostPanels = 140;
    private const int MostMarks = 1200;
    private const int MostErrors = 100;
    private const float LeastLeft = 88;
    private const float Right = 24;
    private const float Gap = 28;
    private const float RowGap = 24;
    private const float PanelWidth = 270;
    private const float PanelHeight = 280;
    private const float LeastWidth = 120;
    private const double ColumnShare = 0.7;

    private readonly IReadOnlyList<IParameter> parameters;

    private SlicesPicture(ScanResult scan, IReadOnlyList<IParameter> parameters, int objective, PictureFrame frame)
        : base(scan, objective, frame) => this.parameters = parameters;

    private protected override (int Width, int Height) DefaultSize
    {
        get
        {
            int columns = WantedColumns;
            int rows = (parameters.Count + columns - 1) / columns;
            return (Math.Max(780, (int)(LeastLeft + Right + (columns * (PanelWidth + Gap)))), Math.Min(10_000, (int)(110 + (rows * PanelHeight * (columns == 1 ? 1.4 : 1)))));
        }
    }

    // Four or three, whichever leaves fewer places empty.
    private int WantedColumns => parameters.Count <= MostColumns ? parameters.Count
        : EmptyWith(MostColumns - 1) < EmptyWith(MostColumns) ? MostColumns - 1 : MostColumns;

    /// <summary>Sets which parameters have panels; the last call wins.</summary>
    /// <param name="parameters">Their names, at least one, in the order of the panels; all in the space's order is the default, or the first 140 of more.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentException">There is no name, or one comes twice, or the space has no such parameter.</exception>
    public SlicesPicture Parameters(params IReadOnlyList<string> parameters) => new(Scan, ChosenParameters.Of(Scan, parameters), ObjectiveNumber, Frame);

    internal static SlicesPicture Of(ScanResult scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return new SlicesPicture(scan, [.. scan.Space.Parameters.Take(MostPanels)], 0, PictureFrame.Default);
    }

    private protected override SlicesPicture With(PictureFrame frame, int objective) => new(Scan, parameters, objective, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        JudgedTrials judged = Judge();
        if (judged.Range is null)
        {
            PictureNotice.Draw(canvas, judged.Notice, area);
            return;
        }

        List<LineLegend.Entry> legend = Legend(judged);
        float legendHeight = LineLegend.HeightOf(legend.Count);
        int columns = Math.Clamp((int)((area.Width - LeastLeft - Right) / (LeastWidth + Gap)), 1, WantedColumns);
        int rows = (parameters.Count + columns - 1) / columns;
        float top = area.Top + legendHeight + 18, height = (area.Bottom - top) / rows;
        float left = LeftOf(judged, height);
        float width = (area.Width - left - Right - ((columns - 1) * Gap)) / columns;
        LineLegend.Draw(canvas, new PixelRect(area.Left + left, area.Right - Right, area.Top + 10 + legendHeight, area.Top + 10), legend);
        Configuration[] configurations = [.. judged.BestFirst.Select(point => point.Configuration), .. judged.Pruned.Select(point => point.Configuration)];
        for (int row = 0; row < rows; row++)
        {
            Slice[] slices = [.. parameters.Skip(row * columns).Take(columns).Select(parameter => Slice.Of(parameter, configurations, judged, width))];
            float band = slices.Max(slice => slice.Band);
            for (int column = 0; column < slices.Length; column++)
            {
                float x = area.Left + left + (column * (width + Gap));
                var inner = new PixelRect(x, x + width, top + ((row + 1) * height) - band - RowGap, top + (row * height) + 8);
                DrawPanel(canvas, inner, slices[column], judged, column == 0 ? left : null);
                slices[column].Plot.Dispose();
            }
        }
    }

    private int EmptyWith(int columns) => columns - 1 - ((parameters.Count - 1) % columns);

    private static void DrawPanel(SKCanvas canvas, PixelRect inner, Slice slice, JudgedTrials judged, float? left)
    {
        Plot plot = slice.Plot;
        SetVertical(plot, judged);
        plot.Axes.Left.Label.Text = left is null ? "" : judged.AxisName(inner.Height);
        plot.Axes.Left.TickLabelStyle.IsVisible = left is not null;
        Fill(plot, slice, judged);
        float beside = left ?? 4;
        PictureStyle.Draw(plot, canvas, new PixelRect(inner.Left - beside, inner.Right + 4, inner.Bottom + slice.Band, inner.Top - 4), new PixelPadding(beside, 4, slice.Band, 4));

        // Right under its own numbers, however far down those of its neighbours reach.
        PictureText.At(canvas, PictureText.Cut(slice.Title, inner.Width, PictureStyle.LabelSize), inner.HorizontalCenter, inner.Bottom + slice.Band - 12, PictureStyle.LabelSize, SKTextAlign.Center);
    }

    private static void SetVertical(Plot plot, JudgedTrials judged)
    {
        (double low, double high) = Panel.Around([judged.Range!.Low, judged.Range.High]);
        plot.Axes.SetLimitsY(low, high);
        plot.Axes.Left.TickGenerator = judged.Axis.Ticks(low, high);
    }

    // The same beside every row, so that panels stand below each other.
    private static float LeftOf(JudgedTrials judged, float height)
    {
        using Plot plot = PictureStyle.NewPlot("", "");
        SetVertical(plot, judged);
        return Math.Max(LeastLeft, Panel.LeftOf(plot, height));
    }

    private static void Fill(Plot plot, Slice slice, JudgedTrials judged)
    {
        RobustRange range = judged.Range!;
        SlicePoint[] within = [.. slice.Points.Where(point => range.Contains(point.Y))];
        int count = slice.Points.Count;
        float size = Math.Min(7, ScanColors.MarkSize(count));
        foreach ((bool isPruned, Color color, MarkerShape shape) in new[] { (true, ScanColors.Pruned, MarkerShape.FilledTriangleDown), (false, ScanColors.Finished, MarkerShape.FilledCircle) })
        {
            IReadOnlyList<SlicePoint> drawn = PointThinning.Thin([.. within.Where(point => point.IsPruned == isPruned)], point => (point.X, range.PlaceOf(point.Y)), MostMarks);
            plot.PlottableList.Add(new Marks([.. drawn.Select(point => new Mark(point.X, point.Y, color.Among(count)))], shape, size));
        }

        (double, JudgedPoint)[] known = [.. within.Where(point => point.Point.Error > 0).Select(point => (point.X, point.Point))];
        if (known.Length <= MostErrors)
        {
            ScanColors.AddErrors(plot, known, judged);
        }

        AddSpreads(plot, slice);
        IReadOnlyList<SlicePoint> beyond = PointThinning.Thin([.. slice.Points.Where(point => !range.Contains(point.Y))], point => (point.X, 0), 300);
        double edge = judged.IsLessBetter ? range.High : range.Low;
        plot.PlottableList.Add(new Marks([.. beyond.Select(point => new Mark(point.X, edge, PictureStyle.LineColors[6].Among(count)))], ScanColors.BeyondMarker(judged), size));
        plot.PlottableList.Add(new Marks([.. slice.Points.Where(point => point.IsBest).Select(point => new Mark(point.X, point.Y, ScanColors.Best))], MarkerShape.FilledCircle, 9));
    }

    private static void AddSpreads(Plot plot, Slice slice)
    {
        if (slice.Axis.Categories is not { } cells)
        {
            return;
        }

        double half = 0.44 / cells;
        Color ink = PictureStyle.LineColors[6];
        foreach (IGrouping<double, SlicePoint> cell in slice.Points.Where(point => !point.IsPruned).GroupBy(point => point.Place))
        {
            double[] sorted = [.. cell.Select(point => point.Y).Order()];
            double left = cell.Key - half, right = cell.Key + half;
            if (sorted.Length >= 3)
            {
                double median = Quantile(sorted, 0.5);
                plot.PlottableList.Add(new Polylines([[new(left, median), new(right, median)]], ink, 2));
            }

            if (sorted.Length >= 5)
            {
                double low = Quantile(sorted, 0.25), high = Quantile(sorted, 0.75);
                plot.PlottableList.Add(new Polylines([[new(left, low), new(right, low), new(right, high), new(left, high), new(left, low)]], ink, 1));
            }
        }
    }

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + ((place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }

    private List<LineLegend.Entry> Legend(JudgedTrials judged)
    {
        var entries = new List<LineLegend.Entry>();
        if (judged.Best is { } best)
        {
            string bars = judged.Finished.Count(point => point.Error > 0) is 0 or > MostErrors ? "" : " ± standard error";
            entries.Add(LineLegend.Entry.Of($"finished: {PictureStyle.Count(judged.Finished.Count)}{(judged.IsRepeated ? " means" : "")}{bars}", ScanColors.Finished, MarkerShape.FilledCircle));
            entries.Add(LineLegend.Entry.Of($"the best: {ShortNumber.Of(best.Value, judged.Digits)} ({(judged.IsRepeated ? "configuration" : "trial")} {best.Number})", ScanColors.Best, MarkerShape.FilledCircle));
        }

        if (judged.Pruned.Count > 0)
        {
            entries.Add(LineLegend.Entry.Of($"pruned: {PictureStyle.Count(judged.Pruned.Count)}, at their last report", ScanColors.Pruned, MarkerShape.FilledTriangleDown));
        }

        if (judged.Range!.Beyond > 0)
        {
            entries.Add(ScanColors.Beyond(judged, judged.Range.Beyond));
        }

        entries.AddRange(ScanColors.Undrawn(judged));

        if (parameters.Count == MostPanels && Scan.Space.Parameters.Count > MostPanels)
        {
            entries.Add(LineLegend.Entry.Of($"without the panels of {Scan.Space.Parameters.Count - MostPanels} of {Scan.Space.Parameters.Count} parameters", PictureStyle.Faint, MarkerShape.None));
        }

        return entries;
    }

    /// <summary>A panel's parameter, the plot with its ticks, and its points.</summary>
    private sealed record Slice(ParameterAxis Axis, string Title, Plot Plot, float Band, IReadOnlyList<SlicePoint> Points)
    {
        public static Slice Of(IParameter parameter, Configuration[] configurations, JudgedTrials judged, float width)
        {
            ParameterAxis axis = ParameterAxis.Of(parameter, configurations);
            SlicePoint[] points = [.. judged.Finished.Select(point => PointOf(point, false)).Concat(judged.Pruned.Select(point => PointOf(point, true))).OfType<SlicePoint>()];
            Plot plot = PictureStyle.NewPlot("", "");
            float band = ParameterTicks.SetHorizontal(plot, axis, width);
            string title = points.Length == configurations.Length ? axis.Name : $"{axis.Name} ({points.Length} of {configurations.Length})";
            return new Slice(axis, title, plot, band, points);

            SlicePoint? PointOf(JudgedPoint point, bool isPruned) => axis.PlaceOf(point.Configuration) is { } place
                ? new SlicePoint(place, place + (axis.Categories is { } cells ? EvenSpread.At(point.Number).X * ColumnShare / cells : 0), point, isPruned, point == judged.Best)
                : null;
        }
    }

    /// <summary>A trial in a panel: its value's place and where the mark is drawn.</summary>
    private sealed record SlicePoint(double Place, double X, JudgedPoint Point, bool IsPruned, bool IsBest)
    {
        public double Y => Point.Place;
    }
}
