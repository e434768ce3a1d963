using System.Globalization;
using ScottPlot;
using ScottPlot.Colormaps;
using ScottPlot.Rendering.RenderActions;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting.Drawing;

/// <summary>The look of all pictures, in one place: sizes, colours, and how a plot is set up and drawn.</summary>
internal static class PictureStyle
{
    public const float TitleSize = 20;
    public const float LabelSize = 16;
    public const float LeastLabelSize = 12;
    public const float TickSize = 14;
    public const float LineWidth = 2;
    public const float TitleBand = 48;

    // How far an axis' name may reach beyond its axis.
    private const float NameReach = 12;

    // Less than this is no plot any more.
    private const float LeastSide = 60;

    // Narrow, and no place to break a line.
    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = "\u202F" };

    private static readonly Color Ink = Color.FromHex("#202020");

    /// <summary>Okabe and Ito's colours without the yellow, which is too faint on white; the first two stand farthest apart.</summary>
    public static IReadOnlyList<Color> LineColors { get; } =
    [
        Color.FromHex("#0072B2"),
        Color.FromHex("#D55E00"),
        Color.FromHex("#009E73"),
        Color.FromHex("#CC79A7"),
        Color.FromHex("#E69F00"),
        Color.FromHex("#56B4E9"),
        Color.FromHex("#000000"),
    ];

    public static Color Faint { get; } = Color.FromHex("#8C8C8C");

    /// <summary>For amounts: viridis from its light end, so that much is dark on white and nothing is white.</summary>
    public static IColormap AmountColors { get; } = new Reversed(new Viridis());

    /// <summary>For signed values: blue below zero, vermilion above, and a grey at zero that stands out from white.</summary>
    public static IColormap SignedColors { get; } = new CustomInterpolated(
        [Color.FromHex("#004B78"), Color.FromHex("#3D9BD6"), Color.FromHex("#BDBDBD"), Color.FromHex("#EE8A45"), Color.FromHex("#8F3C00")]);

    /// <summary>A thin dashed line to compare with, such as that of guessing.</summary>
    public static void AddGuide(Plot plot, Coordinates[] points)
    {
        // A path rather than a line between two points: of these SVG would get no dashes.
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(points);
        line.LineColor = Faint;
        line.LinePattern = LinePattern.Dashed;
        line.LineWidth = 1;
    }

    /// <summary>An empty plot in this style; empty texts leave out an axis' name.</summary>
    public static Plot NewPlot(string horizontal, string vertical)
    {
        _ = PictureFont.Registered;
        var plot = new Plot();
        plot.Font.Set(PictureFont.Name);
        plot.Axes.Title.IsVisible = false;

        // A picture may hold several plots and text of its own: none wipes out what is drawn already.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Axes.Color(Ink);
        plot.Axes.Bottom.Label.Text = horizontal;
        plot.Axes.Left.Label.Text = vertical;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.Bold = false;
            axis.Label.FontName = PictureFont.Name;
            axis.Label.FontSize = LabelSize;
            axis.TickLabelStyle.FontName = PictureFont.Name;
            axis.TickLabelStyle.FontSize = TickSize;
        }

        plot.Grid.MajorLineColor = Color.FromHex("#E4E4E4");
        plot.Axes.Bottom.TickGenerator = Ticks();
        plot.Axes.Left.TickGenerator = Ticks();
        plot.Legend.FontName = PictureFont.Name;
        plot.Legend.FontSize = TickSize;
        plot.Legend.FontColor = Ink;
        plot.Legend.SymbolWidth = 32;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(.85);
        return plot;
    }

    /// <summary>Ticks where they fall on round numbers.</summary>
    public static NumericAutomatic Ticks() => new() { LabelFormatter = Number };

    /// <summary>Ticks on whole numbers.</summary>
    public static NumericAutomatic WholeTicks() => new()
    {
        LabelFormatter = Number,
        IntegerTicksOnly = true,
        MinorTickGenerator = new EvenlySpacedMinorTickGenerator(1),
    };

    /// <summary>A number beside an axis: a decimal point in any culture, a minus sign rather than a hyphen.</summary>
    public static string Number(double value) =>
        value.ToString("0.##########", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A whole number with narrow spaces between thousands.</summary>
    public static string Count(long number) => number.ToString("#,0", Spaced).Replace('-', '−');

    /// <summary>Draws a plot into an area, with fixed room around it for the axes' names and numbers.</summary>
    /// <exception cref="NoRoomException">Nothing would be left for the plot.</exception>
    public static void Draw(Plot plot, SKCanvas canvas, PixelRect area, PixelPadding padding)
    {
        if (area.Width - padding.Horizontal < LeastSide || area.Height - padding.Vertical < LeastSide)
        {
            throw new NoRoomException();
        }

        FitName(plot.Axes.Bottom, area.Width - padding.Horizontal + (2 * Math.Min(NameReach, Math.Min(padding.Left, padding.Right))));
        FitName(plot.Axes.Left, area.Height - padding.Vertical + (2 * Math.Min(NameReach, Math.Min(padding.Top, padding.Bottom))));
        Render(plot, canvas, area, padding);
    }

    // An axis' name stands at the plot's middle and must not reach into what is beside it: smaller, and what is too long all the same is cut.
    private static void FitName(IAxis axis, float room)
    {
        float width = PictureText.WidthOf(axis.Label.Text, LabelSize);
        if (width > room)
        {
            axis.Label.FontSize = Math.Max(LeastLabelSize, LabelSize * room / width);
            axis.Label.Text = PictureText.Cut(axis.Label.Text, room, axis.Label.FontSize);
        }
    }

    /// <summary><see cref="Draw"/> for what may be small, like a colour bar.</summary>
    public static void Render(Plot plot, SKCanvas canvas, PixelRect area, PixelPadding padding)
    {
        plot.Layout.Fixed(padding);
        Measure(plot, area);
        MakeSettable(plot);
        plot.Render(canvas, area);
    }

    // ScottPlot draws a plot again where its limits changed, always so the first time. That time finds limits, layout and ticks, and draws nothing.
    private static void Measure(Plot plot, PixelRect area)
    {
        List<IRenderAction> actions = plot.RenderManager.RenderActions;
        int measuring = actions.FindIndex(action => action is RegenerateTicks) + 1;
        IRenderAction[] drawing = [.. actions.Skip(measuring)];
        actions.RemoveRange(measuring, drawing.Length);
        using var nowhere = new SKNoDrawCanvas((int)area.Right, (int)area.Bottom);
        plot.Render(nowhere, area);
        actions.AddRange(drawing);
    }

    // Names that come from users may have any characters; every text of a plot goes through here, once its ticks are known.
    private static void MakeSettable(Plot plot)
    {
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.Label.Text = PictureText.Settable(axis.Label.Text);
            if (axis.TickGenerator is NumericManual named)
            {
                var settable = new NumericManual();
                foreach (Tick tick in named.Ticks)
                {
                    settable.Add(new Tick(tick.Position, PictureText.Settable(tick.Label), tick.IsMajor));
                }

                axis.TickGenerator = settable;
            }
        }

        foreach (IPlottable plottable in plot.PlottableList)
        {
            if (plottable is IHasLegendText item)
            {
                item.LegendText = PictureText.Settable(item.LegendText);
            }

            if (plottable is ScottPlot.Plottables.Text text)
            {
                text.LabelText = PictureText.Settable(text.LabelText);
            }
        }
    }
}
