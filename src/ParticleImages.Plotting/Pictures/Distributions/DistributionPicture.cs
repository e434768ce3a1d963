using System.Globalization;
using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The distribution of a quantity in both classes as steps over each other, an event's share each, with statistical errors √n; below it on the same axis electrons
/// divided by photons. Photons are blue, electrons vermilion. 760 × 640 pixels unless set; 1280 × 640 with the cumulative distribution beside it.
/// </summary>
/// <remarks>
/// Made by <see cref="Picture.EnergySpectrum"/>, <see cref="Picture.AbsoluteTimes"/> and <see cref="Picture.HitsAnEvent"/>. With one class alone there is no ratio; a bin that
/// is empty in either class has none; a triangle at the panel's edge stands for a ratio beyond it. Bins of one width are joined, by a power of two, until 64 at most are in sight.
/// Immutable; verbs give copies.
/// </remarks>
public sealed class DistributionPicture : StyledPicture<DistributionPicture>
{
    private const int MostBins = 64;
    private const int MostCumulative = 512;

    private readonly EventDistributions distributions;
    private readonly DistributionView view;
    private readonly double? end;

    private DistributionPicture(EventDistributions distributions, DistributionView view, double? end, PictureFrame frame)
        : base(frame)
    {
        this.distributions = distributions;
        this.view = view;
        this.end = end;
    }

    private protected override (int Width, int Height) DefaultSize => (view.Cumulative.Length > 0 ? 1280 : 760, 640);

    /// <summary>Ends the axis of the quantity early: to see what happens at small values where a few are very large. Shares stay those of all.</summary>
    /// <param name="value">The last value in sight, in the unit of the axis, finite and above 0; without it, the default, the axis ends at the last bin that is filled.</param>
    /// <returns>A copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    public DistributionPicture UpTo(double value) => value > 0 && double.IsFinite(value)
        ? new DistributionPicture(distributions, view, value, Frame)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The last value in sight is a finite number above 0.");

    internal static DistributionPicture Of(EventDistributions distributions, DistributionView view) =>
        new(DistributionData.Checked(distributions), view, null, PictureFrame.Default);

    private protected override DistributionPicture With(PictureFrame frame) => new(distributions, view, end, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        ClassDistributions[] classes = DistributionData.ClassesOf(distributions);
        (Histogram[] histograms, int first, int last) = Visible(classes);
        LineLegend.Entry[] legend = [.. classes.Select(DistributionData.EntryOf)];
        area = PictureNotice.DrawBelow(canvas, OutOfSight(histograms, last), area);
        if (histograms.All(histogram => histogram.Counts[first..last].IndexOfAnyExcept(0L) < 0))
        {
            using Plot empty = PictureStyle.NewPlot(view.Quantity, "");
            empty.Axes.Bottom.TickGenerator = new EmptyTickGenerator();
            string none = histograms.Any(histogram => histogram.Below > 0) ? $"no hits above 0 {view.Unit}" : "no hits";
            Panel.Draw(canvas, area, empty, legend, end is null ? none : string.Create(CultureInfo.InvariantCulture, $"no {view.Counted(2)} up to {end}"));
            return;
        }

        float middle = view.Cumulative.Length > 0 ? area.HorizontalCenter : area.Right;
        using Plot plot = PictureStyle.NewPlot(view.Quantity, view.Entries + Width(histograms[0]));
        double[] places = [.. histograms[0].Edges[first..(last + 1)].ToArray().Select(view.PlaceOf)];
        AddSteps(plot, classes, histograms, places, first);
        RatioPanels.Draw(
            canvas, new PixelRect(area.Left, middle, area.Bottom, area.Top), plot, legend, classes.Length < 2 ? null : Ratios(classes, histograms, places, first));
        if (view.Cumulative.Length > 0)
        {
            DrawCumulative(canvas, new PixelRect(middle, area.Right, area.Bottom, area.Top), classes, places[^1], legend);
        }
    }

    // The classes' histograms with the bins that are shown: from the first to before the last.
    private (Histogram[] Histograms, int First, int Last) Visible(ClassDistributions[] classes)
    {
        Histogram[] histograms = [.. classes.Select(view.HistogramOf)];
        int last = Shown(histograms);
        if (!view.IsLogarithmic)
        {
            int factor = 1;
            while (last > MostBins * factor && histograms[0].Bins > factor)
            {
                factor *= 2;
            }

            histograms = [.. histograms.Select(histogram => histogram.Rebin(factor))];
            last = Shown(histograms);
        }

        int first = 0;
        while ((view.IsLogarithmic || view.IsWhole) && first < last && histograms.All(histogram => histogram.Counts[first] == 0))
        {
            first++;
        }

        return (histograms, first, last);
    }

    private int Shown(Histogram[] histograms)
    {
        int last = histograms.Max(histogram => histogram.Counts.LastIndexOfAnyExcept(0L)) + 1;
        while (last > 0 && IsBeyond(histograms[0].Edges[last - 1]))
        {
            last--;
        }

        return last;

        // A bin of whole numbers holds its lower edge, which may be the last in sight.
        bool IsBeyond(double edge) => view.IsWhole ? edge > end : edge >= end;
    }

