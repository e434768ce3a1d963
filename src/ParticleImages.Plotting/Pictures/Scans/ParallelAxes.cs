using ParticleImages.Plotting.Drawing;
using ParticleImages.Search;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>The upright axes of <see cref="ParallelCoordinatesPicture"/>, and where the lines cross them.</summary>
internal sealed class ParallelAxes
{
    private const float NameBand = 30;
    private const float BarWidth = 14;
    private const float TickSize = 12;
    private const float OuterRoom = 70;
    private const float LeftRoom = 84;
    private const float RightRoom = 96;
    private const float LeastDistance = 40;

    // How much of a category's cell its lines take.
    private const double Spread = 0.66;

    private static readonly SKColor Ink = new(0x20, 0x20, 0x20);

    private readonly PixelRect inner;
    private readonly ParameterAxis[] axes;

    // By axis and line, from 0 at the bottom to 1; null where there is no value.
    private readonly double?[][] places;
    private readonly bool hasStagger;
    private readonly bool hasNone;

    private ParallelAxes(PixelRect inner, ParameterAxis[] axes, double?[][] places, bool hasStagger)
    {
        this.inner = inner;
        this.axes = axes;
        this.places = places;
        this.hasStagger = hasStagger;

        // Once: every point of every line asks.
        hasNone = Array.Exists(places, axis => Array.Exists(axis, place => place is null));
    }

    public float Left => inner.Left;

    public float Right => inner.Right;

    public PixelRect Inner => inner;

    private float Distance => inner.Width / axes.Length;

    private float Lowest => hasNone ? inner.Bottom - 34 : inner.Bottom;

    /// <summary>How wide so many parameters' axes are at a distance, the objective's included.</summary>
    public static int WidthOf(int axes, float distance) => (int)(LeftRoom + RightRoom + (distance * axes));

    /// <param name="area">Where, names and numbers included.</param>
    /// <param name="axes">The parameters.</param>
    /// <param name="lines">What the lines stand for, finished trials with the best first.</param>
    /// <exception cref="InvalidOperationException">There is no room.</exception>
    public static ParallelAxes Within(PixelRect area, ParameterAxis[] axes, Configuration[] lines)
    {
        const float bottom = 24;
        float distance = (area.Width - LeftRoom - RightRoom) / axes.Length;
        bool hasStagger = axes.Any(axis => PictureText.WidthOf(axis.Name, PictureStyle.TickSize) > distance - 10);
        float top = (hasStagger ? 2 : 1) * NameBand;
        if (distance < LeastDistance || area.Height - top - bottom < 100)
        {
            throw new InvalidOperationException(
                $"{axes.Length} axes and the objective's need a picture of at least {WidthOf(axes.Length, LeastDistance)} × {top + bottom + 100 + PictureStyle.TitleBand + 30:F0} pixels. Set a larger size, or choose fewer parameters.");
        }

        return new ParallelAxes(
            area.Contract(new PixelPadding(LeftRoom, RightRoom, bottom, top)), axes, [.. axes.Select(axis => PlacesOf(axis, lines))], hasStagger);
    }

    /// <summary>Draws a line from the parameters to the objective, or where that is null to the last parameter.</summary>
    public void DrawLine(SKCanvas canvas, int line, double? objective, SKPaint paint)
    {
        using var path = new SKPath();
        path.MoveTo(inner.Left, YOf(places[0][line]));
        for (int axis = 1; axis < axes.Length; axis++)
        {
            path.LineTo(XOf(axis), YOf(places[axis][line]));
        }

        if (objective is not null)
        {
            path.LineTo(inner.Right, YOf(objective));
        }
        else if (axes.Length == 1)
        {
            path.LineTo(inner.Left + 12, YOf(places[0][line]));
        }

        canvas.DrawPath(path, paint);
    }

    /// <summary>Draws axes, names and numbers; without colours, the objective's axis without a bar.</summary>
    public void DrawAxes(SKCanvas canvas, ColorScale? colors, JudgedTrials judged)
    {
        for (int axis = 0; axis < axes.Length; axis++)
        {
            DrawLine(canvas, XOf(axis));
            DrawName(canvas, axes[axis].Name, axis);
            int about = (int)Math.Clamp((Lowest - inner.Top) / 60, 2, 8);
            IReadOnlyList<(double Place, string Name)> ticks = axes[axis].Ticks(about);
            string[] names = DistinctNames.Cut(ticks.Select(tick => tick.Name), Math.Max(axis == 0 ? inner.Left - 12 : Distance - 20, 24), TickSize);
            for (int i = 0; i < names.Length; i++)
            {
                DrawTick(canvas, names[i], XOf(axis), YOf(ticks[i].Place));
            }

            if (Array.Exists(places[axis], place => place is null))
            {
                DrawTick(canvas, "none", XOf(axis), YOf(null));
            }
        }

        DrawObjective(canvas, colors, judged);
    }

