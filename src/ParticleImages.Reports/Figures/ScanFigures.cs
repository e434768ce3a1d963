namespace ParticleImages.Reports.Figures;

/// <summary>The pictures of a scan, in the order in which they stand in a report.</summary>
internal static class ScanFigures
{
    public static IReadOnlyList<Figure> All { get; } = [];
}
