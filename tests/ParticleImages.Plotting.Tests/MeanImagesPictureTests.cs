using ParticleImages.Plotting.Drawing;
using ScottPlot;
using SkiaSharp;

namespace ParticleImages.Plotting.Tests;

public class MeanImagesPictureTests
{
    private static readonly ImageShape Small = new(4, 6);

    [Fact]
    public void A_pixel_has_the_colour_of_its_mean_and_one_without_energy_is_blank()
    {
        // Photons: 1 GeV once in two events. Electrons: 5 GeV in one.
        MeanImagesPicture picture = Picture.MeanImages(Of([0, 0, 1], (0, 1, 2, 0.02f, 0f), (2, 3, 5, 0.1f, 0f)));
        using Drawn drawn = Drawn.Of(picture);
        ImageGrid grid = ImageGrid.Within(new PixelRect(0, drawn.Size.Width, drawn.Size.Height, 0), Small, columns: 2, count: 2, heading: 34, leastSide: 64);
        ColorScale scale = ColorScale.Logarithmic([0.02f * 50 / 2, 0.1f * 50]);
        Assert.Equal(scale.ColorOf(0.5).ToSKColor(), At(0, 1, 2));
        Assert.Equal(scale.ColorOf(5).ToSKColor(), At(1, 3, 5));
        Assert.Equal(SKColors.White, At(0, 3, 5));
        Assert.Equal(SKColors.White, At(1, 1, 2));

        SKColor At(int panel, int row, int column)
        {
            PixelRect cells = grid.Cells(panel);
            float cell = cells.Width / Small.Width;
            return drawn[(int)(cells.Left + ((column + 0.5f) * cell)), (int)(cells.Bottom - ((row + 0.5f) * cell))];
        }
    }

    [Fact]
    public void A_class_without_events_or_energy_says_so()
    {
        string[] texts = Svg.Of(Picture.MeanImages(Of([1]))).Texts;
        Assert.Contains("no events", texts);
        Assert.Contains("no energy above 0", texts);
        Assert.Contains("photons, mean of 0 events", texts);
        Assert.DoesNotContain("Mean energy (GeV an event)", texts);
    }

    [Fact]
    public void No_events_at_all_are_refused_by_every_picture_of_distributions()
    {
        EventDistributions none = Of([]);
        Func<EventDistributions, Picture>[] pictures =
            [Picture.MeanImages, Picture.EnergySpectrum, Picture.AbsoluteTimes, Picture.HitsAnEvent, Picture.Containment];
        Assert.All(pictures, picture => Assert.Contains("no event", Assert.Throws<ArgumentException>(
            "distributions", () => picture(none)).Message, StringComparison.Ordinal));
        Assert.All(pictures, picture => Assert.Throws<ArgumentNullException>("distributions", () => picture(null!)));
    }

    private static EventDistributions Of(int[] labels, params (int Event, int Row, int Column, float Energy, float Time)[] hits) =>
        EventDistributions.Of(EventSource.FromBatch(Samples.Batch(Small, labels, hits)));
}
