using ParticleImages.Reports.Contents;

namespace ParticleImages.Reports.Figures;

/// <summary>A figure as it stands in a page.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Image">The picture; null where it cannot be drawn.</param>
/// <param name="Description">What it shows, or why it is not there.</param>
internal sealed record DrawnFigure(Figure Figure, FigureImage? Image, string Description)
{
    public static DrawnFigure Of(Figure figure, ReportContent content)
    {
        try
        {
            return new DrawnFigure(figure, FigureImage.Of(figure.Draw(content)), figure.Describe(content));
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return new DrawnFigure(figure, null, $"Not drawn: {problem.Message}");
        }
    }
}
