using System.Globalization;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The hits of an event in space and time: columns (iφ) and rows (iη) level, time upright, each hit a ball whose size and colour tell its energy (logarithmic),
/// over a dot on the floor below it. As <c>.png</c> and <c>.svg</c> seen from one side, as <c>.html</c> a page in which it can be turned, zoomed and asked for
/// values, without a network. 760 × 800 pixels unless set; the page fills its window.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.SpaceTime"/>. A hit is a pixel with a finite energy above 0 and a finite time. Of more than 5000 hits those with most energy are drawn, and the
/// picture says so. The page contains plotly.js 4.1.1 (MIT licence). Immutable; verbs give copies.
/// </remarks>
public sealed class SpaceTimePicture : StyledPicture<SpaceTimePicture>
{
    private const int MostHits = 5000;
    private const int MostWithFeet = 400;
    private const float CaptionBand = 34;
    private const float BarBand = 84;
    private const float LeastCube = 150;

    private static readonly PictureFormat[] FormatsOfScenes =
        [.. PictureFormat.Still, new(".html", (picture, stream) => ((SpaceTimePicture)picture).WritePage(stream))];

    private readonly ChosenEvent chosen;
    private readonly View view;

    private SpaceTimePicture(ChosenEvent chosen, View view, PictureFrame frame)
        : base(frame)
    {
        this.chosen = chosen;
        this.view = view;
    }

    internal override IReadOnlyList<PictureFormat> Formats => FormatsOfScenes;

    private protected override (int Width, int Height) DefaultSize => (760, 800);

    private SpaceTimeHits Hits => SpaceTimeHits.Of(chosen.One, view.Units, view.Window, MostHits);

    /// <summary>Says what a unit of the data is, so that the picture can speak of GeV and ns.</summary>
    /// <param name="gigaelectronvolts">A unit of energy in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of time in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public SpaceTimePicture Units(double gigaelectronvolts, double nanoseconds) =>
        new(chosen, view with { Units = PictureUnits.Of(gigaelectronvolts, nanoseconds) }, Frame);

    /// <summary>Says what the caption calls the event: its row where it comes from, if the batch is a choice of events.</summary>
    /// <param name="row">The number, at least 0; without it, the default, the caption has the place in the batch.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public SpaceTimePicture Numbered(int row) => new(chosen.Numbered(row), view, Frame);

    /// <summary>Shows hits with |t| &lt; window alone, on an axis from −window to window; the caption counts those left out.</summary>
    /// <param name="nanoseconds">The window in ns, finite and above 0; without it, the default, all hits are shown.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is not a finite number above 0.</exception>
    public SpaceTimePicture TimeWithin(double nanoseconds) => nanoseconds > 0 && double.IsFinite(nanoseconds)
        ? new SpaceTimePicture(chosen, view with { Window = nanoseconds }, Frame)
        : throw new ArgumentOutOfRangeException(nameof(nanoseconds), nanoseconds, "A time window is a finite number above 0.");

    /// <summary>Says where the viewer of the still picture stands.</summary>
    /// <param name="azimuth">Degrees around the time axis, finite: 0 beyond the last column, 90 beyond the last row; −58 is the default.</param>
    /// <param name="elevation">Degrees above the horizon, 5 to 85; 22 is the default.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The azimuth is not finite or the elevation is outside 5 to 85.</exception>
    public SpaceTimePicture From(double azimuth, double elevation)
    {
        if (!double.IsFinite(azimuth))
        {
            throw new ArgumentOutOfRangeException(nameof(azimuth), azimuth, "An azimuth is a finite number of degrees.");
        }

        return elevation is >= 5 and <= 85
            ? new SpaceTimePicture(chosen, view with { Azimuth = azimuth, Elevation = elevation }, Frame)
            : throw new ArgumentOutOfRangeException(nameof(elevation), elevation, "The viewer stands 5 to 85 degrees above the horizon.");
    }

    internal static SpaceTimePicture Of(EventBatch events, int index) => new(
        ChosenEvent.Of(events, index),
        new View(PictureUnits.PublicFiles, double.PositiveInfinity, -58, 22),
        PictureFrame.Default);