    // What the axis does not reach: energies below 0, which have no logarithm, and what lies beyond its end.
    private string OutOfSight(Histogram[] histograms, int last)
    {
        long below = histograms.Sum(histogram => histogram.Below), beyond = histograms.Sum(histogram => histogram.Above + histogram.Counts[last..].ToArray().Sum());
        double edge = histograms[0].Edges[last];
        string reach = view.IsWhole ? $"with {PictureStyle.Count((long)edge)} hits or more" : $"of {ShortNumber.Of(edge)} {view.Unit} or more";
        string[] parts =
        [
            .. below > 0 ? [$"{PictureStyle.Count(below)} {view.Counted(below)} below 0 {view.Unit}"] : Array.Empty<string>(),
            .. beyond > 0 ? [$"{PictureStyle.Count(beyond)} {view.Counted(beyond)} {reach}"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "" : $"not in sight: {string.Join(", ", parts)}";
    }

    private string Width(Histogram histogram)
    {
        double width = histogram.Edges[1] - histogram.Edges[0];

        // Widths are powers of two: those of fractions are written as they are.
        return view.IsLogarithmic || (view.IsWhole && width == 1) ? "" : $" / {ShortNumber.Of(width, digits: width < 1 ? 10 : 3)} {view.Unit}";
    }

    private void AddSteps(Plot plot, ClassDistributions[] classes, Histogram[] histograms, double[] places, int first)
    {
        StepHistogram[] steps =
        [
            .. histograms.Select((histogram, i) => new StepHistogram(
                places,
                [.. Enumerable.Range(first, places.Length - 1).Select(bin => (double)histogram.Counts[bin] / classes[i].Events)],
                [.. Enumerable.Range(first, places.Length - 1).Select(bin => histogram.Error(bin) / classes[i].Events)],
                Floor: null)),
        ];
        double highest = steps.Max(step => step.Values.Zip(step.Errors, (value, error) => value + error).Max());
        (double low, double high) = (0, 1.08 * highest);
        if (view.HasLogarithmicEntries)
        {
            // Below the smallest step, so that it stands on something.
            low = Math.Log10(steps.SelectMany(step => step.Values).Where(value => value > 0).DefaultIfEmpty(highest).Min()) - 0.3;
            high = Math.Log10(highest) + 0.2;
            plot.Axes.Left.TickGenerator = DecadeTicks.Between(low, high);
        }
        else
        {
            plot.Axes.Left.TickGenerator = FewTicks();
        }

        for (int i = 0; i < steps.Length; i++)
        {
            StepHistogram drawn = steps[i] with { Floor = view.HasLogarithmicEntries ? low - 1 : null };
            drawn.AddLine(plot, DistributionData.ColorOf(classes[i].Label));
            drawn.AddErrors(plot, DistributionData.ColorOf(classes[i].Label));
        }

        plot.Axes.SetLimits(places[0], places[^1], low, high);
        plot.Axes.Bottom.TickGenerator = view.IsWhole ? PictureStyle.WholeTicks()
            : view.IsLogarithmic ? DecadeTicks.Between(places[0], places[^1])
            : ValueTicks.Between(places[0], places[^1]);
    }

    private static RatioPoint[] Ratios(ClassDistributions[] classes, Histogram[] histograms, double[] places, int first)
    {
        IReadOnlyList<Estimate?> ratios = histograms[1].DividedBy(histograms[0], (double)classes[0].Events / classes[1].Events);
        return
        [
            .. Enumerable.Range(0, places.Length - 1)
                .Where(bin => ratios[first + bin] is not null)
                .Select(bin => new RatioPoint(
                    (places[bin] + places[bin + 1]) / 2, ratios[first + bin]!.Value.Value, ratios[first + bin]!.Value.StandardError!.Value)),
        ];
    }

    private static NumericAutomatic FewTicks()
    {
        NumericAutomatic ticks = PictureStyle.Ticks();
        ticks.TargetTickCount = 6;
        return ticks;
    }

    private void DrawCumulative(SKCanvas canvas, PixelRect area, ClassDistributions[] classes, double limit, LineLegend.Entry[] legend)
    {
        using Plot plot = PictureStyle.NewPlot(view.Quantity, view.Cumulative);
        foreach (ClassDistributions events in classes)
        {
            Histogram histogram = view.HistogramOf(events);
            double[] shares = histogram.CumulativeShares();
            int count = histogram.Edges.ToArray().Count(edge => edge <= limit);
            int every = Math.Max(1, count / MostCumulative);
            Coordinates[] points =
                [.. Enumerable.Range(0, count).Where(k => k % every == 0 || k == count - 1).Select(k => new Coordinates(histogram.Edges[k], shares[k]))];
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(points, DistributionData.ColorOf(events.Label));
            line.LineWidth = PictureStyle.LineWidth;
        }

        plot.Axes.SetLimits(0, limit, 0, 1.02);
        plot.Axes.Bottom.TickGenerator = ValueTicks.Between(0, limit);
        plot.Axes.Left.TickGenerator = FewTicks();
        RatioPanels.Draw(canvas, area, plot, legend, ratios: null);
    }
}
