using System.Globalization;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Figures;

/// <summary>Figures beside each other. One that cannot be drawn is a sentence with the reason: the others are still worth looking at.</summary>
internal static class FigureList
{
    public static bool Any(IEnumerable<Figure> figures, ReportContent content) => figures.Any(figure => figure.Applies(content));

    public static void Write(HtmlText html, IEnumerable<Figure> figures, ReportContent content)
    {
        html.Open("div", ("class", "figures")).Line();
        foreach (Figure figure in figures.Where(figure => figure.Applies(content)))
        {
            Write(html, figure, content);
        }

        html.Close().Line();
    }

    private static void Write(HtmlText html, Figure figure, ReportContent content)
    {
        FigureImage image;
        string description;
        try
        {
            image = FigureImage.Of(figure.Draw(content));
            description = figure.Describe(content);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            html.Open("figure", ("id", figure.Id)).Element("h3", figure.Heading)
                .Element("p", $"Not drawn: {problem.Message}", ("class", "missing"), ("dir", "auto")).Close().Line();
            return;
        }

        string text = HtmlText.WithoutDirections(description);
        html.Open("figure", ("id", figure.Id), ("class", image.IsWide ? "wide" : null)).Element("h3", figure.Heading)
            .Open("div", ("class", "picture"), ("data-box", figure.Id), ("role", "region"), ("aria-label", figure.Heading), ("tabindex", "0"))
            .Empty(
                "img",
                ("src", image.Address),
                ("alt", text),
                ("width", image.Width.ToString(CultureInfo.InvariantCulture)),
                ("height", image.Height.ToString(CultureInfo.InvariantCulture)))
            .Close()
            .Element("figcaption", text)
            .Close().Line();
    }
}
