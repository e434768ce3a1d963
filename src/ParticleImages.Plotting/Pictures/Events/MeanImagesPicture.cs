using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting;

/// <summary>
/// The mean image of each class beside the other, photons left: the energy of each pixel in GeV an event on one logarithmic colour scale. A pixel in which no event
/// has energy is blank. About 810 × 570 pixels for square images, unless set.
/// </summary>
/// <remarks>Made by <see cref="Picture.MeanImages"/>. Immutable; verbs give copies.</remarks>
public sealed class MeanImagesPicture : StyledPicture<MeanImagesPicture>
{
    private const float Heading = 34;
    private const float Side = 352;
    private const float LeastSide = 200;

    private readonly EventDistributions distributions;

    private MeanImagesPicture(EventDistributions distributions, PictureFrame frame)
        : base(frame) => this.distributions = distributions;

    private protected override (int Width, int Height) DefaultSize
    {
        get
        {
            (int width, int height) = ImageGrid.SizeFor(distributions.Shape, columns: 2, count: 2, Heading, Side);
            return (width, height + Frame.TitleHeight);
        }
    }

    internal static MeanImagesPicture Of(EventDistributions distributions) =>
        new(DistributionData.Checked(distributions), PictureFrame.Default);

    private protected override MeanImagesPicture With(PictureFrame frame) => new(distributions, frame);

    private protected override void Draw(SKCanvas canvas, PixelRect area)
    {
        ImageGrid grid = ImageGrid.Within(area, distributions.Shape, columns: 2, count: 2, Heading, LeastSide);
        ClassDistributions[] classes = [distributions.Photons, distributions.Electrons];
        List<HitValue>[] means = [.. classes.Select(ValuesOf)];
        double[] values = [.. means.SelectMany(mean => mean).Select(pixel => pixel.Value)];
        ColorScale? scale = values.Length > 0 ? ColorScale.Logarithmic(values) : null;
        for (int i = 0; i < classes.Length; i++)
        {
            PictureText.Fit(canvas, $"{ParticleLabel.NameOf(i)}s, mean of {PictureStyle.Count(classes[i].Events)} {(classes[i].Events == 1 ? "event" : "events")}", grid.Heading(i), PictureStyle.LabelSize);
            (PixelRect room, PixelPadding axes) = grid.Panel(i);
            ImagePanel.Draw(canvas, room, axes, distributions.Shape, means[i], scale, grid.HasColumns(i), grid.HasRows(i));
            if (means[i].Count == 0)
            {
                PictureText.Fit(canvas, classes[i].Events == 0 ? "no events" : "no energy above 0", grid.Cells(i), PictureStyle.TickSize);
            }
        }

        if (scale is not null)
        {
            using Plot bar = scale.Bar("Mean energy (GeV an event)");
            (PixelRect barArea, PixelPadding padding) = grid.Bar;
            PictureStyle.Render(bar, canvas, barArea, padding);
        }
    }

    private List<HitValue> ValuesOf(ClassDistributions events)
    {
        var values = new List<HitValue>();
        for (int pixel = 0; pixel < events.MeanEnergies.Length; pixel++)
        {
            if (events.MeanEnergies[pixel] > 0)
            {
                values.Add(new HitValue(pixel / distributions.Shape.Width, pixel % distributions.Shape.Width, events.MeanEnergies[pixel]));
            }
        }

        return values;
    }
}
