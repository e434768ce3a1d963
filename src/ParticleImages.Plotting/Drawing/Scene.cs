using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>A cube of three axes seen from far away (an orthographic projection), the third axis upright.</summary>
internal sealed class Scene
{
    private const float NumberGap = 12;
    private const float NameGap = 46;

    private static readonly SKColor GridColor = new(0xE0, 0xE0, 0xE0);
    private static readonly SKColor EdgeColor = new(0x60, 0x60, 0x60);

    private readonly SceneAxis[] axes;
    private readonly SKPoint3 right;
    private readonly SKPoint3 up;
    private readonly SKPoint3 toViewer;
    private readonly SKPoint middle;
    private readonly float size;

    /// <param name="area">Where the cube and its axes stand.</param>
    /// <param name="axes">Two level axes and the upright one.</param>
    /// <param name="azimuth">Degrees around the upright axis: where the viewer stands, 0 beyond the high end of the first axis, 90 beyond that of the second.</param>
    /// <param name="elevation">Degrees above the horizon, above 0 and below 90.</param>
    public Scene(PixelRect area, SceneAxis[] axes, double azimuth, double elevation)
    {
        this.axes = axes;
        (double sinA, double cosA) = Math.SinCos(azimuth * Math.PI / 180);
        (double sinE, double cosE) = Math.SinCos(elevation * Math.PI / 180);
        toViewer = new SKPoint3((float)(cosE * cosA), (float)(cosE * sinA), (float)sinE);
        right = new SKPoint3((float)-sinA, (float)cosA, 0);
        up = new SKPoint3((float)(-sinE * cosA), (float)(-sinE * sinA), (float)cosE);

        // The cube's outline on the paper, by how far its corners reach.
        float reachAcross = (Math.Abs(right.X) + Math.Abs(right.Y)) / 2;
        float reachUp = (Math.Abs(up.X) + Math.Abs(up.Y) + up.Z) / 2;
        size = Math.Min((area.Width / 2 - NameGap - 26) / reachAcross, (area.Height / 2 - NameGap) / reachUp);
        middle = new SKPoint(area.HorizontalCenter, area.VerticalCenter - 8);
    }

    /// <summary>Pixels an edge of the cube has where it lies across the view.</summary>
    public float Size => size;

    /// <summary>The low end of the upright axis.</summary>
    public double Floor => axes[2].Low;

    /// <summary>Where a point of the data stands on the paper, and how near it is: larger is nearer.</summary>
    public (SKPoint Place, float Nearness) Project(double x, double y, double z)
    {
        var point = new SKPoint3(axes[0].PlaceOf(x), axes[1].PlaceOf(y), axes[2].PlaceOf(z));
        return (PaperOf(point), Along(point, toViewer));
    }

