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
    private readonly int? levels;

    private ColorScale(IColormap colors, bool isLogarithmic, double low, double high, int? levels = null)
    {
        this.colors = colors;
        this.isLogarithmic = isLogarithmic;
        this.low = low;
        this.high = high;
        this.levels = levels;
    }

    /// <summary>The lowest and highest value that has a colour of its own.</summary>
    public (double Low, double High) Range =>
        isLogarithmic ? (Math.Pow(10, low), Math.Pow(10, high)) : (low, high);

    /// <summary>Decades of positive values; what adds up to more than float32 holds has the last colour.</summary>
    public static ColorScale Logarithmic(IReadOnlyCollection<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(float.MaxValue)];
        double low = Math.Log10(finite.Min()), high = Math.Log10(finite.Max());

        // One value alone gets a bar around it, a factor of two to either side.
        double margin = high > low ? 0 : Math.Log10(2);
        return new ColorScale(PictureStyle.AmountColors, isLogarithmic: true, low - margin, high + margin);
    }

    /// <summary>
    /// Values between two ends, the one at the end named in the darkest colour; a range without extent has a bar around it. With levels, values of one step have one colour.
    /// Of a logarithmic scale the ends are logarithms to base 10.
    /// </summary>
    public static ColorScale Between(double low, double high, bool isLowDark, int? levels = null, bool isLogarithmic = false)
    {
        double margin = high > low ? 0 : isLogarithmic ? Math.Log10(2) : Math.Max(Math.Abs(low) * 0.05, 1e-6);
        IColormap colors = isLowDark ? new Reversed(PictureStyle.AmountColors) : PictureStyle.AmountColors;
        return new ColorScale(colors, isLogarithmic, low - margin, high + margin, levels);
    }

    /// <summary>Values of either sign, zero in the middle.</summary>
    public static ColorScale Symmetric(IReadOnlyCollection<double> values)
    {
        double reach = values.Max(Math.Abs);
        reach = reach > 0 ? reach : 1;
        return new ColorScale(PictureStyle.SignedColors, isLogarithmic: false, -reach, reach);
    }

    public Color ColorOf(double value) => ColorAt(ShareOf(value));

    /// <summary>Where a value stands on the bar, from 0 at its low end to 1 at its high end; values beyond stand at the ends.</summary>
    public double ShareOf(double value)
    {
        double place = isLogarithmic ? Math.Log10(value) : value;
        return Math.Clamp((place - low) / (high - low), 0, 1);
    }

    /// <summary>The colour of a place on the bar, 0 to 1.</summary>
    public Color ColorAt(double share) => colors.GetColor(levels is { } steps ? (Math.Min((int)(share * steps), steps - 1) + 0.5) / steps : share);

    /// <summary>The bar: a plot of the colours over an axis of values.</summary>
    public Plot Bar(string name)
    {
        Plot plot = PictureStyle.NewPlot(name, "");
        int steps = levels ?? Steps;
        double step = (high - low) / steps;
        var limits = new AxisLimits(low, high, 0, 1);

        // Every step reaches to the end, under the next ones: there are no seams at any scale.
        plot.PlottableList.Add(new CellMap(
            [.. Enumerable.Range(0, steps).Select(i => new Cell(low + (i * step), high, 0, 1, colors.GetColor((i + 0.5) / steps)))],
            limits));
        plot.Axes.SetLimits(limits);
        plot.HideGrid();
        plot.Axes.Left.TickGenerator = new EmptyTickGenerator();
        plot.Axes.Bottom.TickGenerator = isLogarithmic ? DecadeTicks.Between(low, high) : LinearTicks();
        return plot;
    }

    private NumericAutomatic LinearTicks()
    {
        NumericAutomatic ticks = ValueTicks.Between(low, high);
        ticks.TargetTickCount = 5;
        return ticks;
    }
}
