using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The objective over two parameters as a map, the better the darker, in twenty steps of colour, with the finished trials as dots of the same colours and a ring around the best. 760 × 720 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.Contour"/>. Over numbers the map is the mean of all trials weighted by a Gaussian of their distance along the axes (kernel regression: E. A. Nadaraya, Theory Probab. Appl. 9, 1964; G. S. Watson,
/// Sankhyā A 26, 1964), as wide as D. W. Scott's rule says, so that it smooths noise and the other parameters' influence out and goes through no trial exactly; where no trial is within about one and a half widths it is blank, and so is all of it with fewer than ten trials, of which nothing but chance would be smoothed. Categories are not
/// smoothed: each has the mean of its own trials, which are spread within its cell. Where all values are above 0 and the usual ones span a factor of 30 or more, half of them in the lowest fifth, colours and means are those of logarithms. Values far beyond the usual on the worse side are black triangles, which the map takes for the worst usual one. With repeats a dot is a configuration's mean.
/// Trials that lack one of the two parameters are not shown. Immutable; verbs give copies.
/// </remarks>
public sealed class ContourPicture : ScanPicture<ContourPicture>
{
    private const int MostMarks = 1500;
    private const int Levels = 20;

    // Of fewer a smooth map would be more invention than data.
    private const int FewestOfMap = 10;
    private const float LargeMark = 14;
    private const float BarBand = 84;
    private const float Right = 28;
    private const double CellShare = 0.7;

    private readonly IParameter horizontal;
    private readonly IParameter vertical;

    private ContourPicture(ScanResult scan, IParameter horizontal, IParameter vertical, int objective, PictureFrame frame)
        : base(scan, objective, frame)
    {
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    private protected override (int Width, int Height) DefaultSize => (760, 720);

    internal static ContourPicture Of(ScanResult scan, string horizontal, string vertical)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(horizontal);
        ArgumentNullException.ThrowIfNull(vertical);
        if (horizontal == vertical)
        {
            throw new ArgumentException($"'{horizontal}' is named twice. A map wants two different parameters; Slices shows one.", nameof(vertical));
        }

        return new ContourPicture(scan, ChosenParameters.Of(scan, horizontal, nameof(horizontal)), ChosenParameters.Of(scan, vertical, nameof(vertical)), 0, PictureFrame.Default);
    }

    private protected override ContourPicture With(PictureFrame frame, int objective) => new(Scan, horizontal, vertical, objective, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        JudgedTrials judged = Judge();
        Configuration[] configurations = [.. judged.BestFirst.Select(point => point.Configuration)];
        ParameterAxis across = ParameterAxis.Of(horizontal, configurations), upward = ParameterAxis.Of(vertical, configurations);
        (JudgedPoint Point, double X, double Y)[] points =
        [
            .. from point in judged.BestFirst
               let x = across.PlaceOf(point.Configuration)
               let y = upward.PlaceOf(point.Configuration)
               where x is not null && y is not null
               select (point, x.Value, y.Value),
        ];
        if (points.Length == 0)
        {
            string notice = judged.Notice.Length > 0 ? judged.Notice : $"no finished trial has both {across.Name} and {upward.Name}";
            PictureNotice.Draw(canvas, notice, area);
            return;
        }

        RobustRange range = judged.FinishedRange!;
        ColorScale colors = judged.Colors(Levels)!;
        bool hasMap = points.Length >= FewestOfMap || (across.Categories is not null && upward.Categories is not null);
        List<LineLegend.Entry> legend = Legend(points, judged, hasMap);
        using Plot plot = PictureStyle.NewPlot("", "");
        float left = ParameterTicks.SetVertical(plot, upward, area.Height - 200);
        float bottom = ParameterTicks.SetHorizontal(plot, across, area.Width - left - Right);
        if (hasMap)
        {
            AddMap(plot, ObjectiveMap.Of([.. points.Select(point => (point.X, point.Y, Math.Clamp(point.Point.Place, range.Low, range.High)))], across.Categories, upward.Categories), place => colors.ColorAt(range.PlaceOf(place)));
            plot.HideGrid();
        }

        AddMarks(plot, points, across, upward, judged, colors, hasMap);
        var padding = new PixelPadding(left, Right, bottom + BarBand, LineLegend.HeightOf(legend.Count) + 18);
        PictureStyle.Draw(plot, canvas, area, padding);
        PixelRect inner = area.Contract(padding);
        DrawNames(canvas, inner, left, bottom, across, upward);
        LineLegend.Draw(canvas, new PixelRect(inner.Left, inner.Right, inner.Top - 8, area.Top + 10), legend);
        using Plot bar = colors.Bar(judged.AxisName(inner.Width));
        PictureStyle.Render(bar, canvas, new PixelRect(inner.Left - 20, inner.Right + 20, area.Bottom, area.Bottom - BarBand + 6), new PixelPadding(20, 20, BarBand - 24, 1));
    }

