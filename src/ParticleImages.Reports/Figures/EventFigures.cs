using ParticleImages.Plotting;
using ParticleImages.Reports.Contents;

namespace ParticleImages.Reports.Figures;

/// <summary>The pictures of the events.</summary>
internal static class EventFigures
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        new(
            "images",
            "Images",
            HasEvents,
            _ => "The first events of each class, a row each, photons above electrons: the energy of every hit on the left, on a logarithmic colour scale, and its time on the right.",
            content => Picture.Events(content.Events!.Examples).Numbered([.. content.Events.ExampleRows])),
        new(
            "mean-images",
            "Mean images",
            HasEvents,
            content => $"The mean energy of every pixel by class, on a logarithmic colour scale, over {Looked(content)} events.",
            content => Picture.MeanImages(content.Events!.Distributions)),
        new(
            "spectrum",
            "Energies of the hits",
            HasEvents,
            content => $"How many hits have which energy in GeV, by class, with statistical errors and the ratio of electrons to photons below; {Looked(content)} events.",
            content => Picture.EnergySpectrum(content.Events!.Distributions)),
        new(
            "times",
            "Absolute times of the hits",
            HasEvents,
            content => $"How many hits have which absolute time in ns, by class, with statistical errors and the ratio of electrons to photons below; {Looked(content)} events.",
            content => Picture.AbsoluteTimes(content.Events!.Distributions)),
        new(
            "hits",
            "Hits an event",
            HasEvents,
            content => $"How many events have how many hits, by class; {MeanHits(content.Events!.Distributions)}.",
            content => Picture.HitsAnEvent(content.Events!.Distributions)),
        new(
            "containment",
            "Containment",
            HasEvents,
            _ => "The share of the energy that lies in a central crop of n × n pixels against n, by class.",
            content => Picture.Containment(content.Events!.Distributions)),
        new(
            "cuts",
            "Cut flow",
            HasBinning,
            _ => "What each cut leaves of the events, hits and energy, by class.",
            content => Picture.CutFlow(content.Events!.CutsOf(content.Model!.Voxelizer))),
        new(
            "space-time",
            "An event in space and time",
            HasEvents,
            _ => "The hits of the first event over rows, columns and time; size and colour grow with the energy.",
            content => Picture.SpaceTime(content.Events!.Examples, 0).Numbered(content.Events.ExampleRows[0])),
        new(
            "projections",
            "The same event as the network sees it",
            HasBinning,
            _ => "The voxels of the first event, cut and binned, seen from three sides: rows and columns, rows and time, columns and time.",
            content => Picture.Projections(content.Model!.Voxelizer, content.Events!.Examples, 0).Numbered(content.Events.ExampleRows[0])),
        new(
            "frames",
            "Frame by frame",
            HasBinning,
            _ => "The voxels of the first event, a frame for each interval of time, on one logarithmic colour scale.",
            content => Picture.Movie(content.Model!.Voxelizer, content.Events!.Examples, 0).Numbered(content.Events.ExampleRows[0])),
    ];

    private static object[]? HasEvents(ReportContent content) => content.Events is { Examples.Count: > 0 } events ? [events] : null;

    private static object[]? HasBinning(ReportContent content) => HasEvents(content) is [var events] && content.Model is { } model ? [events, model] : null;

    // Of a class that is not there is no mean.
    private static string MeanHits(EventDistributions events)
    {
        string[] means =
        [
            .. new[] { ("photons", events.Photons), ("electrons", events.Electrons) }
                .Where(one => one.Item2.Events > 0).Select(one => FormattableString.Invariant($"{(double)one.Item2.Hits / one.Item2.Events:F1} in {one.Item1}")),
        ];
        return $"the {(means.Length == 1 ? "mean is" : "means are")} {string.Join(" and ", means)}";
    }

    private static string Looked(ReportContent content) => FormattableString.Invariant($"{content.Events!.LookedAt.Count}");
}
