using ParticleImages.Networks;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Networks;

/// <summary>
/// A diagram of a network, from its input downward: a box a layer with the shape after it (time × rows × columns × channels) and its parameters, where it has
/// any; branches and shortcuts side by side, joined by what adds or concatenates them. As large as the layers need, unless set; drawn smaller where that is more than
/// there is room for.
/// </summary>
/// <remarks>Made by <c>Picture.Network(description)</c>. As SVG it can be enlarged at will. Immutable; verbs give copies.</remarks>
public sealed class NetworkPicture : StyledPicture<NetworkPicture>
{
    private const float Margin = 28;
    private const float TotalsBand = 40;
    private const int LeastWidth = 320;
    private const int MostSide = 10_000;

    // Text of 12 is then a pixel high, which no one can make out even as the texture of a whole.
    private const float LeastScale = 1 / 12f;

    private readonly FlowColumn flow;
    private readonly string totals;

    private NetworkPicture(FlowColumn flow, string totals, PictureFrame frame)
        : base(frame)
    {
        this.flow = flow;
        this.totals = totals;
    }

    private protected override (int Width, int Height) DefaultSize
    {
        get
        {
            float width = Math.Max(LeastWidth, (2 * Margin) + Math.Max(flow.Width, PictureText.WidthOf(totals, PictureStyle.TickSize)));
            float height = (Frame.Title.Length > 0 ? PictureStyle.TitleBand : Margin) + flow.Height + TotalsBand;
            return ((int)MathF.Ceiling(Math.Min(width, MostSide)), (int)MathF.Ceiling(Math.Min(height, MostSide)));
        }
    }

    internal static NetworkPicture Of(Cnn3d description)
    {
        ArgumentNullException.ThrowIfNull(description);
        NetworkSummary summary = description.Summary();
        return new NetworkPicture(NetworkFlow.Of(description, summary), NetworkFlow.Totals(summary), PictureFrame.Default);
    }

    private protected override NetworkPicture With(PictureFrame frame) => new(flow, totals, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        float top = area.Top + (Frame.Title.Length > 0 ? 0 : Margin);
        float scale = Math.Min(1, Math.Min((area.Width - (2 * Margin)) / flow.Width, (area.Bottom - TotalsBand - top) / flow.Height));
        if (!(scale >= LeastScale))
        {
            throw new InvalidOperationException(
                $"The diagram needs {flow.Width:F0} × {flow.Height:F0} pixels, and in {area.Width:F0} × {area.Height:F0} nothing of it could be read. "
                + "Set a larger size, or draw a part of the network.");
        }

        using (new SKAutoCanvasRestore(canvas))
        {
            canvas.Translate(area.HorizontalCenter, top);
            canvas.Scale(scale, scale);
            flow.Draw(canvas, middle: 0, top: 0);
        }

        PictureText.Fit(canvas, totals, new PixelRect(area.Left, area.Right, area.Bottom - 6, area.Bottom - TotalsBand + 6), PictureStyle.TickSize);
    }
}
