using System.Xml.Linq;

namespace ParticleImages.Plotting.Tests;

/// <summary>A picture as it came out: saved as SVG and read back.</summary>
internal sealed class Svg
{
    private readonly XElement root;

    private Svg(XElement root) => this.root = root;

    /// <summary>All texts, in the order in which they were drawn.</summary>
    public string[] Texts => [.. Named("text").Select(text => text.Value.Trim())];

    public static Svg Of(Picture picture)
    {
        using var folder = new TemporaryFolder();
        picture.Save(folder["picture.svg"]);
        return new Svg(XDocument.Load(folder["picture.svg"]).Root!);
    }

    public IEnumerable<XElement> Elements => root.Descendants();

    /// <summary>Elements of a name, for example <c>rect</c>.</summary>
    public XElement[] Named(string name) => [.. Elements.Where(element => element.Name.LocalName == name)];

    public override string ToString() => root.ToString();
}
