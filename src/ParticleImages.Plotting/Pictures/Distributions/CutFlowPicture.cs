using System.Globalization;
using ParticleImages.Plotting.Drawing;
using ParticleImages.Voxelization;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// What each cut of a voxelizer leaves, as bars from cut to cut: events, hits and energy side by side, photons blue above electrons vermilion. The first row gives numbers,
/// the others their share of it. 1000 pixels wide and as high as the cuts need, unless set.
/// </summary>
/// <remarks>Made by <see cref="Picture.CutFlow"/>. Energies are in GeV and times in ns. Immutable; verbs give copies.</remarks>
public sealed class CutFlowPicture : StyledPicture<CutFlowPicture>
{
    private const float LegendBand = 40;
    private const float HeadingBand = 34;
    private const float RowHeight = 54;
    private const float BarHeight = 18;
    private const float Names = 200;
    private const float Margin = 24;
    private const float Gap = 20;

    // For the number beside the longest bar.
    private const float Number = 76;

    private static readonly (string Name, Func<CutFlowRow, double> Of)[] Quantities =
        [("Events", row => row.Events), ("Hits", row => row.Hits), ("Energy (GeV)", row => row.Energy)];

    // In GeV and ns.
    private readonly CutFlow flow;

    private CutFlowPicture(CutFlow flow, PictureFrame frame)
        : base(frame) => this.flow = flow;

    private protected override (int Width, int Height) DefaultSize =>
        (1000, (int)(Frame.TitleHeight + LegendBand + HeadingBand + (Rows * RowHeight) + Margin));

    private int Rows => flow.Rows.Count / 2;

    /// <summary>Says what a unit of the data is, so that energies and cuts can be in GeV and ns.</summary>
    /// <param name="gigaelectronvolts">A unit of energy in GeV, above 0; 50, the default, fits the public files.</param>
    /// <param name="nanoseconds">A unit of time in ns, above 0; 50, the default, fits the public files.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A unit is not a finite number above 0.</exception>
    public CutFlowPicture Units(double gigaelectronvolts, double nanoseconds) => new(flow.InUnits(gigaelectronvolts, nanoseconds), Frame);

    internal static CutFlowPicture Of(CutFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        PictureUnits units = PictureUnits.PublicFiles;
        return new CutFlowPicture(flow.InUnits(units.Energy, units.Time), PictureFrame.Default);
    }

    private protected override CutFlowPicture With(PictureFrame frame) => new(flow, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        float bar = ((area.Width - Names - (2 * Margin) - (2 * Gap)) / Quantities.Length) - Number;
        float row = (area.Height - LegendBand - HeadingBand - Margin) / Rows;
        if (bar < 40 || row < (2 * BarHeight) + 4)
        {
            throw new InvalidOperationException(
                $"A chart of {Rows} cuts needs a picture of at least {Names + (2 * Margin) + (2 * Gap) + (3 * (Number + 40)):F0} × "
                + $"{PictureStyle.TitleBand + LegendBand + HeadingBand + Margin + (Rows * ((2 * BarHeight) + 4)):F0} pixels. Set a larger size.");
        }

        float left = area.Left + Margin + Names;
        LineLegend.Draw(
            canvas,
            new PixelRect(left, left + 360, area.Top + LegendBand - 6, area.Top),
            [.. new[] { ParticleLabel.Photon, ParticleLabel.Electron }.Select(label => new LineLegend.Entry(
                $"{ParticleLabel.NameOf(label)}s", DistributionData.ColorOf(label), LinePattern.Solid, MarkerShape.None))]);
        float top = area.Top + LegendBand + HeadingBand;
        for (int i = 0; i < Rows; i++)
        {
            PictureText.At(
                canvas, flow.Rows[2 * i].Cut, left - 14, top + ((i + 0.5f) * row), PictureStyle.LabelSize, SKTextAlign.Right, room: Names);
        }

        for (int i = 0; i < Quantities.Length; i++)
        {
            float x = left + (i * (bar + Number + Gap));
            PictureText.At(canvas, Quantities[i].Name, x, top - (HeadingBand / 2), PictureStyle.LabelSize, SKTextAlign.Left);
            DrawQuantity(canvas, Quantities[i].Of, x, top, bar, row);
        }
    }

    private void DrawQuantity(SKCanvas canvas, Func<CutFlowRow, double> of, float left, float top, float width, float row)
    {
        using var paint = new SKPaint { IsAntialias = false, Color = PictureStyle.Faint.ToSKColor() };
        canvas.DrawRect(left - 1, top, 1, Rows * row, paint);
        for (int i = 0; i < flow.Rows.Count; i++)
        {
            CutFlowRow cut = flow.Rows[i];
            double all = of(flow.Rows[cut.Label]), value = of(cut);
            float middle = top + ((i / 2 + 0.5f) * row) + ((cut.Label == ParticleLabel.Photon ? -0.5f : 0.5f) * (BarHeight + 2));
            paint.Color = DistributionData.ColorOf(cut.Label).ToSKColor();

            // Where energies below 0 were cut away there is more than before; a sum below 0 has no bar, and of one there are no shares.
            double most = flow.Rows.Where(row => row.Label == cut.Label).Max(of);
            float length = most > 0 ? width * (float)(Math.Max(value, 0) / most) : 0;
            canvas.DrawRect(left, middle - (BarHeight / 2), length, BarHeight, paint);
            string text = i < 2 ? Total(value) : all <= 0 ? "–" : Share(value / all);
            PictureText.At(canvas, text, left + length + 6, middle, PictureStyle.TickSize, SKTextAlign.Left);
        }
    }

    // The sum makes zero of minus zero.
    private static string Share(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share, 1, MidpointRounding.AwayFromZero) + 0.0:0.0} %").Replace('-', '−');

    private static string Total(double value) => Math.Abs(value) is >= 1e7 or (> 0 and < 10)
        ? ShortNumber.Of(value, digits: 3)
        : PictureStyle.Count((long)Math.Round(value));
}