    /// <summary>Draws the three walls behind the data with their grids, and the axes with numbers and names.</summary>
    public void Draw(SKCanvas canvas)
    {
        // The walls away from the viewer, who is never below the floor.
        float x = toViewer.X > 0 ? -0.5f : 0.5f, y = toViewer.Y > 0 ? -0.5f : 0.5f;
        const float floor = -0.5f;
        using var grid = new SKPaint { IsAntialias = true, Color = GridColor, StrokeWidth = 1 };
        using var edge = new SKPaint { IsAntialias = true, Color = EdgeColor, StrokeWidth = 1 };
        foreach (double tick in axes[0].Ticks)
        {
            float place = axes[0].PlaceOf(tick);
            Line(grid, new(place, -0.5f, floor), new(place, 0.5f, floor));
            Line(grid, new(place, y, -0.5f), new(place, y, 0.5f));
        }

        foreach (double tick in axes[1].Ticks)
        {
            float place = axes[1].PlaceOf(tick);
            Line(grid, new(-0.5f, place, floor), new(0.5f, place, floor));
            Line(grid, new(x, place, -0.5f), new(x, place, 0.5f));
        }

        foreach (double tick in axes[2].Ticks)
        {
            float place = axes[2].PlaceOf(tick);
            Line(grid, new(x, -0.5f, place), new(x, 0.5f, place));
            Line(grid, new(-0.5f, y, place), new(0.5f, y, place));
        }

        Line(edge, new(x, y, -0.5f), new(x, y, 0.5f));
        Line(edge, new(x, -0.5f, floor), new(x, 0.5f, floor));
        Line(edge, new(-0.5f, y, floor), new(0.5f, y, floor));
        Line(grid, new(x, -0.5f, 0.5f), new(x, 0.5f, 0.5f));
        Line(grid, new(-0.5f, y, 0.5f), new(0.5f, y, 0.5f));
        Line(grid, new(-x, y, floor), new(-x, y, 0.5f));
        Line(grid, new(x, -y, floor), new(x, -y, 0.5f));
        DrawAxis(canvas, edge, 0, place => new SKPoint3(place, -y, floor));
        DrawAxis(canvas, edge, 1, place => new SKPoint3(-x, place, floor));

        // The upright axis stands at the left end of the floor's outline.
        SKPoint3 left = new[] { new SKPoint3(x, -y, 0), new SKPoint3(-x, y, 0) }.MinBy(corner => PaperOf(corner).X);
        DrawAxis(canvas, edge, 2, place => left with { Z = place });

        void Line(SKPaint paint, SKPoint3 from, SKPoint3 to) => canvas.DrawLine(PaperOf(from), PaperOf(to), paint);
    }

    private void DrawAxis(SKCanvas canvas, SKPaint edge, int index, Func<float, SKPoint3> along)
    {
        SKPoint start = PaperOf(along(-0.5f)), end = PaperOf(along(0.5f));
        canvas.DrawLine(start, end, edge);

        // Away from the cube's middle, square to the axis.
        var line = new SKPoint(end.X - start.X, end.Y - start.Y);
        float length = Math.Max(SKPoint.Distance(start, end), 1);
        var outward = new SKPoint(-line.Y / length, line.X / length);
        var half = new SKPoint((start.X + end.X) / 2, (start.Y + end.Y) / 2);
        if ((outward.X * (half.X - middle.X)) + (outward.Y * (half.Y - middle.Y)) < 0)
        {
            outward = new SKPoint(-outward.X, -outward.Y);
        }

        SKTextAlign align = outward.X < -0.35f ? SKTextAlign.Right : outward.X > 0.35f ? SKTextAlign.Left : SKTextAlign.Center;
        foreach (double tick in axes[index].Ticks)
        {
            SKPoint place = PaperOf(along(axes[index].PlaceOf(tick)));
            canvas.DrawLine(place, Off(place, 5), edge);
            SKPoint number = Off(place, NumberGap);
            PictureText.At(canvas, PictureStyle.Number(tick), number.X, number.Y, PictureStyle.TickSize, align);
        }

        SKPoint name = Off(half, NameGap);
        if (index == 2)
        {
            // Upright, as beside any plot; the letters' middle then stands left of the point.
            canvas.Save();
            canvas.RotateDegrees(-90, name.X - 12, name.Y);
            PictureText.At(canvas, axes[index].Name, name.X - 12, name.Y, PictureStyle.LabelSize, SKTextAlign.Center);
            canvas.Restore();
            return;
        }

        PictureText.At(canvas, axes[index].Name, name.X, name.Y, PictureStyle.LabelSize, align);

        SKPoint Off(SKPoint place, float gap) => new(place.X + (outward.X * gap), place.Y + (outward.Y * gap));
    }

    private SKPoint PaperOf(SKPoint3 point) => new(middle.X + (size * Along(point, right)), middle.Y - (size * Along(point, up)));

    private static float Along(SKPoint3 point, SKPoint3 direction) =>
        (point.X * direction.X) + (point.Y * direction.Y) + (point.Z * direction.Z);
}
