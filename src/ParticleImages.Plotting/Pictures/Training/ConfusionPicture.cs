using System.Globalization;
using ParticleImages.Evaluation;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// A confusion matrix: a row for what events are, a column for what they are called; in each cell the events and their share of the row with its
/// error (<see cref="BinomialInterval"/>), the darker the larger. Threshold and accuracy stand below. 640 × 640 pixels unless set.
/// </summary>
/// <remarks>Made by <see cref="Picture.Confusion(ConfusionMatrix)"/>. Immutable; verbs give copies.</remarks>
public sealed class ConfusionPicture : StyledPicture<ConfusionPicture>
{
    private const float NoteBand = 32;
    private const float CountSize = 26;

    // Of a cell whose share and errors can be read.
    private const float LeastWidth = 100;
    private const float LeastHeight = 56;
    private const float CellMargin = 6;

    private readonly ConfusionMatrix matrix;

    private ConfusionPicture(ConfusionMatrix matrix, PictureFrame frame)
        : base(frame) => this.matrix = matrix;

    private protected override (int Width, int Height) DefaultSize => (640, 640);

    internal static ConfusionPicture Of(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new ConfusionPicture(matrix, PictureFrame.Default);
    }

    private protected override ConfusionPicture With(PictureFrame frame) => new(matrix, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        // Rows run downward as in a table: what is a photon first.
        int[][] rows = [[matrix.TrueNegatives, matrix.FalsePositives], [matrix.FalseNegatives, matrix.TruePositives]];
        using Plot plot = PictureStyle.NewPlot("Called", "Is");
        var limits = new AxisLimits(0, 2, 0, 2);
        plot.PlottableList.Add(new CellMap(
            [
                .. from row in Enumerable.Range(0, 2)
                   from column in Enumerable.Range(0, 2)
                   select new Cell(column, column + 1, 1 - row, 2 - row, ColorOf(Share(rows[row], column))),
            ],
            limits));
        plot.Axes.SetLimits(limits);
        plot.HideGrid();
        string photon = ParticleLabel.NameOf(ParticleLabel.Photon), electron = ParticleLabel.NameOf(ParticleLabel.Electron);
        plot.Axes.Bottom.TickGenerator = new NumericManual([0.5, 1.5], [photon, electron]);
        plot.Axes.Left.TickGenerator = new NumericManual([1.5, 0.5], [photon, electron]);
        var within = new PixelRect(area.Left, area.Right, area.Bottom - NoteBand, area.Top);
        var padding = new PixelPadding(left: 112, right: 28, bottom: 68, top: 16);
        PictureStyle.Draw(plot, canvas, within, padding);
        PixelRect inner = within.Contract(padding);
        if (inner.Width < 2 * LeastWidth || inner.Height < 2 * LeastHeight)
        {
            throw new NoRoomException();
        }

        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 2; column++)
            {
                DrawCell(canvas, inner, row, column, rows[row]);
            }
        }

        PictureText.Fit(
            canvas,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{electron}: score ≥ {matrix.Threshold:0.####}; accuracy {WithErrors(matrix.Accuracy, matrix.Count, factor: 1, decimals: 3)} on {PictureStyle.Count(matrix.Count)} events"),
            new PixelRect(area.Left, area.Right, area.Bottom - 6, within.Bottom),
            PictureStyle.TickSize);
    }

    private static void DrawCell(SKCanvas canvas, PixelRect inner, int row, int column, int[] counts)
    {
        float room = (inner.Width / 2) - (2 * CellMargin);
        float x = inner.Left + ((column + 0.5f) * inner.Width / 2), y = inner.Top + ((row + 0.5f) * inner.Height / 2);
        double? share = Share(counts, column);
        SKColor ink = Contrast.InkOn(ColorOf(share));
        PictureText.At(canvas, PictureStyle.Count(counts[column]), x, y - 12, CountSize, SKTextAlign.Center, ink, room);
        string below = "no events";
        if (share is { } part)
        {
            below = $"{WithErrors(part, counts.Sum(), factor: 100, decimals: 1)} %";
        }

        PictureText.At(canvas, below, x, y + 16, PictureStyle.LabelSize, SKTextAlign.Center, ink, room);
    }

    // To the second digit of the larger error; where both errors read alike, one stands for both.
    private static string WithErrors(double share, int all, double factor, int decimals)
    {
        BinomialInterval interval = BinomialInterval.Of(share, all);
        double up = factor * (interval.High - share), down = factor * (share - interval.Low);
        string middle = Text(factor * share), above = Text(up), below = Text(down);

        // Of a share of 0 or 1 one end is certain.
        return above == below ? $"{middle} ± {above}" : $"{middle} +{(up == 0 ? "0" : above)} −{(down == 0 ? "0" : below)}";

        string Text(double value) => Estimate.Rounded(value, Math.Max(up, down), decimals);
    }

    private static double? Share(int[] counts, int column) => counts.Sum() == 0 ? null : (double)counts[column] / counts.Sum();

    private static Color ColorOf(double? share) => share is { } part ? PictureStyle.AmountColors.GetColor(part) : Color.FromHex("#EEEEEE");
}