    private protected override SpaceTimePicture With(PictureFrame frame) => new(chosen, view, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        SpaceTimeHits hits = Hits;
        PictureText.Fit(canvas, Caption(hits), new PixelRect(area.Left, area.Right, area.Top + CaptionBand, area.Top), PictureStyle.LabelSize);
        var room = new PixelRect(area.Left, area.Right, area.Bottom - BarBand, area.Top + CaptionBand);
        var scene = new Scene(room, Axes(hits.Shown), view.Azimuth, view.Elevation);
        if (scene.Size < LeastCube)
        {
            throw new InvalidOperationException(
                $"A picture of {area.Width:F0} × {area.Height:F0} pixels has no room for a scene beside its axes. Set a larger size, 400 × 440 at least.");
        }

        scene.Draw(canvas);
        if (hits.Shown.Count == 0)
        {
            PictureText.Fit(canvas, Nothing(hits), room, PictureStyle.LabelSize);
            return;
        }

        ColorScale scale = ColorScale.Logarithmic([.. hits.Shown.Select(hit => hit.Energy)]);
        DrawHits(canvas, scene, hits.Shown, scale);
        using Plot bar = scale.Bar("Energy (GeV)");
        float half = Math.Min(area.Width - 140, 480) / 2, top = area.Bottom - BarBand + 10;
        PictureStyle.Render(
            bar,
            canvas,
            new PixelRect(area.HorizontalCenter - half - 14, area.HorizontalCenter + half + 14, area.Bottom, top - 1),
            new PixelPadding(14, 14, BarBand - 10 - 18, 1));
    }

    private static void DrawHits(SKCanvas canvas, Scene scene, IReadOnlyList<SpaceTimeHit> hits, ColorScale scale)
    {
        double floor = scene.Floor;

        // Many balls are smaller, so that they do not hide each other.
        float crowded = Math.Min(1, MathF.Cbrt(200f / hits.Count));
        using var paint = new SKPaint { IsAntialias = true };
        if (hits.Count <= MostWithFeet)
        {
            foreach (SpaceTimeHit hit in hits)
            {
                SKPoint foot = scene.Project(hit.Column, hit.Row, floor).Place, head = scene.Project(hit.Column, hit.Row, hit.Time).Place;
                paint.Color = new SKColor(0, 0, 0, 0x30);
                paint.StrokeWidth = 1;
                canvas.DrawLine(foot, head, paint);
                paint.Color = new SKColor(0, 0, 0, 0x60);
                canvas.DrawCircle(foot, 1.6f, paint);
            }
        }

        foreach (SpaceTimeHit hit in hits.OrderBy(hit => scene.Project(hit.Column, hit.Row, hit.Time).Nearness))
        {
            SKPoint place = scene.Project(hit.Column, hit.Row, hit.Time).Place;
            float radius = crowded * (3 + (9 * (float)scale.ShareOf(hit.Energy)));
            paint.Color = SKColors.White;
            canvas.DrawCircle(place, radius + (0.8f * crowded), paint);
            paint.Color = scale.ColorOf(hit.Energy).ToSKColor();
            canvas.DrawCircle(place, radius, paint);
        }
    }

    private SceneAxis[] Axes(IReadOnlyList<SpaceTimeHit> hits)
    {
        (double low, double high) = double.IsFinite(view.Window) ? (-view.Window, view.Window)
            : hits.Count == 0 ? (-1, 1)
            : Panel.Around(hits.Select(hit => hit.Time));
        return
        [
            SceneAxis.Around("iφ", -0.5, chosen.One.Shape.Width - 0.5),
            SceneAxis.Around("iη", -0.5, chosen.One.Shape.Height - 0.5),
            SceneAxis.Around("Time (ns)", low, high),
        ];
    }

    private string Caption(SpaceTimeHits hits)
    {
        string count = hits.TooFaint > 0
            ? Text($"the {hits.Shown.Count} of {hits.Shown.Count + hits.TooFaint} hits with most energy")
            : hits.Shown.Count == 1 ? "1 hit" : Text($"{hits.Shown.Count} hits");
        string beyond = hits.Beyond > 0 ? Text($", {hits.Beyond} beyond ±{view.Window} ns") : "";
        return $"{chosen.Caption}: {count}{beyond}";

        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    private static string Nothing(SpaceTimeHits hits) => hits.Beyond > 0 ? "no hits within the time window" : "no hits with energy above 0";

    private void WritePage(Stream stream)
    {
        SpaceTimeHits hits = Hits;
        ColorScale? scale = hits.Shown.Count > 0 ? ColorScale.Logarithmic([.. hits.Shown.Select(hit => hit.Energy)]) : null;
        string seen = hits.Shown.Count == 0 ? $"{Caption(hits)}: {Nothing(hits)}." : $"{Caption(hits)}. Columns iφ, rows iη and time; size and colour tell the energy.";
        SpaceTimePage.Write(stream, Frame.Title.Length > 0 ? Frame.Title : chosen.Caption, seen, hits.Shown, Axes(hits.Shown), scale);
    }

    private sealed record View(PictureUnits Units, double Window, double Azimuth, double Elevation);
}
