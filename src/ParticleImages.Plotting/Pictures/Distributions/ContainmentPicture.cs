using ParticleImages.Plotting.Drawing;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The mean share of the events' energy in a central crop against the crop's size, with the error of the mean, for both classes; below it electrons divided by
/// photons. 760 × 640 pixels unless set.
/// </summary>
/// <remarks>Made by <see cref="Picture.Containment"/>. Immutable; verbs give copies.</remarks>
public sealed class ContainmentPicture : StyledPicture<ContainmentPicture>
{
    private readonly EventDistributions distributions;

    private ContainmentPicture(EventDistributions distributions, PictureFrame frame)
        : base(frame) => this.distributions = distributions;

    private protected override (int Width, int Height) DefaultSize => (760, 640);

    internal static ContainmentPicture Of(EventDistributions distributions) =>
        new(DistributionData.Checked(distributions), PictureFrame.Default);

    private protected override ContainmentPicture With(PictureFrame frame) => new(distributions, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        ClassDistributions[] classes = [.. DistributionData.ClassesOf(distributions).Where(events => events.Containment.Count > 0)];
        LineLegend.Entry[] legend = [.. classes.Select(events => DistributionData.EntryOf(events) with { Marker = MarkerShape.FilledCircle })];
        using Plot plot = PictureStyle.NewPlot("Crop (pixels a side)", "Share of energy in the crop");
        if (classes.Length == 0)
        {
            plot.Axes.Bottom.TickGenerator = new EmptyTickGenerator();
            Panel.Draw(canvas, area, plot, legend, Math.Min(distributions.Shape.Height, distributions.Shape.Width) < 2 ? "no crop fits into the image" : "no energy above 0");
            return;
        }

        foreach (ClassDistributions events in classes)
        {
            Color color = DistributionData.ColorOf(events.Label);
            plot.PlottableList.Add(new ErrorBars(
                [
                    .. events.Containment.Select(crop => new ErrorBar(
                        crop.Size, crop.Share.Value - (crop.Share.StandardError ?? 0), crop.Share.Value + (crop.Share.StandardError ?? 0))),
                ],
                color));
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(
                events.Containment.Select(crop => new Coordinates(crop.Size, crop.Share.Value)).ToArray(), color);
            line.LineWidth = PictureStyle.LineWidth;
            line.MarkerSize = 7;
        }

        (double low, double high) = Panel.Around(classes.SelectMany(events => events.Containment).Select(crop => crop.Share.Value));
        plot.Axes.SetLimits(1, classes[0].Containment[^1].Size + 1, low, Math.Max(high, 1.02));
        plot.Axes.Bottom.TickGenerator = PictureStyle.WholeTicks();
        NumericAutomatic ticks = PictureStyle.Ticks();
        ticks.TargetTickCount = 6;
        plot.Axes.Left.TickGenerator = ticks;
        RatioPanels.Draw(canvas, area, plot, legend, classes.Length < 2 ? null : Ratios(classes[1].Containment, classes[0].Containment));
    }

    // Of two independent means; where a mean has no error, because it is of one event, neither has the ratio.
    private static RatioPoint[] Ratios(IReadOnlyList<CropShare> electrons, IReadOnlyList<CropShare> photons) =>
    [
        .. electrons.Zip(photons)
            .Where(pair => pair.First.Share.Value > 0 && pair.Second.Share.Value > 0)
            .Select(pair =>
            {
                double ratio = pair.First.Share.Value / pair.Second.Share.Value;
                return new RatioPoint(pair.First.Size, ratio, RelativeError(pair.First.Share) is { } first && RelativeError(pair.Second.Share) is { } second ? ratio * Math.Sqrt((first * first) + (second * second)) : null);
            }),
    ];

    private static double? RelativeError(Estimate share) => share.StandardError / share.Value;
}