    private static void AddMap(Plot plot, ObjectiveMap map, Func<double, Color> colorOf)
    {
        // Neighbours of one colour are one cell, which keeps files small.
        var cells = new List<Cell>();
        for (int row = 0; row < map.Rows; row++)
        {
            for (int column = 0, end; column < map.Columns; column = end)
            {
                Color? color = ColorAt(column);
                for (end = column + 1; end < map.Columns && ColorAt(end) == color; end++)
                {
                }

                if (color is { } known)
                {
                    cells.Add(new((double)column / map.Columns, (double)end / map.Columns, (double)row / map.Rows, (row + 1.0) / map.Rows, known));
                }
            }

            Color? ColorAt(int column) => map[column, row] is { } value ? colorOf(value) : null;
        }

        plot.PlottableList.Add(new CellMap(cells, AxisLimits.NoLimits));
    }

    private static void AddMarks(Plot plot, (JudgedPoint Point, double X, double Y)[] points, ParameterAxis across, ParameterAxis upward, JudgedTrials judged, ColorScale colors, bool hasMap)
    {
        (JudgedPoint Point, double X, double Y)[] spread = Array.ConvertAll(points, point => (point.Point, Shifted(point.X, across, EvenSpread.At(point.Point.Number).X), Shifted(point.Y, upward, EvenSpread.At(point.Point.Number).Y)));
        IReadOnlyList<(JudgedPoint Point, double X, double Y)> drawn = PointThinning.Thin(spread, point => (point.X, point.Y), MostMarks);
        float size = hasMap ? Math.Max(4, ScanColors.MarkSize(drawn.Count)) : LargeMark;
        plot.PlottableList.Add(new Marks([.. drawn.Select(point => new Mark(point.X, point.Y, Colors.White))], MarkerShape.FilledCircle, size + 2.5f));

        // Worse ones first, so that no better one is hidden.
        ILookup<bool, (JudgedPoint Point, double X, double Y)> within = drawn.Reverse().ToLookup(point => judged.FinishedRange!.Contains(point.Point.Place));
        plot.PlottableList.Add(new Marks([.. within[false].Select(point => new Mark(point.X, point.Y, PictureStyle.LineColors[6]))], ScanColors.BeyondMarker(judged), size + 1));
        plot.PlottableList.Add(new Marks([.. within[true].Select(point => new Mark(point.X, point.Y, colors.ColorOf(point.Point.Value)))], MarkerShape.FilledCircle, size));

        if (spread[0].Point == judged.Best)
        {
            plot.PlottableList.Add(new Marks([new Mark(spread[0].X, spread[0].Y, Colors.White)], MarkerShape.OpenCircle, size + 9));
            plot.PlottableList.Add(new Marks([new Mark(spread[0].X, spread[0].Y, ScanColors.Best)], MarkerShape.OpenCircle, size + 6));
        }
    }

    private static double Shifted(double place, ParameterAxis axis, double shift) => axis.Categories is { } cells ? place + (shift * CellShare / cells) : place;

    private static void DrawNames(SKCanvas canvas, PixelRect inner, float left, float bottom, ParameterAxis across, ParameterAxis upward)
    {
        PictureText.At(canvas, PictureText.Cut(across.Name, inner.Width, PictureStyle.LabelSize), inner.HorizontalCenter, inner.Bottom + bottom - 12, PictureStyle.LabelSize, SKTextAlign.Center);
        canvas.Save();
        canvas.Translate(inner.Left - left + 20, inner.VerticalCenter);
        canvas.RotateDegrees(-90);
        PictureText.At(canvas, PictureText.Cut(upward.Name, inner.Height, PictureStyle.LabelSize), 0, 0, PictureStyle.LabelSize, SKTextAlign.Center);
        canvas.Restore();
    }

    private static List<LineLegend.Entry> Legend((JudgedPoint Point, double X, double Y)[] points, JudgedTrials judged, bool hasMap)
    {
        string count = PictureStyle.Count(judged.Finished.Count);
        string shown = (points.Length < judged.Finished.Count ? $"{PictureStyle.Count(points.Length)} of {count} finished have both" : $"finished: {count}") + (hasMap ? "" : $", a map from {FewestOfMap} on");
        var entries = new List<LineLegend.Entry> { LineLegend.Entry.Of(shown, PictureStyle.LineColors[6], MarkerShape.FilledCircle) };
        if (points[0].Point == judged.Best)
        {
            entries.Add(LineLegend.Entry.Of($"the best: {ShortNumber.Of(judged.Best.Value, judged.Digits)}", ScanColors.Best, MarkerShape.OpenCircle));
        }

        int beyond = points.Count(point => !judged.FinishedRange!.Contains(point.Point.Place));
        if (beyond > 0)
        {
            entries.Add(ScanColors.Beyond(judged, beyond, hasMap ? "worst colour in the map" : "without a colour"));
        }

        entries.AddRange(ScanColors.Undrawn(judged));
        return entries;
    }
}
