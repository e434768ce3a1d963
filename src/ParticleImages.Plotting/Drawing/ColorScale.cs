using ScottPlot;
using ScottPlot.Colormaps;
using ScottPlot.TickGenerators;

namespace ParticleImages.Plotting.Drawing;

/// <summary>Which colour a value has, and the bar that says so. The range is that of the data, both ends included.</summary>
internal sealed class ColorScale
{
    private const int Steps = 256;

    private readonly IColormap colors;
    private readonly bool isLogarithmic;

    // In the coordinates of the bar: the logarithm to base 10 of a logarithmic scale's values.
    private readonly double low;
    private readonly double high;

    private ColorScale(IColormap colors, bool isLogarithmic, double low, double high)
    {
        this.colors = colors;
        this.isLogarithmic = isLogarithmic;
        this.low = low;
        this.high = high;
    }

    /// <summary>The lowest and highest value that has a colour of its own.</summary>
    public (double Low, double High) Range =>
        isLogarithmic ? (Math.Pow(10, low), Math.Pow(10, high)) : (low, high);

    /// <summary>Decades of positive values.</summary>
    public static ColorScale Logarithmic(IReadOnlyCollection<double> values)
    {
        double low = Math.Log10(values.Min()), high = Math.Log10(values.Max());

        // One value alone gets a bar around it, a factor of two to either side.
        double margin = high > low ? 0 : Math.Log10(2);
        return new ColorScale(PictureStyle.AmountColors, isLogarithmic: true, low - margin, high + margin);
    }

    /// <summary>Values between two ends, the one at the end named in the darkest colour; a range without extent has a bar around it.</summary>
    public static ColorScale Linear(double low, double high, bool isLowDark)
    {
        double margin = high > low ? 0 : Math.Max(Math.Abs(low) * 0.05, 1e-6);
        IColormap colors = isLowDark ? new Reversed(PictureStyle.AmountColors) : PictureStyle.AmountColors;
        return new ColorScale(colors, isLogarithmic: false, low - margin, high + margin);
    }

    /// <summary>Values of either sign, zero in the middle.</summary>
    public static ColorScale Symmetric(IReadOnlyCollection<double> values)
    {
        double reach = values.Max(Math.Abs);
        reach = reach > 0 ? reach : 1;
        return new ColorScale(PictureStyle.SignedColors, isLogarithmic: false, -reach, reach);
    }

    public Color ColorOf(double value)
    {
        double place = isLogarithmic ? Math.Log10(value) : value;
        return colors.GetColor(Math.Clamp((place - low) / (high - low), 0, 1));
    }

    /// <summary>The bar: a plot of the colours over an axis of values.</summary>
    public Plot Bar(string name)
    {
        Plot plot = PictureStyle.NewPlot(name, "");
        double step = (high - low) / Steps;
        var limits = new AxisLimits(low, high, 0, 1);

        // Every step reaches to the end, under the next ones: there are no seams at any scale.
        plot.PlottableList.Add(new CellMap(
            [.. Enumerable.Range(0, Steps).Select(i => new Cell(low + (i * step), high, 0, 1, colors.GetColor((i + 0.5) / Steps)))],
            limits));
        plot.Axes.SetLimits(limits);
        plot.HideGrid();
        plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
        plot.Axes.Bottom.TickGenerator = isLogarithmic ? DecadeTicks.Between(low, high) : LinearTicks();
        return plot;
    }

    private static NumericAutomatic LinearTicks()
    {
        NumericAutomatic ticks = PictureStyle.Ticks();
        ticks.TargetTickCount = 5;
        return ticks;
    }
}
