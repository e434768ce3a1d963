using ParticleImages.Plotting.Drawing;
using ParticleImages.Voxelization;

namespace ParticleImages.Plotting.Tests;

public class CutFlowPictureTests
{
    private static readonly ImageShape Small = new(4, 6);

    // Of the photons' four hits the energy cut leaves one; electrons have none.
    private static readonly CutFlow Flow = Voxelizer.Over(TimeAxis.Regular(-1, 1, 2)).KeepEnergyAbove(0.5).CountCuts(HitEvents.From(Samples.Batch(
        Small, [0, 0, 1], (0, 0, 0, 1f, 0f), (0, 0, 1, 0.1f, 0f), (1, 0, 0, 0.2f, 0f), (1, 0, 1, 0.3f, 0f))));

    [Fact]
    public void Every_cut_tells_what_it_leaves_of_the_first_row()
    {
        string[] texts = Svg.Of(Picture.CutFlow(Flow)).Texts;
        Assert.Contains("all", texts);
        Assert.Contains("energy > 25 GeV", texts);
        Assert.Contains("2 time bins", texts);
        Assert.Equal(2, texts.Count(text => text == "25.0 %"));
        Assert.Equal(2, texts.Count(text => text == "50.0 %"));
        Assert.Equal(2, texts.Count(text => text == "62.5 %"));

        // Of no electrons' hits there is no share.
        Assert.Equal(6, texts.Count(text => text == "–"));
    }

    [Fact]
    public void Energies_and_cuts_are_in_GeV_and_ns()
    {
        CutFlow flow = Samples.Bins.CountCuts(HitEvents.From(Samples.TwoEvents));
        string[] texts = Svg.Of(Picture.CutFlow(flow)).Texts;
        Assert.Contains("Energy (GeV)", texts);
        Assert.Contains("energy > 0.25 GeV", texts);
        Assert.Contains("|time| < 5 ns", texts);

        // The photon's 0.9 units of 50 GeV.
        Assert.Contains("45", texts);

        texts = Svg.Of(Picture.CutFlow(flow).Units(1, 1).Title("units of one")).Texts;
        Assert.Contains("energy > 0.005 GeV", texts);
        Assert.Contains("|time| < 0.1 ns", texts);
        Assert.Contains("1.01", texts);
        Assert.Throws<ArgumentOutOfRangeException>("nanoseconds", () => Picture.CutFlow(flow).Units(1, 0));
    }

    [Fact]
    public void Bars_are_as_long_as_their_shares()
    {
        using Drawn drawn = Drawn.Of(Picture.CutFlow(Flow));
        int blue = drawn.Count(PictureStyle.LineColors[0].ToSKColor());

        // Events 1, 1, 1/2, 1/2; hits 1, 1, 1/4, 1/4; energy 1, 1, 5/8, 5/8 of the longest; it is 161 × 18 pixels.
        Assert.InRange(blue / (8.75 * 161 * 18), 0.97, 1.06);
        Assert.True(drawn.Count(PictureStyle.LineColors[1].ToSKColor()) > 100);
    }

    /// <summary>Photons of −1 unit in all, which have no bar and no shares; of electrons the cut leaves ten times as much as there was.</summary>
    [Fact]
    public void Energies_below_0_leave_no_bar_longer_than_the_longest_sum()
    {
        CutFlow flow = Voxelizer.Over(TimeAxis.Regular(-1, 1, 2)).KeepEnergyAbove(0.5).CountCuts(HitEvents.From(Samples.Batch(
            Small, [0, 1], (0, 0, 0, -1f, 0f), (1, 0, 0, 1f, 0f), (1, 0, 1, -0.9f, 0f))));
        Svg svg = Svg.Of(Picture.CutFlow(flow));
        Assert.Contains("−50", svg.Texts);
        Assert.Equal(2, svg.Texts.Count(text => text == "1000.0 %"));
        Assert.DoesNotContain(svg.Texts, text => text.StartsWith("−0", StringComparison.Ordinal));

        // Energies are the last column; a bar of no length is not there.
        (double X, double Y, double Width, double Height)[] electrons = [.. svg.Boxes(PictureStyle.LineColors[1]).TakeLast(flow.Rows.Count / 2)];
        Assert.DoesNotContain(svg.Boxes(PictureStyle.LineColors[0]), box => box.X == electrons[0].X);
        Assert.Equal(10, electrons[^1].Width / electrons[0].Width, 0.1);
    }

    [Fact]
    public void The_longest_name_of_a_cut_stays_within_the_picture()
    {
        CutFlow flow = Samples.Bins.Crop(4, 16, 16).KeepEnergyAbove(0.12345678901234567).CountCuts(HitEvents.From(Samples.TwoEvents));
        using Drawn drawn = Drawn.Of(Picture.CutFlow(flow));
        Assert.Equal(0, drawn.Ink(right: 8));
        Assert.Contains("4 × 4 around row 16 column 16", Svg.Of(Picture.CutFlow(flow)).Texts);
    }

    [Fact]
    public void Cuts_of_no_events_are_drawn_too()
    {
        CutFlow none = Samples.Bins.CountCuts(HitEvents.From(Samples.Batch(Small, [])));
        Assert.Contains("–", Svg.Of(Picture.CutFlow(none)).Texts);
    }

    [Fact]
    public void A_chart_without_room_is_refused()
    {
        Assert.Throws<ArgumentNullException>("flow", () => Picture.CutFlow(null!));
        using var folder = new TemporaryFolder();
        Assert.Contains("larger size", Assert.Throws<InvalidOperationException>(
            () => Picture.CutFlow(Flow).Size(300, 300).Save(folder["a.png"])).Message, StringComparison.Ordinal);
    }
}
