using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ScottPlot;

namespace ParticleImages.Plotting.Tests;

/// <summary>A picture as it came out: saved as SVG and read back.</summary>
internal sealed partial class Svg
{
    private readonly XElement root;

    private Svg(XElement root) => this.root = root;

    /// <summary>All texts, in the order in which they were drawn.</summary>
    public string[] Texts => [.. Named("text").Select(text => text.Value.Trim())];

    /// <summary>The same as one text: a notice may be on several lines.</summary>
    public string Words => string.Join(' ', Texts);

    public static Svg Of(Picture picture)
    {
        using var folder = new TemporaryFolder();
        picture.Save(folder["picture.svg"]);
        return new Svg(XDocument.Load(folder["picture.svg"]).Root!);
    }

    public IEnumerable<XElement> Elements => root.Descendants();

    /// <summary>Elements of a name, for example <c>rect</c>.</summary>
    public XElement[] Named(string name) => [.. Elements.Where(element => element.Name.LocalName == name)];

    /// <summary>Middles of the filled or open circles of a colour, whatever shines through; also those of the legend.</summary>
    public IReadOnlyList<(double X, double Y)> Circles(Color color) =>
        [.. Named("ellipse").Where(circle => Has(circle, "fill", color) || Has(circle, "stroke", color)).Select(circle => (Number(circle, "cx"), Number(circle, "cy")))];

    /// <summary>The lines of a colour, each as its points; also those of the legend.</summary>
    public IReadOnlyList<(double X, double Y)[]> Lines(Color color) => [.. Named("path").Where(path => Has(path, "stroke", color)).Select(Points)];

    /// <summary>The filled shapes with corners of a colour, each as its corners; also those of the legend.</summary>
    public IReadOnlyList<(double X, double Y)[]> Shapes(Color color) => [.. Named("path").Where(path => Has(path, "fill", color)).Select(Points)];

    /// <summary>The rectangles of a colour.</summary>
    public IReadOnlyList<(double X, double Y, double Width, double Height)> Boxes(Color color) =>
        [.. Named("rect").Where(box => Has(box, "fill", color)).Select(box => (Number(box, "x"), Number(box, "y"), Number(box, "width"), Number(box, "height")))];

    public override string ToString() => root.ToString();

    private static bool Has(XElement element, string attribute, Color color) =>
        string.Equals((string?)element.Attribute(attribute), color == Colors.Black ? "black" : $"#{color.R:X2}{color.G:X2}{color.B:X2}", StringComparison.OrdinalIgnoreCase);

    private static double Number(XElement element, string attribute) => double.Parse((string?)element.Attribute(attribute) ?? "0", CultureInfo.InvariantCulture);

    private static (double X, double Y)[] Points(XElement path)
    {
        // A level or upright step is one number behind H or V.
        (double X, double Y) at = (0, 0);
        var points = new List<(double X, double Y)>();
        foreach (Match step in Step().Matches((string)path.Attribute("d")!))
        {
            double one = double.Parse(step.Groups[2].Value, CultureInfo.InvariantCulture);
            at = step.Groups[1].Value switch
            {
                "H" => (one, at.Y),
                "V" => (at.X, one),
                _ => (one, double.Parse(step.Groups[3].Value, CultureInfo.InvariantCulture)),
            };
            points.Add(at);
        }

        return [.. points];
    }

    [GeneratedRegex(@"([MLHV])(-?[\d.e-]+)(?: (-?[\d.e-]+))?")]
    private static partial Regex Step();
}