    private void DrawObjective(SKCanvas canvas, ColorScale? colors, JudgedTrials judged)
    {
        DrawName(canvas, judged.Objective.Metric, axes.Length);
        if (colors is null)
        {
            DrawLine(canvas, inner.Right);
            return;
        }

        const int steps = 128;
        using var paint = new SKPaint();
        for (int i = 0; i < steps; i++)
        {
            // Each step reaches down to the end, under the next ones: no seams.
            paint.Color = colors.ColorAt(1 - ((i + 0.5) / steps)).ToSKColor();
            canvas.DrawRect(new SKRect(inner.Right, YOf(1 - ((double)i / steps)), inner.Right + BarWidth, Lowest), paint);
        }

        RobustRange range = judged.FinishedRange!;
        double[] numbers = range.IsLevel ? [judged.Best!.Value]
            : judged.Axis.IsLogarithmic ? [.. RoundNumbers.ByDecades(Math.Pow(10, range.Low), Math.Pow(10, range.High), 6)]
            : [.. RoundNumbers.Linear(range.Low, range.High, 6)];
        foreach (double number in numbers)
        {
            float y = YOf(range.PlaceOf(judged.Axis.PlaceOf(number)));
            paint.Color = Ink;
            canvas.DrawLine(inner.Right + BarWidth, y, inner.Right + BarWidth + 4, y, paint);
            PictureText.At(canvas, ShortNumber.Of(number, judged.Digits), inner.Right + BarWidth + 8, y, TickSize, SKTextAlign.Left, room: RightRoom - BarWidth - 10);
        }

        if (range.Beyond > 0)
        {
            paint.Color = SKColors.Black;
            Marks.Draw(canvas, ScanColors.BeyondMarker(judged), inner.Right + (BarWidth / 2), judged.IsLessBetter ? inner.Top - 5 : Lowest + 5, 8, paint);
        }

        PictureText.At(canvas, MetricName.Better(judged.Objective.Direction), inner.Right + (BarWidth / 2), Lowest + 16, TickSize, SKTextAlign.Center);
    }

    private void DrawLine(SKCanvas canvas, float x)
    {
        using var paint = new SKPaint { Color = Ink, StrokeWidth = 1.4f, IsAntialias = true };
        canvas.DrawLine(x, inner.Top, x, Lowest, paint);
    }

    private void DrawName(SKCanvas canvas, string name, int axis)
    {
        float room = hasStagger ? 2 * Distance : Distance;
        float row = hasStagger && axis % 2 == 0 ? 1.5f : 0.5f;
        float y = inner.Top - 6 - (row * NameBand * 0.8f);

        // Beyond the outer axes there is little room: their names reach inwards.
        bool isFirst = axis == 0, isLast = axis == axes.Length;
        string text = PictureText.Cut(name, room - 10, PictureStyle.TickSize);
        float half = PictureText.WidthOf(text, PictureStyle.TickSize) / 2;
        float x = isFirst ? Math.Max(inner.Left, inner.Left - OuterRoom + half) : isLast ? Math.Min(inner.Right + (BarWidth / 2), inner.Right + OuterRoom - half) : XOf(axis);
        PictureText.At(canvas, text, x, y, PictureStyle.TickSize, SKTextAlign.Center);
    }

    private static void DrawTick(SKCanvas canvas, string name, float x, float y)
    {
        using var paint = new SKPaint { Color = Ink, StrokeWidth = 1, IsAntialias = true };
        canvas.DrawLine(x - 4, y, x, y, paint);
        float width = PictureText.WidthOf(name, TickSize);
        paint.Color = SKColors.White.WithAlpha(0xC8);
        canvas.DrawRect(x - 8 - width, y - 8, width + 3, 16, paint);
        PictureText.At(canvas, name, x - 7, y, TickSize, SKTextAlign.Right);
    }

    private float XOf(int axis) => inner.Left + (axis * Distance);

    private float YOf(double? place) => place is { } known ? (float)(Lowest - (known * (Lowest - inner.Top))) : inner.Bottom - 8;

    private static double?[] PlacesOf(ParameterAxis axis, Configuration[] lines)
    {
        double?[] places = Array.ConvertAll(lines, axis.PlaceOf);
        if (axis.Categories is not { } cells)
        {
            return places;
        }

        foreach (IGrouping<double?, int> cell in Enumerable.Range(0, lines.Length).Where(line => places[line] is not null).GroupBy(line => places[line]).ToArray())
        {
            int[] members = [.. cell];
            for (int i = 0; i < members.Length; i++)
            {
                places[members[i]] = cell.Key + (Spread / cells * (0.5 - ((i + 0.5) / members.Length)));
            }
        }

        return places;
    }
}
