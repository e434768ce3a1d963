using System.Globalization;
using ParticleImages.Networks;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>
/// What in an event a network's answer rests on. Above, the energies of the event's hits in three projections (logarithmic): columns and rows, columns and time, rows
/// and time; below, what each hit does to the logit (linear, zero grey), above 0 for an electron. 1120 × 880 pixels unless set.
/// </summary>
/// <remarks>
/// Made by <c>Picture.Occlusion(occlusion)</c>; what is computed is said at <see cref="ParticleImages.Networks.Occlusion"/>. Time is in the voxelizer's bins. Hits that a projection
/// puts into one cell are added. Only the part of the image around the hits that the voxelizer keeps is shown. Immutable; verbs give copies.
/// </remarks>
public sealed class OcclusionPicture : StyledPicture<OcclusionPicture>
{
    private const float HeadBand = 36;
    private const float BarBand = 92;
    private const float BarHeight = 18;

    private readonly Occlusion occlusion;
    private readonly int number;
    private readonly PictureUnits units;

    private OcclusionPicture(Occlusion occlusion, int number, PictureUnits units, PictureFrame frame)
        : base(frame)
    {
        this.occlusion = occlusion;
        this.number = number;
        this.units = units;
    }

    private protected override (int Width, int Height) DefaultSize => (1120, 880);

    /// <summary>Says what a unit of the data is, so that energies can be in GeV and times in ns.</summary>
    /// <param name="gigaelectronvolts">A unit of energy in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of time in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public OcclusionPicture Units(double gigaelectronvolts, double nanoseconds) =>
        new(occlusion, number, PictureUnits.Of(gigaelectronvolts, nanoseconds), Frame);

    /// <summary>Says what the caption calls the event: its row where it comes from, if the batch is a choice of events.</summary>
    /// <param name="row">The number, at least 0; without it, the default, the caption has the place in the batch.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 0.</exception>
    public OcclusionPicture Numbered(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        return new OcclusionPicture(occlusion, row, units, Frame);
    }

    internal static OcclusionPicture Of(Occlusion occlusion)
    {
        ArgumentNullException.ThrowIfNull(occlusion);
        return new OcclusionPicture(occlusion, occlusion.Index, PictureUnits.PublicFiles, PictureFrame.Default);
    }

    private protected override OcclusionPicture With(PictureFrame frame) => new(occlusion, number, units, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        PictureText.Fit(
            canvas,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{ParticleLabel.NameOf(occlusion.Label)}, event {number}: probability of electron {occlusion.Probability:F3}, logit {Math.Round(occlusion.Logit, 2) + 0.0:F2}")
                .Replace('-', '−'),
            new PixelRect(area.Left, area.Right, area.Top + HeadBand, area.Top + 4),
            PictureStyle.LabelSize);
        HitBox box = HitBox.Around(occlusion, units.Time);
        float top = area.Top + HeadBand, height = MathF.Floor((area.Bottom - top) / 2);
        DrawRow(
            canvas,
            new PixelRect(area.Left, area.Right, top + height, top),
            box,
            "Energy (GeV)",
            [.. occlusion.Hits.Where(hit => hit.Energy > 0).Select(hit => (hit, hit.Energy * units.Energy))],
            ColorScale.Logarithmic);
        DrawRow(
            canvas,
            new PixelRect(area.Left, area.Right, top + (2 * height), top + height),
            box,
            "Effect of the hit: logit with it − logit without it (above 0: for electron)",
            [.. occlusion.Hits.Select(hit => (hit, hit.Effect))],
            ColorScale.Symmetric);
    }

    private static void DrawRow(
        SKCanvas canvas,
        PixelRect area,
        HitBox box,
        string name,
        (OccludedHit Hit, double Value)[] hits,
        Func<IReadOnlyCollection<double>, ColorScale> scaleOf)
    {
        Projection[] projections = [box.ColumnsAndRows(hits), box.ColumnsAndTime(hits), box.RowsAndTime(hits)];

        // One scale for the three: a cell of several hits may reach beyond any single one.
        double[] values = [.. projections.SelectMany(projection => projection.Cells).Select(cell => cell.Value)];
        ColorScale? colors = values.Length > 0 ? scaleOf(values) : null;
        float width = MathF.Floor(area.Width / projections.Length);
        for (int i = 0; i < projections.Length; i++)
        {
            var panel = new PixelRect(area.Left + (i * width), area.Left + ((i + 1) * width), area.Bottom - BarBand, area.Top);
            projections[i].Draw(canvas, panel, colors);
        }

        if (colors is not null)
        {
            using Plot bar = colors.Bar(name);
            float half = Math.Min(330, (area.Width / 2) - 24);
            PictureStyle.Render(
                bar,
                canvas,
                new PixelRect(area.HorizontalCenter - half, area.HorizontalCenter + half, area.Bottom - 4, area.Bottom - BarBand + 12),
                new PixelPadding(left: 14, right: 14, bottom: BarBand - 16 - BarHeight, top: 1));
        }
    }
}
