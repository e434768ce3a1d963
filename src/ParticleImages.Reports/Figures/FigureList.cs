using System.Globalization;
using ParticleImages.Reports.Contents;
using ParticleImages.Reports.Page;

namespace ParticleImages.Reports.Figures;

/// <summary>Figures beside each other. One that cannot be drawn is a sentence with the reason: the others are still worth looking at.</summary>
internal static class FigureList
{
    public static bool Any(IEnumerable<Figure> figures, ReportContent content) => figures.Any(figure => figure.Applies(content));

    /// <param name="html">Where they are written.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="content">What they show.</param>
    /// <param name="areIndependent">Whether they may be drawn at the same time: not where they share a network.</param>
    public static void Write(HtmlText html, IEnumerable<Figure> figures, ReportContent content, bool areIndependent = false)
    {
        Figure[] shown = [.. figures.Where(figure => figure.Applies(content))];
        html.Open("div", ("class", "figures")).Line();
        foreach (DrawnFigure drawn in areIndependent ? shown.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(figure => content.Drawn.Of(figure, content)) : shown.Select(figure => content.Drawn.Of(figure, content)))
        {
            Write(html, drawn);
        }

        html.Close().Line();
    }

    private static void Write(HtmlText html, DrawnFigure drawn)
    {
        (Figure figure, FigureImage? image, string description) = drawn;
        if (image is null)
        {
            html.Open("figure", ("id", figure.Id)).Element("h3", figure.Heading).Element("p", description, ("class", "missing"), ("dir", "auto")).Close().Line();
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
