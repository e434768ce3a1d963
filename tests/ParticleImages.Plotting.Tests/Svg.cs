using System.Xml.Linq;

namespace ParticleImages.Plotting.Tests;

/// <summary>A picture as it came out: saved as SVG and read back.</summary>
internal static class Svg
{
    public static XElement Of(Picture picture)
    {
        using var folder = new TemporaryFolder();
        picture.Save(folder["picture.svg"]);
        return XDocument.Load(folder["picture.svg"]).Root!;
    }

    /// <summary>All texts in the order in which they were drawn.</summary>
    public static string[] Texts(Picture picture) =>
        [.. Of(picture).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value.Trim())];
}
