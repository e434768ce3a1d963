using System.Runtime.InteropServices;
using ParticleImages.Networks;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>
/// The kernels of a network's first convolution: every filter with its time slices side by side, the earliest on the left, rows (iη) upward and columns (iφ) to the
/// right; one colour scale for all, zero grey. Several input channels stand below each other. As large as the filters need, unless set.
/// </summary>
/// <remarks>
/// Made by <c>Picture.Kernels(network)</c>, which copies the weights: what becomes of the network later changes nothing. A weight that is NaN or
/// infinite is left blank, and the picture says how many there are. Immutable; verbs give copies.
/// </remarks>
public sealed class KernelsPicture : StyledPicture<KernelsPicture>
{
    private const float CellSide = 12;
    private const float LeastCell = 2;
    private const float SliceGap = 4;
    private const float Number = 34;
    private const float RowGap = 14;
    private const float Margin = 28;
    private const float HeadBand = 40;
    private const float BarBand = 84;
    private const float LeastWidth = 560;
    private const int MostSide = 10_000;

    private readonly string layer;
    private readonly int[] shape;
    private readonly float[] weights;

    // Within reach of tests, which have no training that diverges at hand.
    internal KernelsPicture(string layer, int[] shape, float[] weights, PictureFrame frame)
        : base(frame)
    {
        this.layer = layer;
        this.shape = shape;
        this.weights = weights;
    }

    private protected override (int Width, int Height) DefaultSize
    {
        get
        {
            int columns = Columns;
            float width = Math.Max(LeastWidth, (2 * Margin) + (columns * BlockWidth));
            float height = (Frame.Title.Length > 0 ? PictureStyle.TitleBand : 0) + HeadBand + (Rows(columns) * BlockHeight) + BarBand;
            return ((int)Math.Min(width, MostSide), (int)Math.Min(height, MostSide));
        }
    }

    private int Filters => shape[0];

    private int Channels => shape[1];

    private float BlockWidth => Number + (shape[2] * ((shape[4] * CellSide) + SliceGap)) + 16;

    private float BlockHeight => (Channels * ((shape[3] * CellSide) + SliceGap)) + RowGap;

    // About half as wide again as high.
    private int Columns => Math.Clamp((int)Math.Round(Math.Sqrt(1.5 * Filters * BlockHeight / BlockWidth)), 1, Filters);

    internal static KernelsPicture Of(VoxelNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        (string name, long[] shape, ReadOnlyMemory<byte> values) = network.Weights().FirstOrDefault(weight => weight.Shape.Length == 5);
        return name is null
            ? throw new ArgumentException(
                $"The network ({network.Description}) has no convolution, so there is no kernel to draw. Describe one with Conv(filters, kernel).", nameof(network))
            : new KernelsPicture(
                name.Replace(".weight", "", StringComparison.Ordinal),
                [.. shape.Select(side => (int)side)],
                MemoryMarshal.Cast<byte, float>(values.Span).ToArray(),
                PictureFrame.Default);
    }

    private protected override KernelsPicture With(PictureFrame frame) => new(layer, shape, weights, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        int columns = Columns;
        var inner = new PixelRect(area.Left + Margin, area.Right - Margin, area.Bottom - BarBand, area.Top + HeadBand);
        float scale = Math.Min(1, Math.Min(inner.Width / (columns * BlockWidth), inner.Height / (Rows(columns) * BlockHeight)));
        if (!(CellSide * scale >= LeastCell))
        {
            throw new InvalidOperationException(
                $"{Filters} filters of {shape[2]} × {shape[3]} × {shape[4]} weights have no room in {area.Width:F0} × {area.Height:F0} pixels. Set a larger size.");
        }

        double[] finite = [.. weights.Where(float.IsFinite).Select(weight => (double)weight)];
        string blank = finite.Length < weights.Length ? $"; {weights.Length - finite.Length} of {weights.Length} weights are not finite" : "";
        PictureText.Fit(
            canvas,
            $"{layer}: {(Filters == 1 ? "1 filter" : $"{Filters} filters")} of {shape[2]} × {shape[3]} × {shape[4]}, time slices from early to late, iφ to the right, iη up{(Channels > 1 ? $"; {Channels} channels below each other" : "")}{blank}",
            new PixelRect(area.Left, area.Right, area.Top + HeadBand - 8, area.Top),
            PictureStyle.TickSize);
        if (finite.Length == 0)
        {
            PictureText.Fit(canvas, "no finite weight", inner, PictureStyle.LabelSize);
            return;
        }

        ColorScale colors = ColorScale.Symmetric(finite);
        using (new SKAutoCanvasRestore(canvas))
        {
            canvas.Translate(inner.Left + ((inner.Width - (columns * BlockWidth * scale)) / 2), inner.Top);
            canvas.Scale(scale, scale);
            for (int filter = 0; filter < Filters; filter++)
            {
                DrawFilter(canvas, filter, filter % columns * BlockWidth, filter / columns * BlockHeight, colors);
            }
        }

        using Plot bar = colors.Bar("Weight");
        float half = Math.Min(220, (area.Width / 2) - Margin), top = area.Bottom - BarBand + 8;
        PictureStyle.Render(
            bar,
            canvas,
            new PixelRect(area.HorizontalCenter - half, area.HorizontalCenter + half, area.Bottom - 4, top),
            new PixelPadding(left: 14, right: 14, bottom: BarBand - 12 - 18, top: 1));
    }

    private int Rows(int columns) => (Filters + columns - 1) / columns;

    private void DrawFilter(SKCanvas canvas, int filter, float left, float top, ColorScale colors)
    {
        (int frames, int rows, int cells) = (shape[2], shape[3], shape[4]);
        PictureText.At(canvas, $"{filter + 1}", left + Number - 8, top + ((BlockHeight - RowGap - SliceGap) / 2), PictureStyle.TickSize, SKTextAlign.Right);
        using var paint = new SKPaint { IsAntialias = false };
        int next = filter * Channels * frames * rows * cells;
        for (int channel = 0; channel < Channels; channel++)
        {
            for (int slice = 0; slice < frames; slice++)
            {
                for (int row = 0; row < rows; row++)
                {
                    for (int column = 0; column < cells; column++)
                    {
                        float weight = weights[next++];
                        if (float.IsFinite(weight))
                        {
                            float x = left + Number + (slice * ((cells * CellSide) + SliceGap)) + (column * CellSide);
                            float y = top + (channel * ((rows * CellSide) + SliceGap)) + ((rows - 1 - row) * CellSide);
                            paint.Color = colors.ColorOf(weight).ToSKColor();
                            canvas.DrawRect(x, y, CellSide, CellSide, paint);
                        }
                    }
                }
            }
        }
    }
}
