using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace ParticleImages.Plotting;

/// <summary>A parameter's values beside the axis of a plot: level where they fit, slanting and cut where they do not.</summary>
internal static class ParameterTicks
{
    private const float Level = 22;
    private const float NameBand = 28;
    private const float MostSlanted = 96;
    private const float Slant = 35;
    private const float Gap = 10;

    /// <summary>What is beyond the ends, so that marks there are whole.</summary>
    private const double Margin = 0.04;

    /// <summary>Sets the ticks of the lower axis.</summary>
    /// <returns>How high a band below the plot numbers and name take.</returns>
    public static float SetHorizontal(Plot plot, ParameterAxis axis, float width)
    {
        IReadOnlyList<(double Place, string Name)> ticks = Fitting(axis, width);
        bool fits = Fit(ticks, width);
        plot.Axes.SetLimitsX(-Margin, 1 + Margin);
        string[] names = Cut(ticks, fits ? width : MostSlanted);
        plot.Axes.Bottom.TickGenerator = Manual(ticks, names);
        if (fits)
        {
            return Level + NameBand;
        }

        plot.Axes.Bottom.TickLabelStyle.Rotation = -Slant;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        return NameBand + 16 + (WidestOf(names) * MathF.Sin(Slant * MathF.PI / 180));
    }

    /// <summary>Sets the ticks of the left axis.</summary>
    /// <returns>How wide a band numbers and name take.</returns>
    public static float SetVertical(Plot plot, ParameterAxis axis, float height)
    {
        IReadOnlyList<(double Place, string Name)> ticks = axis.Ticks((int)Math.Clamp(height / 70, 2, 8));
        plot.Axes.SetLimitsY(-Margin, 1 + Margin);
        string[] names = Cut(ticks, MostSlanted);
        plot.Axes.Left.TickGenerator = Manual(ticks, names);
        return NameBand + 20 + WidestOf(names);
    }

    private static IReadOnlyList<(double Place, string Name)> Fitting(ParameterAxis axis, float width)
    {
        int about = (int)Math.Clamp(width / 45, 2, 8);
        while (about > 2 && !Fit(axis.Ticks(about), width))
        {
            about--;
        }

        return axis.Ticks(about);
    }

    // No name reaches into the room of the next.
    private static bool Fit(IReadOnlyList<(double Place, string Name)> ticks, float width)
    {
        float scale = width / (float)(1 + (2 * Margin));
        float[] halves = [.. ticks.Select(tick => PictureText.WidthOf(tick.Name, PictureStyle.TickSize) / 2)];
        return Enumerable.Range(0, Math.Max(0, ticks.Count - 1)).All(i => Math.Abs(ticks[i + 1].Place - ticks[i].Place) * scale >= halves[i] + halves[i + 1] + Gap);
    }

    private static string[] Cut(IReadOnlyList<(double Place, string Name)> ticks, float room) => DistinctNames.Cut(ticks.Select(tick => tick.Name), room, PictureStyle.TickSize);

    private static float WidestOf(string[] names) => names.Max(name => PictureText.WidthOf(name, PictureStyle.TickSize));

    private static NumericManual Manual(IReadOnlyList<(double Place, string Name)> ticks, string[] names) => new([.. ticks.Select(tick => tick.Place)], names);
}
