using ScottPlot;

namespace ParticleImages.Plotting.Drawing;

/// <summary>What pictures of distributions ask of their data, and how they call the classes.</summary>
internal static class DistributionData
{
    /// <exception cref="ArgumentException">There is no event at all.</exception>
    public static EventDistributions Checked(EventDistributions distributions)
    {
        ArgumentNullException.ThrowIfNull(distributions);
        return distributions.Photons.Events + distributions.Electrons.Events > 0
            ? distributions
            : throw new ArgumentException("The distributions are of no event. Collect them from one at least.", nameof(distributions));
    }

    /// <summary>The classes that have events, photons first.</summary>
    public static ClassDistributions[] ClassesOf(EventDistributions distributions) =>
        [.. new[] { distributions.Photons, distributions.Electrons }.Where(events => events.Events > 0)];

    /// <summary>The colour of a class.</summary>
    public static Color ColorOf(int label) => PictureStyle.LineColors[label];

    /// <summary>A class in a legend, for example <c>photons: 10 000 events</c>.</summary>
    public static LineLegend.Entry EntryOf(ClassDistributions events) => new(
        $"{ParticleLabel.NameOf(events.Label)}s: {PictureStyle.Count(events.Events)} {(events.Events == 1 ? "event" : "events")}",
        ColorOf(events.Label),
        LinePattern.Solid,
        MarkerShape.None);
}
