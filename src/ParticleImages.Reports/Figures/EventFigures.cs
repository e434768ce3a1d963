using ParticleImages.Plotting;

namespace ParticleImages.Reports.Figures;

/// <summary>The pictures of the events.</summary>
internal static class EventFigures
{
    public static IReadOnlyList<Figure> All { get; } =
    [
        new(
            "images",
            "Images",
            content => content.Events is { Examples.Count: > 0 },
            _ => "The first events of each class, a row each, photons above electrons: the energy of every hit on the left, on a logarithmic colour scale, and its time on the right.",
            content => Picture.Events(content.Events!.Examples)),
    ];
}
